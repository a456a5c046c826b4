"""The change log of rollouts' rows: on their pages, and in the organisation's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from fleet.services.change_kinds import Kind
from fleet.views.facts import change_table
from fleet.web.requests import signed_in
from rollouts import models
from rollouts.models import Programme

OF_TRANCHE = "tranche__programme__organisation"
KINDS = {
    "programmes": Kind("Programmes", models.Programme, url_name="rollouts:programme-detail"),
    "entitlements": Kind("Entitlements", models.Entitlement, "programme__organisation"),
    "minimums": Kind("Lowest versions", models.PlatformMinimum, "programme__organisation"),
    "programme-courses": Kind(
        "Training asked by programmes", models.ProgrammeCourse, "programme__organisation"
    ),
    "tranches": Kind("Tranches", models.Tranche, "programme__organisation", "rollouts:tranche-detail"),
    "tranche-people": Kind(
        "People in tranches",
        models.TranchePerson,
        OF_TRANCHE,
        "rollouts:place-detail",
        sites=("staff_member__site",),
        one="person in a tranche",
        many="people in tranches",
    ),
    "gates": Kind("Gates", models.Gate, OF_TRANCHE, "rollouts:gate-detail"),
    "waivers": Kind("Waivers", models.Waiver, OF_TRANCHE, sites=("site", "person__staff_member__site")),
    "holds": Kind("Holds", models.Hold, OF_TRANCHE),
    "exit-criteria": Kind(
        "Exit criteria", models.ExitCriterion, OF_TRANCHE, one="exit criterion", many="exit criteria"
    ),
    "reflections": Kind("Reflections", models.Reflection, OF_TRANCHE),
}

# What the pages of rollouts show of people, for the access log.
SEEN = {
    "tranche-people": "People in a tranche or programme",
    "tranche-person": "A person in a tranche",
    "gate": "A gate and its evidence",
    "waivers": "Waivers",
}


def change_log(request: HttpRequest, row: Any, programme: Programme) -> dict[str, Any]:
    """For `fleet/_changes.html`: the log of a row of the programme, for those who may read it."""
    access = signed_in(request).access
    is_shown = access.may("history.view", organisation_id=programme.organisation_id)
    return change_table(request, row) if is_shown else {}
