"""The S-curve: hand-overs planned against hand-overs that happened, summed up week by week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from fleet.models import User
from rollouts.models import Programme, TranchePerson

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Totals at the end of a week; `week` counts from 1, `ends_on` is its Sunday.

    `actual` is None for weeks that have not begun; this week's is today's.
    """

    week: int
    ends_on: dt.date
    planned: int
    actual: int | None


@dataclass(frozen=True, slots=True)
class Curve:
    """`planned_today` counts those whose day has come; `week` is today's number, 0 before the start."""

    points: list[CurvePoint]
    week: int
    planned_today: int
    actual_today: int

    @property
    def behind(self) -> int:
        """Devices behind plan today; negative when ahead."""
        return self.planned_today - self.actual_today


def programme_curve(programme: Programme, *, by: User | None = None) -> Curve:
    """From the programme's first week to its last, or to the last planned hand-over where that is later.

    Of those whom `by` may see (None: everybody).
    """
    places = TranchePerson.objects.of_programme(programme, by=by)
    # A hand-over that nobody planned counts as planned on its day, so that the lines end together.
    planned = places.each_person_once().annotate(day=Coalesce(F("planned_on"), TruncDate("handed_over_at")))
    actual = places.figure("handed_over").annotate(day=TruncDate("handed_over_at"))
    return build_curve(
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        planned=_by_day(planned),
        actual=_by_day(actual),
        today=timezone.localdate(),
    )


def _by_day(places: QuerySet[Any]) -> dict[dt.date, int]:
    counted = places.filter(day__isnull=False).order_by().values_list("day").annotate(people=Count("pk"))
    return dict(counted)


def build_curve(
    *,
    starts_on: dt.date,
    ends_on: dt.date,
    planned: Mapping[dt.date, int],
    actual: Mapping[dt.date, int],
    today: dt.date,
) -> Curve:
    """Sums people a day (`planned`, `actual`) up to weeks that begin on Mondays."""
    days = [starts_on, ends_on, *planned, *actual]
    first, last = min(days) - dt.timedelta(days=min(days).weekday()), max(days)
    planned_by, actual_by = _by_week(planned, first), _by_week(actual, first)
    points, planned_sum, actual_sum = [], 0, 0
    for index in range((last - first).days // 7 + 1):
        planned_sum += planned_by[index]
        actual_sum += actual_by[index]
        begins_on = first + index * WEEK
        points.append(
            CurvePoint(
                week=index + 1,
                ends_on=begins_on + dt.timedelta(days=6),
                planned=planned_sum,
                actual=actual_sum if begins_on <= today else None,
            )
        )
    return Curve(
        points=points,
        week=max((today - first).days // 7 + 1, 0),
        planned_today=sum(people for day, people in planned.items() if day <= today),
        actual_today=sum(actual.values()),
    )


def _by_week(by_day: Mapping[dt.date, int], first: dt.date) -> Counter[int]:
    weeks: Counter[int] = Counter()
    for day, people in by_day.items():
        weeks[(day - first).days // 7] += people
    return weeks
