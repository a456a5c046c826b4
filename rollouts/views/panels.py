"""What rollouts shows on the pages of facts: a device's or person's place in a tranche, a site's people."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from fleet.models import Device, Site, StaffMember
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to
from rollouts.models import Tranche, TranchePerson
from rollouts.views.shown import readiness_tag, tranche_link
from rollouts.vocabulary import OUTSTANDING_STATES, Readiness

TEMPLATE = "rollouts/_panel.html"
Shown = tuple[str, dict[str, Any]] | None

PLACE_COLUMNS = (
    Column(key="person", title="Person", value="staff_member.name", link=to("rollouts:place-detail")),
    Column(key="tranche", title="Tranche"),
    Column(key="state", title="State", is_status=True),
    Column(key="planned_on", title="Handover planned", empty="Not planned"),
    Column(
        key="readiness",
        title="Readiness",
        value=lambda place: readiness_tag(place.readiness.state) if hasattr(place, "readiness") else "–",
    ),
)
SITE_COLUMNS = (
    Column(key="tranche", title="Tranche", value=lambda row: tranche_link(row["tranche"])),
    Column(key="people", title="People still waiting", is_numeric=True),
    Column(key="blocked", title="Blocked", is_numeric=True),
)


def _places(request: HttpRequest) -> QuerySet[TranchePerson]:
    visible = TranchePerson.objects.visible_to(signed_in(request))
    return visible.select_related("tranche", "staff_member", "readiness").order_by("-tranche__number", "pk")


def _shown(places: QuerySet[TranchePerson]) -> Shown:
    rows = list(places)
    if not rows:
        return None
    return TEMPLATE, {"table": Table(columns=PLACE_COLUMNS, rows=rows, caption="Tranche")}


def device_panel(request: HttpRequest, device: Device) -> Shown:
    return _shown(_places(request).filter(device=device))


def person_panel(request: HttpRequest, person: StaffMember) -> Shown:
    return _shown(_places(request).filter(staff_member=person))


def site_panel(request: HttpRequest, site: Site) -> Shown:
    """The tranches that still have somebody to serve there."""
    waiting = _places(request).filter(staff_member__site=site, state__in=OUTSTANDING_STATES).order_by()
    counts = waiting.values("tranche").annotate(
        people=Count("pk"), blocked=Count("pk", filter=Q(readiness__state=Readiness.BLOCKED))
    )
    found = {row["tranche"]: row for row in counts}
    if not found:
        return None
    tranches = Tranche.objects.filter(pk__in=found).order_by("programme", "number")
    rows = [found[tranche.pk] | {"tranche": tranche} for tranche in tranches]
    return TEMPLATE, {"table": Table(columns=SITE_COLUMNS, rows=rows, caption="Tranches with people here")}
