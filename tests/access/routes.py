"""The table: which roles may do what at which address. A route that is missing here fails the test.

`get`, `post` and `delete` name the roles that are let in; `change` and `replace` those of PATCH and PUT.
EVERYONE has signed in. Whoever is not named is shut out: a page is absent (404), the API refuses (403, 404).
`about` names the object of the address in `tests.access.world`; people of another organisation never find it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Roles = frozenset[str]

EVERYONE: Roles = frozenset(
    {
        "it_manager",
        "coordinator",
        "site_lead",
        "technology_lead",
        "mdm_administrator",
        "engineer",
        "stock_keeper",
        "group_leader",
        "auditor",
        "staff_user",
    }
)
NOBODY: Roles = frozenset()
SEE_FLEET = EVERYONE - {"group_leader", "staff_user"}
SEE_PEOPLE = EVERYONE - {"staff_user"}
SEE_ROLLOUTS = SEE_FLEET
SEE_MDM: Roles = frozenset({"it_manager", "mdm_administrator", "auditor"})
SEE_HISTORY: Roles = frozenset({"it_manager", "technology_lead", "mdm_administrator", "auditor"})
SEE_ACCESS: Roles = frozenset({"it_manager", "auditor"})
MANAGER: Roles = frozenset({"it_manager"})
CHANGE_DEVICES: Roles = frozenset({"it_manager", "mdm_administrator", "stock_keeper"})
CUSTODY: Roles = frozenset({"it_manager", "engineer", "stock_keeper"})
# Each of some kind of file.
IMPORTERS: Roles = frozenset(
    {"it_manager", "technology_lead", "mdm_administrator", "stock_keeper", "coordinator", "site_lead"}
)
MDM: Roles = frozenset({"mdm_administrator"})
LEADS: Roles = frozenset({"it_manager", "technology_lead"})
ACCEPT = CUSTODY
SEE_TRAINING: Roles = frozenset({"it_manager", "coordinator", "site_lead", "technology_lead", "auditor"})
TRAIN: Roles = frozenset({"it_manager", "coordinator", "site_lead"})
SEE_CONTRACTS: Roles = frozenset({"it_manager", "coordinator", "technology_lead", "auditor"})
CONTRACT: Roles = frozenset({"it_manager", "coordinator"})
SEE_LINES: Roles = frozenset(
    {"it_manager", "coordinator", "site_lead", "technology_lead", "mdm_administrator", "auditor"}
)
LINES: Roles = frozenset({"it_manager", "coordinator", "mdm_administrator"})
POST_FEEDBACK = EVERYONE - {"auditor"}
RESPOND = LEADS
MODERATE: Roles = frozenset({"it_manager", "technology_lead", "coordinator"})
SEE_SURVEYS: Roles = frozenset({"it_manager", "technology_lead", "coordinator", "site_lead", "auditor"})
SURVEY = MODERATE
REFLECT: Roles = frozenset({"it_manager", "coordinator"})


@dataclass(frozen=True, slots=True)
class Route:
    """`also` are further arguments of the address; `data` is posted."""

    about: str = ""
    get: Roles = NOBODY
    post: Roles = NOBODY
    change: Roles = NOBODY
    replace: Roles = NOBODY
    delete: Roles = NOBODY
    also: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def form(about: str, roles: Roles, *, also: tuple[str, ...] = ()) -> Route:
    """A page with a form: shown and sent by the same roles."""
    return Route(about, get=roles, post=roles, also=also)


def facts(about: str, see: Roles, change: Roles) -> Route:
    """One row of facts in the API."""
    return Route(about, get=see, change=change, replace=change)


def plan(about: str) -> Route:
    """One row of rollouts in the API: changed in part or deleted, never replaced."""
    return Route(about, get=SEE_ROLLOUTS, change=MANAGER, delete=MANAGER)


def verb(about: str, roles: Roles, **data: Any) -> Route:
    """An action in the API."""
    return Route(about, post=roles, data=data)


# Nobody needs to sign in for these: name → the arguments of an address that there is.
OPEN: dict[str, list[str]] = {
    "fleet:sign-in": [],
    "fleet:password-reset": [],
    "fleet:password-reset-sent": [],
    "fleet:password-set": ["MQ", "a-token"],
    "help:index": [],
    "help:guide": ["reference", "checks"],
    "help:image": ["sign-in.png"],
    "fleet:brand-css": ["1d70b8"],
    "api-schema": [],
    "api-docs": [],
}
# Open to whoever has been sent a link: tests/access/test_invitations.py, tests/feedback/test_telling.py.
LINKS = {"fleet:invitation-accept", "fleet:invitation-open", "fleet:stop-mail"}
# Lead on to where one signs in, and no further: tests/accounts.
STEPS = {"fleet:sign-in-code", "admin-sign-in", "admin-password-change"}
# Take what an MDM source proves itself by, and nobody's session or personal token: tests/mdm.
MACHINES: dict[str, list[str]] = {"api-mdm-inventory": [], "api-mdm-usage": [], "api-mdm-hook": ["an-mdm"]}

# A request that says too little: those who may change nothing are refused before it is read.
BULK: dict[str, Any] = {"change": "site"}

ROUTES: dict[str, Route] = {
    "home:today": Route(get=EVERYONE),
    "fleet:sign-out": Route(post=EVERYONE),
    "fleet:account": Route(get=EVERYONE),
    "fleet:password-change": form("", EVERYONE),
    "fleet:own-mail": form("", EVERYONE),
    "fleet:own-sign-in-list": Route(get=EVERYONE),
    "fleet:session-list": Route(get=EVERYONE),
    "fleet:session-end": form("session", NOBODY),
    "fleet:session-end-others": form("", EVERYONE),
    "fleet:second-factor": Route(get=EVERYONE),
    "fleet:second-factor-set-up": form("", EVERYONE),
    "fleet:second-factor-codes": form("", EVERYONE),
    "fleet:second-factor-turn-off": form("", EVERYONE),
    "fleet:api-token-list": Route(get=EVERYONE),
    "fleet:api-token-make": form("", EVERYONE),
    "fleet:api-token-revoke": form("token", MANAGER),
    "feedback:thread-list": Route(get=EVERYONE),
    "feedback:thread-raise": form("", POST_FEEDBACK),
    "feedback:thread-detail": Route("thread", get=EVERYONE),
    "feedback:thread-join": form("thread", POST_FEEDBACK),
    "feedback:thread-reply": form("thread", POST_FEEDBACK),
    "feedback:own-threads": Route(get=EVERYONE),
    "feedback:thread-leave": form("thread", POST_FEEDBACK),
    "feedback:voice-edit": form("thread", POST_FEEDBACK),
    "feedback:thread-hide": form("thread", MODERATE),
    "feedback:thread-show": form("thread", MODERATE),
    "feedback:thread-sort": form("thread", MODERATE),
    "feedback:post-hide": form("post", MODERATE),
    "feedback:post-show": form("post", MODERATE),
    "feedback:queue": Route(get=RESPOND),
    "feedback:several": form("", RESPOND),
    "feedback:thread-respond": form("thread", RESPOND),
    "feedback:figures": Route(get=EVERYONE),
    "feedback:commitment-list": Route(get=EVERYONE),
    "feedback:commitment-detail": Route("commitment", get=EVERYONE),
    "feedback:commitment-withdraw": form("commitment", RESPOND),
    "feedback:commit": form("thread", RESPOND),
    "feedback:import-list": Route(get=MODERATE),
    "feedback:import-add": form("", MODERATE),
    "feedback:import-detail": Route("feedback_import", get=MODERATE),
    "feedback:import-confirm": form("feedback_import", MODERATE),
    "feedback:import-discard": form("feedback_import", MODERATE),
    "feedback:topic-list": Route(get=MODERATE),
    "feedback:topic-add": form("", MODERATE),
    "feedback:topic-edit": form("topic", MODERATE),
    "feedback:policy-list": Route(get=MODERATE),
    "feedback:policy-edit": form("organisation", MODERATE),
    "fleet:device-list": Route(get=SEE_FLEET),
    "fleet:device-add": form("", CHANGE_DEVICES),
    "fleet:device-detail": Route("device", get=SEE_FLEET),
    "fleet:device-edit": form("device", CHANGE_DEVICES),
    "fleet:device-custody": form("device", CUSTODY),
    "fleet:bulk-devices-site": form("", CUSTODY),
    "fleet:bulk-devices-holder": form("", CUSTODY),
    "fleet:bulk-devices-life-cycle": form("", CUSTODY),
    "fleet:bulk-devices-asset-tag": form("", CHANGE_DEVICES),
    "fleet:bulk-people-site": form("", MANAGER),
    "fleet:bulk-people-job-role": form("", MANAGER),
    "fleet:bulk-people-work-style": form("", MANAGER),
    "fleet:bulk-people-group": form("", MANAGER),
    "fleet:bulk-change-list": Route(get=SEE_HISTORY | CUSTODY | CHANGE_DEVICES),
    "fleet:bulk-change-detail": Route("bulk_change", get=SEE_HISTORY),
    "fleet:bulk-change-rows": Route("bulk_change", get=SEE_HISTORY),
    "fleet:bulk-change-left": Route("bulk_change", get=SEE_HISTORY),
    # whoever reads the change log and may make such a change
    "fleet:bulk-change-undo": form("bulk_change", MANAGER),
    # only who asked for it: tests/fleet/test_bulk_changes.py
    "fleet:bulk-change-confirm": Route("bulk_change"),
    "fleet:view-save": form("", EVERYONE),
    "fleet:view-edit": form("view", MANAGER),
    "fleet:view-delete": form("view", MANAGER),
    "fleet:estate": Route(get=SEE_FLEET),
    "fleet:estate-groups": Route(get=SEE_FLEET),
    "fleet:estate-support": Route(get=SEE_FLEET),
    "fleet:estate-software": Route(get=SEE_FLEET),
    "fleet:estate-software-edit": form("organisation", CHANGE_DEVICES),
    "fleet:estate-support-edit": form("organisation", CHANGE_DEVICES),
    "fleet:estate-measure": Route(post=CHANGE_DEVICES),
    "fleet:reconciliation": Route(get=SEE_FLEET),
    "fleet:reconciliation-compare": Route(post=CHANGE_DEVICES),
    "fleet:discrepancy-list": Route(get=SEE_FLEET),
    "fleet:discrepancy-detail": Route("discrepancy", get=SEE_FLEET),
    "fleet:discrepancy-dismiss": form("discrepancy", CHANGE_DEVICES),
    "fleet:discrepancy-take-up": form("discrepancy", CHANGE_DEVICES),
    "fleet:site-list": Route(get=SEE_PEOPLE),
    "fleet:site-add": form("", MANAGER),
    "fleet:site-detail": Route("site", get=SEE_PEOPLE),
    "fleet:site-edit": form("site", MANAGER),
    "fleet:person-list": Route(get=SEE_PEOPLE),
    "fleet:person-add": form("", MANAGER),
    "fleet:person-detail": Route("person", get=SEE_PEOPLE),
    "fleet:person-edit": form("person", MANAGER),
    "fleet:person-erase": form("person", MANAGER),
    "fleet:model-list": Route(get=SEE_FLEET),
    "fleet:model-add": form("", CHANGE_DEVICES),
    "fleet:model-detail": Route("model", get=SEE_FLEET),
    "fleet:model-edit": form("model", CHANGE_DEVICES),
    "fleet:classification-list": Route(get=SEE_FLEET),
    "fleet:classification-add": form("", LEADS),
    "fleet:classification-detail": Route("classification", get=SEE_FLEET),
    "fleet:classification-edit": form("classification", LEADS),
    "fleet:scheme-list": Route(get=SEE_FLEET),
    "fleet:scheme-add": form("", LEADS),
    "fleet:scheme-detail": Route("scheme", get=SEE_FLEET),
    "fleet:scheme-edit": form("scheme", LEADS),
    "fleet:switch-list": Route(get=SEE_FLEET),
    "fleet:switch-add": form("", LEADS),
    "fleet:switch-detail": Route("switch", get=SEE_FLEET),
    "fleet:switch-edit": form("switch", LEADS),
    "fleet:switch-map": form("switch", LEADS),
    "fleet:switch-schedule": form("switch", LEADS),
    "fleet:switch-cancel": form("switch", LEADS),
    "fleet:switch-csv": Route("switch", get=SEE_FLEET, also=("part",)),
    "fleet:approval-list": Route(get=SEE_FLEET),
    "fleet:approval-add": form("", LEADS),
    "fleet:approval-detail": Route("approval", get=SEE_FLEET),
    "fleet:approval-withdraw": form("approval", LEADS),
    "fleet:approval-sign": form("approval", LEADS, also=("statement",)),
    "fleet:training-list": Route(get=SEE_TRAINING),
    "fleet:training-add": form("person", TRAIN),
    "fleet:training-edit": form("training", TRAIN),
    "fleet:training-remove": form("training", TRAIN),
    "fleet:course-list": Route(get=SEE_TRAINING),
    "fleet:course-add": form("", TRAIN),
    "fleet:course-detail": Route("course", get=SEE_TRAINING),
    "fleet:course-edit": form("course", TRAIN),
    "fleet:line-list": Route(get=SEE_LINES),
    "fleet:line-add": form("", LINES),
    "fleet:line-detail": Route("line", get=SEE_LINES),
    "fleet:line-edit": form("line", LINES),
    "fleet:line-sim": form("line", LINES),
    "fleet:line-hand-over": form("line", LINES),
    "fleet:line-end": form("line", LINES),
    "fleet:usage-list": Route(get=SEE_LINES),
    "fleet:usage-people": Route(get=SEE_LINES),
    "fleet:usage-devices": Route(get=SEE_LINES),
    "fleet:usage-forecast": Route(get=SEE_LINES),
    "fleet:tariff-list": Route(get=SEE_LINES),
    "fleet:tariff-add": form("", LINES),
    "fleet:tariff-detail": Route("tariff", get=SEE_LINES),
    "fleet:tariff-edit": form("tariff", LINES),
    "fleet:contract-list": Route(get=SEE_CONTRACTS),
    "fleet:contract-add": form("", CONTRACT),
    "fleet:contract-detail": Route("contract", get=SEE_CONTRACTS),
    "fleet:contract-edit": form("contract", CONTRACT),
    "fleet:contract-notice": form("contract", CONTRACT),
    "fleet:contract-renew": form("contract", CONTRACT),
    "fleet:import-list": Route(get=IMPORTERS | {"auditor"}),
    "fleet:import-kinds": Route(get=IMPORTERS | {"auditor"}),
    "fleet:import-template": Route(get=IMPORTERS | {"auditor"}),
    "fleet:import-add": form("", IMPORTERS),
    "fleet:import-detail": Route("import", get=SEE_HISTORY),
    "fleet:bill-add": form("", LINES),
    "fleet:bill-mapping": form("bill", LINES),
    "fleet:import-columns": form("import_naming", MANAGER),
    "fleet:import-sites": form("import", MANAGER),
    "fleet:import-confirm": form("import", MANAGER),
    "fleet:import-discard": form("import", MANAGER),
    "fleet:import-retry": form("import_failed", MANAGER),
    "fleet:import-undo": form("import_applied", MANAGER),
    "fleet:source-list": Route(get=SEE_MDM),
    "fleet:source-add": form("", MDM),
    "fleet:source-detail": Route("source", get=SEE_MDM),
    "fleet:source-rotate": form("source", MDM),
    "fleet:source-edit": form("source", MDM),
    "fleet:source-upload": form("source", MDM),
    "fleet:source-switch-off": form("source", MDM),
    "fleet:source-switch-on": form("source", MDM),
    "fleet:source-revoke": form("source", MDM, also=("source_token",)),
    "fleet:delivery-try": Route("delivery", get=MDM),
    "fleet:delivery-replay": form("delivery", MDM),
    "fleet:delivery-body": Route("quarantined", get=MDM),
    "fleet:rank-list": Route(get=SEE_MDM),
    "fleet:rank-edit": form("organisation", MDM, also=("fact_group",)),
    "fleet:device-said": Route("device", get=SEE_FLEET),
    "fleet:device-event-list": Route(get=SEE_FLEET),
    "fleet:delivery-list": Route(get=SEE_MDM),
    "fleet:delivery-detail": Route("delivery", get=SEE_MDM),
    "fleet:delivery-retry": form("delivery", MDM),
    "fleet:conflict-list": Route(get=SEE_MDM),
    "fleet:conflict-detail": Route("conflict", get=SEE_MDM),
    "fleet:conflict-decide": form("conflict", MDM),
    "fleet:grant-list": Route(get=SEE_ACCESS),
    "fleet:grant-detail": Route("grant", get=SEE_ACCESS),
    "fleet:grant-end": form("grant", MANAGER),
    "fleet:invitation-list": Route(get=SEE_ACCESS),
    "fleet:invitation-send": form("", MANAGER),
    "fleet:invitation-detail": Route("invitation", get=SEE_ACCESS),
    "fleet:invitation-renew": form("invitation", MANAGER),
    "fleet:invitation-withdraw": form("invitation", MANAGER),
    "fleet:grant-hand-over": form("grant", MANAGER),
    "fleet:access-review": Route(get=SEE_ACCESS),
    "fleet:token-list": Route(get=MANAGER),
    "fleet:grant-end-sessions": form("grant", MANAGER),
    "fleet:grant-reset-second-factor": form("grant", MANAGER),
    "fleet:sign-in-list": Route(get=SEE_ACCESS),
    "fleet:role-list": Route(get=SEE_ACCESS),
    # shared by both organisations of the world, so nobody there may
    "fleet:role-edit": Route("role"),
    "fleet:role-remove": Route("role"),
    "fleet:role-add": form("", MANAGER),
    "fleet:change-log": Route(get=SEE_HISTORY),
    "fleet:access-log": Route(get=SEE_HISTORY),
    "rollouts:programme-list": Route(get=SEE_ROLLOUTS),
    "rollouts:programme-create": form("", MANAGER),
    "rollouts:programme-detail": Route("programme", get=SEE_ROLLOUTS),
    "rollouts:programme-edit": form("programme", MANAGER),
    "rollouts:programme-delete": form("programme", MANAGER),
    "rollouts:programme-people": Route("programme", get=SEE_ROLLOUTS),
    "rollouts:programme-curve": Route("programme", get=SEE_ROLLOUTS),
    "rollouts:entitlement-create": form("programme", MANAGER),
    "rollouts:entitlement-edit": form("entitlement", MANAGER),
    "rollouts:entitlement-delete": form("entitlement", MANAGER),
    "rollouts:minimum-create": form("programme", MANAGER),
    "rollouts:minimum-edit": form("minimum", MANAGER),
    "rollouts:minimum-delete": form("minimum", MANAGER),
    "rollouts:tranche-create": form("programme", MANAGER),
    "rollouts:tranche-detail": Route("tranche", get=SEE_ROLLOUTS),
    "rollouts:tranche-edit": form("tranche", MANAGER),
    "rollouts:tranche-recompute": Route("tranche", post=LEADS),
    "rollouts:tranche-sites": Route("tranche", get=SEE_ROLLOUTS),
    "rollouts:tranche-trend": Route("tranche", get=SEE_ROLLOUTS),
    "rollouts:tranche-history": Route("tranche", get=SEE_ROLLOUTS),
    "rollouts:tranche-plan": form("tranche", MANAGER),
    "rollouts:tranche-unplan": form("tranche", MANAGER),
    "rollouts:tranche-delete": form("tranche", MANAGER),
    "rollouts:tranche-hold": form("tranche", LEADS),
    "rollouts:tranche-release": form("tranche", LEADS),
    "rollouts:tranche-close": form("tranche", REFLECT),
    "rollouts:tranche-hypercare": Route("hypercare", get=SEE_ROLLOUTS),
    "rollouts:tranche-start-hypercare": form("tranche", MANAGER),
    "rollouts:tranche-end-hypercare": form("tranche", MANAGER),
    "rollouts:criterion-add": form("tranche", MANAGER),
    "rollouts:criterion-meet": Route("criterion", post=MANAGER),
    "rollouts:tranche-reflect": form("tranche", REFLECT),
    "rollouts:tranche-people": Route("tranche", get=SEE_ROLLOUTS),
    "rollouts:tranche-allocation": Route("tranche", get=SEE_ROLLOUTS),
    "rollouts:tranche-allocate": form("tranche", MANAGER),
    "rollouts:place-detail": Route("place", get=SEE_ROLLOUTS),
    "rollouts:place-defer": form("place", MANAGER),
    "rollouts:place-withdraw": form("place", MANAGER),
    "rollouts:place-reinstate": form("place", MANAGER),
    "rollouts:place-release": form("place", MANAGER),
    "rollouts:place-accept": form("place", ACCEPT),
    "rollouts:tranche-gate": Route("tranche", get=SEE_ROLLOUTS),
    "rollouts:gate-propose": form("tranche", LEADS),
    "rollouts:gate-detail": Route("gate", get=SEE_ROLLOUTS),
    "rollouts:gate-decide": form("gate", LEADS),
    "rollouts:gate-reseal": Route("gate", post=LEADS),
    "rollouts:gate-withdraw": form("gate", LEADS),
    "rollouts:gate-evidence-json": Route("gate", get=SEE_ROLLOUTS),
    "rollouts:gate-evidence-csv": Route("gate", get=SEE_ROLLOUTS),
    "rollouts:gate-blocked-csv": Route("gate", get=SEE_ROLLOUTS),
    "rollouts:waiver-list": Route("tranche", get=SEE_ROLLOUTS),
    "rollouts:waiver-grant": form("tranche", MANAGER),
    "rollouts:waiver-end": form("waiver", MANAGER),
    "api-changes": Route(get=EVERYONE),
    "api-access-log-list": Route(get=EVERYONE),
    "api-device-list": Route(get=EVERYONE, post=CHANGE_DEVICES),
    "api-device-detail": facts("device", SEE_FLEET, CHANGE_DEVICES),
    "api-device-custody": Route("device", get=SEE_FLEET, post=CUSTODY),
    "api-device-model-list": Route(get=EVERYONE, post=CHANGE_DEVICES),
    "api-device-model-detail": facts("model", SEE_FLEET, CHANGE_DEVICES),
    "api-devices-bulk": verb("", CUSTODY | CHANGE_DEVICES, **BULK),
    "api-staff-bulk": verb("", MANAGER, **BULK),
    "api-bulk-change-list": Route(get=EVERYONE),
    "api-bulk-change-detail": Route("bulk_change", get=SEE_HISTORY),
    "api-bulk-change-undo": verb("bulk_change", MANAGER),
    "api-view-list": Route(get=EVERYONE, post=EVERYONE),
    "api-view-detail": Route("view", get=EVERYONE, change=MANAGER, delete=MANAGER),
    "api-site-list": Route(get=EVERYONE, post=MANAGER),
    "api-site-detail": facts("site", SEE_PEOPLE, MANAGER),
    "api-staff-list": Route(get=EVERYONE, post=MANAGER),
    "api-staff-detail": facts("person", SEE_PEOPLE, MANAGER),
    "api-staff-erase": verb("person", MANAGER, asked_by="person", reason="Case 1"),
    "api-classification-list": Route(get=EVERYONE, post=LEADS),
    "api-classification-detail": facts("classification", EVERYONE, LEADS),
    "api-scheme-list": Route(get=EVERYONE, post=LEADS),
    "api-scheme-detail": facts("scheme", EVERYONE, LEADS),
    "api-mapping-list": Route(get=EVERYONE, post=LEADS),
    "api-mapping-detail": Route("mapping", get=SEE_FLEET, change=LEADS, replace=LEADS, delete=LEADS),
    "api-switch-list": Route(get=EVERYONE, post=LEADS),
    "api-switch-detail": facts("switch", SEE_FLEET, LEADS),
    "api-switch-schedule": verb("switch", LEADS),
    "api-switch-cancel": verb("switch", LEADS),
    "api-switch-preview": Route("switch", get=SEE_FLEET),
    "api-switch-csv": Route("switch", get=SEE_FLEET, also=("part",)),
    "api-approval-list": Route(get=EVERYONE, post=LEADS),
    "api-approval-detail": Route("approval", get=SEE_FLEET),
    "api-approval-sign": Route("approval", post=LEADS, also=("statement",)),
    "api-approval-withdraw": verb("approval", LEADS),
    "api-course-list": Route(get=EVERYONE, post=TRAIN),
    "api-course-detail": facts("course", SEE_TRAINING, TRAIN),
    "api-training-list": Route(get=EVERYONE, post=TRAIN),
    "api-training-detail": Route("training", get=SEE_TRAINING, change=TRAIN, replace=TRAIN, delete=TRAIN),
    "api-line-list": Route(get=EVERYONE, post=LINES),
    "api-line-detail": facts("line", SEE_LINES, LINES),
    "api-line-hand-over": verb("line", LINES, holder="", on="2026-03-01"),
    "api-line-sim": verb("line", LINES, iccid="8944000000000000017"),
    "api-line-end": verb("line", LINES, on="2026-03-01"),
    "api-usage-file": Route(post=LINES),
    "api-usage-list": Route(get=EVERYONE),
    "api-usage-person-list": Route(get=EVERYONE),
    "api-usage-device-list": Route(get=EVERYONE),
    "api-usage-forecast-list": Route(get=EVERYONE),
    "api-tariff-list": Route(get=EVERYONE, post=LINES),
    "api-tariff-detail": facts("tariff", SEE_LINES, LINES),
    "api-contract-list": Route(get=EVERYONE, post=CONTRACT),
    "api-contract-detail": facts("contract", SEE_CONTRACTS, CONTRACT),
    "api-contract-notice": verb("contract", CONTRACT, given_on="2026-01-01"),
    "api-contract-renew": verb("contract", CONTRACT, ends_on="2099-01-01"),
    "api-role-list": Route(get=EVERYONE),
    "api-grant-list": Route(get=EVERYONE),
    "api-grant-detail": Route("grant", get=SEE_ACCESS),
    "api-grant-end": verb("grant", MANAGER),
    "api-invitation-list": Route(get=EVERYONE, post=MANAGER),
    "api-invitation-detail": Route("invitation", get=SEE_ACCESS),
    "api-invitation-renew": verb("invitation", MANAGER),
    "api-invitation-withdraw": verb("invitation", MANAGER),
    "api-access-review-list": Route(get=EVERYONE),
    "api-own-mail": Route(get=EVERYONE, replace=EVERYONE),
    "api-hand-over": Route(post=MANAGER, data={"giver": "a@b.example", "taker": "c@d.example"}),
    "api-personal-token-list": Route(get=EVERYONE),
    "api-personal-token-detail": Route("token", get=MANAGER),
    "api-personal-token-revoke": verb("token", MANAGER),
    "api-sign-in-list": Route(get=EVERYONE),
    "api-estate-shares": Route(get=SEE_FLEET),
    "api-estate-groups": Route(get=SEE_FLEET),
    "api-estate-support": Route(get=SEE_FLEET),
    "api-reconciliation": Route(get=EVERYONE),
    "api-discrepancy-list": Route(get=EVERYONE),
    "api-discrepancy-detail": Route("discrepancy", get=SEE_FLEET),
    "api-discrepancy-dismiss": verb("discrepancy", CHANGE_DEVICES, reason="Later", until="2027-01-01"),
    "api-discrepancy-take-up": verb("discrepancy", CHANGE_DEVICES),
    "api-import-list": Route(get=EVERYONE, post=IMPORTERS),
    "api-import-detail": Route("import", get=SEE_HISTORY),
    "api-import-lines": Route("import", get=SEE_HISTORY),
    "api-import-rejected": Route("import", get=SEE_HISTORY),
    "api-import-mapping": verb("bill", LINES, shape="nonsense"),
    "api-import-columns": verb("import_naming", MANAGER, columns={"Pers.-Nr.": ""}),
    "api-import-sites": verb("import", MANAGER, sites={"Zeb House": "NOWHERE"}),
    "api-import-confirm": verb("import", MANAGER, seen="another"),
    "api-import-discard": verb("import", MANAGER),
    "api-import-retry": verb("import_failed", MANAGER),
    "api-import-undo": verb("import_applied", MANAGER),
    "api-mdm-source-list": Route(get=EVERYONE),
    "api-delivery-trial": Route("delivery", get=MDM),
    "api-delivery-replay": verb("delivery", MDM),
    "api-rank-list": Route(get=EVERYONE),
    "api-rank-detail": Route("organisation_code", replace=MDM, also=("fact_group",)),
    "api-device-said": Route("device", get=SEE_FLEET),
    "api-device-event-list": Route(get=EVERYONE),
    "api-delivery-list": Route(get=EVERYONE),
    "api-delivery-detail": Route("delivery", get=SEE_MDM),
    "api-delivery-retry": verb("delivery", MDM),
    "api-conflict-list": Route(get=EVERYONE),
    "api-conflict-detail": Route("conflict", get=SEE_MDM),
    "api-conflict-resolve": verb("conflict", MDM, decision="dismiss", reason="It is scrap."),
    "api-thread-list": Route(get=EVERYONE, post=POST_FEEDBACK),
    "api-thread-detail": Route("thread", get=EVERYONE),
    "api-thread-posts": Route("thread", get=EVERYONE),
    "api-thread-join": verb("thread", POST_FEEDBACK),
    "api-thread-leave": verb("thread", POST_FEEDBACK),
    "api-thread-voice": Route("thread", get=EVERYONE, post=POST_FEEDBACK),
    "api-thread-reply": verb("thread", POST_FEEDBACK),
    "api-thread-respond": verb("thread", RESPOND),
    "api-thread-commit": verb("thread", RESPOND),
    "api-topic-list": Route(get=EVERYONE),
    "api-topic-detail": Route("topic", get=EVERYONE),
    "api-commitment-list": Route(get=EVERYONE),
    "api-commitment-detail": Route("commitment", get=EVERYONE),
    "api-feedback-figures": Route(get=EVERYONE),
    "api-programme-list": Route(get=EVERYONE, post=MANAGER),
    "api-programme-detail": plan("programme"),
    "api-programme-figures": Route("programme", get=SEE_ROLLOUTS),
    "api-entitlement-list": Route(get=EVERYONE, post=MANAGER),
    "api-entitlement-detail": Route("entitlement", get=SEE_ROLLOUTS, change=MANAGER, delete=MANAGER),
    "api-tranche-list": Route(get=EVERYONE, post=MANAGER),
    "api-tranche-detail": plan("tranche"),
    "api-tranche-people": Route("tranche", get=SEE_ROLLOUTS),
    "api-tranche-checks": Route("tranche", get=SEE_ROLLOUTS),
    "api-tranche-readiness": Route("tranche", get=SEE_ROLLOUTS),
    "api-tranche-action-allocate": verb("tranche", MANAGER),
    "api-tranche-action-close": verb("tranche", REFLECT),
    "api-tranche-action-end-hypercare": verb("tranche", MANAGER),
    "api-tranche-action-hold": verb("tranche", LEADS, reason="A strike"),
    "api-tranche-action-plan": verb("tranche", MANAGER),
    "api-tranche-action-propose": verb("tranche", LEADS, recommendation="go", proposal="All is ready."),
    "api-tranche-action-recompute": verb("tranche", LEADS),
    "api-tranche-action-reflection": verb(
        "tranche", REFLECT, what_happened="All went well.", lessons="None."
    ),
    "api-tranche-action-release": verb("tranche", LEADS, reason="The strike is over."),
    "api-tranche-action-unplan": verb("tranche", MANAGER),
    "api-tranche-action-start-hypercare": verb("tranche", MANAGER, reason="The others are away."),
    "api-place-accept": verb("place", ACCEPT),
    "api-place-defer": verb("place", MANAGER, reason="On leave"),
    "api-place-reinstate": verb("place", MANAGER),
    "api-place-release-allocation": verb("place", MANAGER),
    "api-place-withdraw": verb("place", MANAGER, reason="Has left"),
    "api-gate-list": Route(get=EVERYONE),
    "api-gate-detail": Route("gate", get=SEE_ROLLOUTS),
    "api-gate-decide": verb("gate", LEADS, outcome="go", rationale="All is ready.", seal="0"),
    "api-gate-reseal": verb("gate", LEADS),
    "api-gate-withdraw": verb("gate", LEADS),
    "api-waiver-list": Route(get=EVERYONE, post=MANAGER),
    "api-waiver-detail": Route("waiver", get=SEE_ROLLOUTS),
    "api-waiver-end": verb("waiver", MANAGER),
}
