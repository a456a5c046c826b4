from django.apps import AppConfig

from fleet.web.navigation import Page

PERMISSIONS = {
    "devices.view": "See devices, models and SIMs",
    "devices.change": "Change devices and models",
    "custody.record": "Receive, issue and take back devices",
    "people.view": "See staff",
    "people.change": "Change staff",
    "people.erase": "Erase what names a member of staff who has left",
    "sites.view": "See sites",
    "sites.change": "Change sites",
    "assurance.view": "See approvals",
    "assurance.change": "Record and withdraw approvals",
    "training.view": "See training records and the catalogue",
    "training.change": "Record training and change the catalogue",
    "contracts.view": "See contracts",
    "contracts.change": "Change contracts, give notice, renew",
    "lines.view": "See phone lines, tariffs and usage",
    "lines.manage": "Change lines and tariffs, import carriers' bills",
    "mdm.view": "See MDM sources, deliveries and conflicts",
    "mdm.manage": "Create sources and tokens, retry deliveries, decide conflicts",
    "history.view": "Read the change log",
    "access.view": "See who may do what",
    "access.manage": "Give and end roles",
}
PAGES = (
    Page(
        section="Fleet",
        title="Devices",
        url_name="fleet:device-list",
        permissions=("devices.view",),
        order=10,
    ),
    Page(
        section="Fleet", title="People", url_name="fleet:person-list", permissions=("people.view",), order=20
    ),
    Page(
        section="Fleet", title="Models", url_name="fleet:model-list", permissions=("devices.view",), order=30
    ),
    Page(
        section="Fleet",
        title="Approvals",
        url_name="fleet:approval-list",
        permissions=("assurance.view",),
        order=40,
    ),
    Page(
        section="Fleet",
        title="Training",
        url_name="fleet:training-list",
        permissions=("training.view",),
        order=42,
        also=("/courses/",),
    ),
    Page(
        section="Fleet",
        title="Contracts",
        url_name="fleet:contract-list",
        permissions=("contracts.view",),
        order=44,
    ),
    Page(
        section="Fleet",
        title="Lines",
        url_name="fleet:line-list",
        permissions=("lines.view",),
        order=35,
        also=("/tariffs/", "/usage/", "/carrier-mappings/"),
    ),
    Page(
        section="Fleet",
        title="Classifications",
        url_name="fleet:classification-list",
        permissions=("assurance.view",),
        order=45,
        also=("/classification-schemes/", "/scheme-switches/"),
    ),
    Page(
        section="Fleet",
        title="Fleet over time",
        url_name="fleet:estate",
        permissions=("devices.view",),
        order=34,
    ),
    Page(
        section="Fleet",
        title="Reconciliation",
        url_name="fleet:reconciliation",
        permissions=("devices.view", "lines.view"),
        order=46,
        also=("/discrepancies/",),
    ),
    Page(
        section="Fleet",
        title="Imports",
        url_name="fleet:import-list",
        is_whole=True,
        permissions=(
            "assurance.change",
            "contracts.change",
            "devices.change",
            "history.view",
            "lines.manage",
            "people.change",
            "sites.change",
            "training.change",
        ),
        order=48,
    ),
    Page(
        section="Fleet",
        title="Bulk changes",
        url_name="fleet:bulk-change-list",
        permissions=("history.view", "custody.record", "devices.change", "people.change"),
        order=47,
    ),
    Page(
        section="Fleet",
        title="MDM sources",
        url_name="fleet:source-list",
        permissions=("mdm.view",),
        order=50,
        also=("/mdm/who-wins/",),
    ),
    Page(
        section="Fleet",
        title="Deliveries",
        url_name="fleet:delivery-list",
        permissions=("mdm.view",),
        order=60,
    ),
    Page(
        section="Fleet",
        title="MDM events",
        url_name="fleet:device-event-list",
        permissions=("devices.view",),
        order=65,
    ),
    Page(
        section="Fleet",
        title="Conflicts",
        url_name="fleet:conflict-list",
        permissions=("mdm.view",),
        order=70,
    ),
    Page(section="Sites", title="Sites", url_name="fleet:site-list", permissions=("sites.view",), order=10),
    Page(
        section="Settings",
        title="People and roles",
        url_name="fleet:grant-list",
        permissions=("access.view",),
        order=10,
    ),
    Page(
        section="Settings",
        title="Invitations",
        url_name="fleet:invitation-list",
        permissions=("access.view",),
        order=15,
    ),
    Page(
        section="Settings",
        title="Access review",
        url_name="fleet:access-review",
        permissions=("access.view",),
        order=17,
    ),
    Page(
        section="Settings",
        title="API tokens",
        url_name="fleet:token-list",
        permissions=("access.manage",),
        order=25,
    ),
    Page(
        section="Settings", title="Roles", url_name="fleet:role-list", permissions=("access.view",), order=20
    ),
    Page(
        section="Settings",
        title="Sign-ins",
        url_name="fleet:sign-in-list",
        permissions=("access.view",),
        order=25,
    ),
    Page(
        section="Settings",
        title="Change log",
        url_name="fleet:change-log",
        permissions=("history.view",),
        order=30,
    ),
    Page(
        section="Settings",
        title="Access log",
        url_name="fleet:access-log",
        permissions=("history.view",),
        order=40,
    ),
)


class FleetConfig(AppConfig):
    """Facts: people, sites, devices and what MDM systems say of them."""

    name = "fleet"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from fleet import access, checks  # noqa: F401 - checks register themselves
        from fleet.decisions import (
            approvals_running_out,
            conflicts_open,
            contracts_to_decide,
            devices_of_leavers,
            empty_registers,
            files_waiting,
            sources_in_trouble,
            tokens_running_out,
        )
        from fleet.models import StaffMember
        from fleet.services import (
            erasing,
            erasing_accounts,
            erasing_lines,
            erasing_searches,
            erasure,
            time_lines,
        )
        from fleet.services.schemes import following
        from fleet.switch_decisions import switches_ahead
        from fleet.web import decisions, door, navigation

        user_logged_in.connect(door.note_caller, dispatch_uid="fleet.note_caller")
        access.register(PERMISSIONS)
        erasure.register(*erasing.ERASERS, *erasing_searches.ERASERS, *erasing_accounts.ERASERS)
        erasure.register(*erasing_lines.ERASERS)
        time_lines.register_facts()
        following.register(
            following.Follower(
                key="people",
                model=StaffMember,
                noun="people",
                permission="people.view",
                list_url_name="fleet:person-list",
            )
        )
        navigation.register(*PAGES)
        for source in (
            empty_registers,
            approvals_running_out,
            switches_ahead,
            contracts_to_decide,
            devices_of_leavers,
            conflicts_open,
            sources_in_trouble,
            files_waiting,
            tokens_running_out,
        ):
            decisions.register(source)
