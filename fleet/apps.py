from django.apps import AppConfig


class FleetConfig(AppConfig):
    """Facts: people, sites, devices and what MDM systems say of them."""

    name = "fleet"

    def ready(self) -> None:
        from fleet import access

        access.register(
            {
                "devices.view": "See devices, models and SIMs",
                "devices.change": "Change devices and models",
                "custody.record": "Receive, issue and take back devices",
                "people.view": "See staff",
                "people.change": "Change staff",
                "sites.view": "See sites",
                "sites.change": "Change sites",
                "assurance.view": "See approvals",
                "assurance.change": "Record and withdraw approvals",
                "mdm.view": "See MDM sources, deliveries and conflicts",
                "mdm.manage": "Create sources and tokens, retry deliveries, decide conflicts",
                "history.view": "Read the change log",
                "access.view": "See who may do what",
                "access.manage": "Give and end roles",
            }
        )
