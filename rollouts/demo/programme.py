"""The mobile working programme of the revenue department, with its five tranches in draft."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from fleet.models import Classification, DeviceModel, Organisation
from fleet.vocabulary import Platform
from rollouts.demo.areas import AREAS, Area
from rollouts.demo.moving import on_working_day
from rollouts.demo.people import (
    EXECUTIVE_GROUP,
    FIELD_COLLECTOR,
    FIELD_INSPECTOR,
    FIELD_ROLES,
    VISITING_OFFICER,
)
from rollouts.demo.places import Place
from rollouts.demo.sizes import Size
from rollouts.models import Entitlement, PlatformMinimum, Programme, Tranche
from rollouts.services.membership import refresh_membership

# Days from today on which handovers start and end, and by when the decision is due.
WINDOWS = {1: (-150, -144, -160), 2: (-49, 28, -58), 3: (12, 75, 3), 4: (110, 180, 95), 5: (200, 250, 180)}
MINIMUMS = {Platform.IPADOS: "17.4", Platform.MACOS: "14.0", Platform.ANDROID: "14"}
ENTITLEMENTS = {
    "Executive": ("iPad Pro 13-inch", ["Executive"]),
    FIELD_INSPECTOR: ("iPad Air 11-inch", [FIELD_INSPECTOR]),
    VISITING_OFFICER: ("MacBook Air 13-inch", [VISITING_OFFICER]),
    FIELD_COLLECTOR: ("Galaxy Tab Active5", [FIELD_COLLECTOR]),
}
EXIT_CRITERIA = (
    "Nine in ten people say that their new device works for their visits",
    "No security incident is open",
    "Old devices are back for all who were handed a new one",
)


def make_programme(
    organisation: Organisation,
    models: dict[str, DeviceModel],
    classification: Classification,
    size: Size,
    today: dt.date,
) -> Programme:
    programme = Programme.objects.create(
        organisation=organisation,
        code="mobile-working",
        name="Mobile working devices",
        goal="Everybody who works away from an office has a device that is safe and fit for it.",
        goal_quantity=size.goal,
        starts_on=today - dt.timedelta(days=170),
        ends_on=today + dt.timedelta(days=330),
        classification=classification,
        network_mbps_per_head=Decimal("0.50"),
    )
    for platform, version in MINIMUMS.items():
        PlatformMinimum.objects.create(programme=programme, platform=platform, version=version)
    for number, (user_case, (model, job_roles)) in enumerate(ENTITLEMENTS.items(), start=1):
        Entitlement.objects.create(
            programme=programme,
            user_case=user_case,
            device_model=models[model],
            job_roles=job_roles,
            priority=number * 10,
        )
    return programme


def make_tranches(programme: Programme, places: list[Place], today: dt.date) -> dict[int, Tranche]:
    """In draft, by number, each with the people whom its criteria choose."""
    tranches = {1: _tranche(programme, 1, "Executive pilot", today)}
    tranches[1].groups = [EXECUTIVE_GROUP]
    tranches[1].save()
    for area in AREAS:
        tranches[area.tranche] = _area_tranche(programme, area, places, today)
    for tranche in tranches.values():
        refresh_membership(tranche=tranche)
        for text in EXIT_CRITERIA:
            tranche.exit_criteria.create(text=text)
    return tranches


def _area_tranche(programme: Programme, area: Area, places: list[Place], today: dt.date) -> Tranche:
    tranche = _tranche(programme, area.tranche, area.name, today)
    tranche.job_roles = list(FIELD_ROLES)
    tranche.save()
    tranche.sites.set([place.site for place in area.places(places)])
    return tranche


def _tranche(programme: Programme, number: int, name: str, today: dt.date) -> Tranche:
    starts, ends, due = (on_working_day(today + dt.timedelta(days)) for days in WINDOWS[number])
    return Tranche(
        programme=programme,
        number=number,
        name=name,
        handover_starts_on=starts,
        handover_ends_on=ends,
        decision_due_on=due,
    )
