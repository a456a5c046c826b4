"""The forecasts that were written down on the days before today, from the hand-overs of then."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from rollouts.models import Forecast, Programme, TranchePerson
from rollouts.services.forecasting import WEEKS, build_outlook, record_forecast
from rollouts.vocabulary import DONE_STATES

DAYS = 28


def tell_forecasts(programme: Programme, today: dt.date) -> None:
    done = TranchePerson.objects.filter(tranche__programme=programme, state__in=DONE_STATES)
    days = sorted(timezone.localdate(at) for at in done.values_list("handed_over_at", flat=True) if at)
    outlooks = (_forecast(programme, days, today - dt.timedelta(days=ago)) for ago in range(DAYS, 0, -1))
    Forecast.objects.bulk_create(one for one in outlooks if one)
    record_forecast(programme)


def _forecast(programme: Programme, days: list[dt.date], today: dt.date) -> Forecast | None:
    """As `record_forecast` would have written it on that day."""
    past = [day for day in days if day <= today]
    recent = [day for day in past if day > today - dt.timedelta(weeks=WEEKS)]
    outlook = build_outlook(
        goal=programme.goal_quantity,
        handed_over=len(past),
        recent=len(recent),
        first_on=past[0] if past else None,
        today=today,
    )
    if outlook.per_week is None:
        return None
    return Forecast(
        programme=programme,
        made_on=today,
        method=outlook.method,
        handed_over=outlook.handed_over,
        per_week=outlook.per_week,
        finish_on=outlook.finish_on,
        finish_early_on=outlook.finish_early_on,
        finish_late_on=outlook.finish_late_on,
    )
