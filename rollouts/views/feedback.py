"""What a tranche's people say since they have their device. Feedback knows people and days, no tranche."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.services.pain.of_people import Said, SaidBy, said_by
from feedback.vocabulary import SMALLEST_GROUP, ThreadKind
from fleet.models import User
from fleet.web import text
from fleet.web.exports import csv_response
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to
from rollouts.models import Tranche
from rollouts.views.frame import frame, whole_tranche

FEW = f"Under {SMALLEST_GROUP}"


def _people(one: Said) -> str:
    return FEW if one.is_small else text.number(one.people)


def _days(one: Said) -> str:
    days = one.working_days_a_year
    return "" if days is None else f"{days:,.1f} (n = {text.number(one.told)})"


KINDS = (
    Column(
        key="kind", title="Kind", value=lambda one: str(ThreadKind(one.kind).label), csv=lambda one: one.kind
    ),
    Column(
        key="people",
        title="People",
        value=_people,
        csv=lambda one: None if one.is_small else one.people,
        is_numeric=True,
    ),
    Column(key="threads", title="Threads", is_numeric=True),
    Column(
        key="working_days_a_year",
        title="Days lost a year",
        value=_days,
        csv=lambda one: None if one.working_days_a_year is None else round(one.working_days_a_year, 1),
        is_numeric=True,
        empty="Not told",
    ),
)
THREADS = (
    Column(key="title", title="Thread", link=to("feedback:thread-detail")),
    Column(key="kind", title="Kind"),
    Column(key="topic", title="Topic", value="topic.name", csv="topic__name", empty="None"),
    Column(key="status", title="Status", is_status=True),
    Column(key="said_by", title="People of the tranche", is_numeric=True, empty=FEW),
)


def said_since_handover(tranche: Tranche, user: User) -> SaidBy:
    """Of everybody who has their device in this tranche, from the day of the handover to today."""
    places = tranche.people.filter(handed_over_at__isnull=False)
    since: dict[int, dt.date] = {
        person: timezone.localdate(at) for person, at in places.values_list("staff_member", "handed_over_at")
    }
    return said_by(tranche.programme.organisation, since, timezone.localdate(), user=user)


def require_reader(user: User, tranche: Tranche) -> None:
    """Raises Http404."""
    if not user.access.may("feedback.view", organisation_id=tranche.programme.organisation_id):
        raise Http404


@require_safe
def tranche_feedback(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`?format=csv` for the threads, `?show=kinds&format=csv` for the figures."""
    user = signed_in(request)
    tranche = whole_tranche(user, pk)
    require_reader(user, tranche)
    found = said_since_handover(tranche, user)
    if request.GET.get("format") == "csv":
        is_kinds = request.GET.get("show") == "kinds"
        columns, rows = (KINDS, found.kinds) if is_kinds else (THREADS, found.threads)
        return csv_response(columns, rows, f"tranche-{tranche.number}-feedback")
    shown: dict[str, Any] = {
        "found": found,
        "smallest": SMALLEST_GROUP,
        "kinds": Table(columns=KINDS, rows=found.kinds, caption="What they raise and join"),
        "threads": Table(columns=THREADS, rows=found.threads, caption="Threads, what most speak of first"),
    }
    return render(request, "rollouts/tranche_feedback.html", shown | frame(tranche, "tranche-feedback", user))
