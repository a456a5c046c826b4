"""How a tranche's readiness moved: a chart over its stored assessments."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from fleet.models import User
from fleet.web import text
from fleet.web.charts import Figure, Plot, Series, area
from rollouts.models import Assessment, Tranche
from rollouts.views.frame import tranche_url
from rollouts.vocabulary import Readiness

TREND_DAYS = 30
# From the bottom of the chart upwards.
STACK = tuple(reversed(Readiness))


def last_of_each_day(tranche: Tranche) -> dict[dt.date, Assessment]:
    since = timezone.now() - dt.timedelta(days=TREND_DAYS)
    found = tranche.assessments.filter(computed_at__gte=since).order_by("computed_at", "pk")
    return {timezone.localdate(one.computed_at): one for one in found}


def trend(tranche: Tranche, user: User, *, by_waiver: int = 0) -> Figure | None:
    """Outstanding people by readiness, day by day; None before there are two days to compare.

    Earlier days are stored for the whole tranche, so there is none for who sees only their sites.
    """
    days = last_of_each_day(tranche)
    if len(days) < 2 or not tranche.programme.is_wholly_visible_to(user):
        return None
    first, last = min(days), max(days)
    plot = Plot(
        title=finding(days[first].blocked, days[last].blocked, (last - first).days, by_waiver),
        description="Outstanding people by readiness, by the last computation of each day.",
        labels=[f"{day.day} {day:%b}" for day in days],
        series=[Series(state.label, [getattr(one, state) for one in days.values()]) for state in STACK],
        y_title="People outstanding",
        x_title="Day",
    )
    source = f"Source: stored assessments of this tranche, as of {text.moment(days[last].computed_at)}."
    url = tranche_url("tranche-trend", tranche)
    return Figure(draw=area, plot=plot, source=source, csv_url=url, points=list(days))


def finding(before: int, now: int, days: int, by_waiver: int) -> str:
    """The trend's heading, such as “312 people are blocked, 40 fewer than 7 days ago; 9 can go by waiver”."""
    change = now - before
    words = (
        "as many as" if not change else f"{text.number(abs(change))} {'more' if change > 0 else 'fewer'} than"
    )
    subject = "1 person is" if now == 1 else f"{text.number(now)} people are"
    waived = f"; {text.number(by_waiver)} can go by waiver" if by_waiver else ""
    return f"{subject} blocked, {words} {text.counted(days, 'day')} ago{waived}"
