"""What feedback shows on the pages of facts: what is said of a model or a site, and one's own threads."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from feedback.filters.facts import brought
from feedback.models import Thread, Voice
from feedback.services.pain.grouping import GROUPINGS, Grouping
from feedback.services.pain.reckoning import HURTING, pain_by
from feedback.views.pain import columns_of
from feedback.views.threads import WORKING_DAYS
from feedback.vocabulary import ShownAs, ThreadKind
from fleet.models import Device, DeviceModel, Site, StaffMember
from fleet.web.panels import Panel
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

TEMPLATE = "feedback/_panel.html"
Shown = tuple[str, dict[str, Any]] | None
MOST = 5
THREADS = (
    Column(key="title", title="Thread", link=to("feedback:thread-detail")),
    WORKING_DAYS,
    Column(key="people", title="People", is_numeric=True),
    Column(key="status", title="Status", is_status=True),
    Column(key="answered", title="Answered", value="is_answered"),
)


def device_panel(request: HttpRequest, device: Device) -> Shown:
    """What people say of devices of this model."""
    return _said_of(request, GROUPINGS["model"], device.model) if device.model else None


def model_panel(request: HttpRequest, model: DeviceModel) -> Shown:
    return _said_of(request, GROUPINGS["model"], model)


def site_panel(request: HttpRequest, site: Site) -> Shown:
    return _said_of(request, GROUPINGS["site"], site)


def _said_of(request: HttpRequest, grouping: Grouping, row: Any) -> Shown:
    """Nothing where fewer people than may stand alone have spoken: not even that somebody has."""
    user = signed_in(request)
    if not user.access.may("feedback.view", organisation_id=row.organisation_id):
        return None
    found = pain_by(grouping, row.organisation, user)
    shown = [one for one in found if one.key == str(row.pk)]
    if not shown:
        return None
    threads = Thread.objects.visible_to(user).filter(
        brought(grouping.filter, row), kind=ThreadKind.PROBLEM, status__in=HURTING, hidden_at=None
    )
    worst = threads.filter(merged_into=None).order_by("-minutes_a_year", "-people", "pk")[:MOST]
    tables = [
        Table(columns=columns_of(grouping), rows=shown, caption="Feedback: open problems"),
        Table(columns=THREADS, rows=worst, caption="What they speak of, with all whom it affects anywhere"),
    ]
    return TEMPLATE, {"tables": tables}


def person_panel(request: HttpRequest, person: StaffMember) -> Shown:
    """On one's own page, what one said with one's name or role. Nobody else sees such a list, nor is it one
    of anonymous words: those stand under Mine alone."""
    user = signed_in(request)
    if person.user_id != user.pk:
        return None
    mine = Voice.objects.exclude(shown_as=ShownAs.ANONYMOUS).filter(author=user, thread=OuterRef("pk"))
    threads = Thread.objects.visible_to(user).filter(Exists(mine), organisation=person.organisation_id)
    rows = list(threads.order_by("-said_at", "pk")[:MOST])
    if not rows:
        return None
    return TEMPLATE, {"tables": [Table(columns=THREADS, rows=rows, caption="Your feedback")], "is_own": True}


PANELS: dict[str, Panel] = {
    "device": device_panel,
    "model": model_panel,
    "site": site_panel,
    "person": person_panel,
}
