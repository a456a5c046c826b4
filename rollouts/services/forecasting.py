"""When a programme will reach its goal, if it goes on as in the last weeks."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Min, Q
from django.utils import timezone

from fleet.models import User
from rollouts.models import Forecast, Programme, TranchePerson
from rollouts.services.figures import programme_figures

WEEKS = 4
# With less than this since the first hand-over, a rate would say nothing.
EVIDENCE_DAYS = 14
BAND = Decimal("0.2")
# Beyond ten years a date is no forecast.
HORIZON_WEEKS = 520
METHOD = (
    f"Mean weekly hand-overs of the last {WEEKS} weeks, carried on; band: 20 % more and 20 % fewer a week."
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected today. `per_week` is None, and so are the dates, while the evidence is too thin."""

    handed_over: int
    remaining: int
    per_week: Decimal | None
    finish_on: dt.date | None = None
    finish_early_on: dt.date | None = None
    finish_late_on: dt.date | None = None
    method: str = METHOD

    @property
    def is_shown(self) -> bool:
        return self.per_week is not None


def programme_outlook(programme: Programme, *, by: User | None = None) -> Outlook:
    """The forecast as of now, from the programme's own hand-overs to those whom `by` may see (None: all)."""
    done = TranchePerson.objects.of_programme(programme, by=by).figure("handed_over")
    today = timezone.localdate()
    times = done.aggregate(
        total=Count("pk"),
        first=Min("handed_over_at"),
        recent=Count("pk", filter=Q(handed_over_at__date__gt=today - dt.timedelta(weeks=WEEKS))),
    )
    return build_outlook(
        goal=programme_figures(programme, by=by).goal,
        handed_over=times["total"],
        recent=times["recent"],
        first_on=times["first"] and timezone.localdate(times["first"]),
        today=today,
    )


def build_outlook(
    *, goal: int, handed_over: int, recent: int, first_on: dt.date | None, today: dt.date
) -> Outlook:
    """`recent` hand-overs fell into the last `WEEKS` weeks; a shorter history counts its own length."""
    remaining = max(goal - handed_over, 0)
    days = (today - first_on).days if first_on else 0
    if recent == 0 or days < EVIDENCE_DAYS:
        return Outlook(handed_over, remaining, None)
    per_week = Decimal(recent) * 7 / min(days, WEEKS * 7)
    return Outlook(
        handed_over,
        remaining,
        per_week.quantize(Decimal("0.01")),
        finish_on=_after(today, remaining, per_week),
        finish_early_on=_after(today, remaining, per_week * (1 + BAND)),
        finish_late_on=_after(today, remaining, per_week * (1 - BAND)),
    )


def _after(today: dt.date, remaining: int, per_week: Decimal) -> dt.date | None:
    weeks = Decimal(remaining) / per_week
    return None if weeks > HORIZON_WEEKS else today + dt.timedelta(days=math.ceil(weeks * 7))


def record_forecast(programme: Programme) -> Forecast | None:
    """Writes today's forecast down once, so that it can be scored later; None where there is none."""
    outlook = programme_outlook(programme)
    if outlook.per_week is None or not outlook.remaining:
        return None
    forecast, _ = Forecast.objects.get_or_create(
        programme=programme,
        made_on=timezone.localdate(),
        defaults={
            "method": outlook.method,
            "handed_over": outlook.handed_over,
            "per_week": outlook.per_week,
            "finish_on": outlook.finish_on,
            "finish_early_on": outlook.finish_early_on,
            "finish_late_on": outlook.finish_late_on,
        },
    )
    return forecast
