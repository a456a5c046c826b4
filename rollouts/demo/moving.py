"""SQL that moves dates along with today.

The demo's story happens on working days, so its dates move by working days: what was two working days ago
still is, and no hand-over falls on a Sunday. Machines report every day: their times move by days.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import DateField, DateTimeField, F, Func
from django.utils import timezone

MONDAY = dt.date(1900, 1, 1)
FRIDAY = 4
# The number of a working day since MONDAY; a Saturday or Sunday has that of the Monday after.
_SINCE = f"({{day}} - DATE '{MONDAY}')"
_NUMBER = f"({_SINCE} / 7 * 5 + least(mod({_SINCE}, 7), 5) + %(days)s)"
_MOVED = f"(DATE '{MONDAY}' + {_NUMBER} / 5 * 7 + mod({_NUMBER}, 5))"
_LOCAL_DAY = "(%(expressions)s AT TIME ZONE '%(zone)s')::date"
# least() takes null for absent, not for unknown.
_PAST = "CASE WHEN %(expressions)s IS NOT NULL THEN least(%(expressions)s + {by}, timestamptz '%(now)s') END"
_WORKING_DAYS = f"({_MOVED.format(day=_LOCAL_DAY)} - {_LOCAL_DAY}) * interval '1 day'"


def working_days(since: dt.date, until: dt.date) -> int:
    """How many working days lie between, as the SQL counts them."""
    return _number(until) - _number(since)


def on_working_day(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a Saturday or Sunday."""
    return day + dt.timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)


def _number(day: dt.date) -> int:
    weeks, weekday = divmod((day - MONDAY).days, 7)
    return weeks * 5 + min(weekday, 5)


def moved_day(column: str, days: int) -> Func:
    """A date so many working days later; a weekend counts as the Monday after it."""
    template = _MOVED.format(day="%(expressions)s")
    return Func(F(column), template=template, days=days, output_field=DateField())


def moved_moment(column: str, days: int) -> Func:
    """A past time so many working days later, at the same hour, but never after now."""
    zone = timezone.get_current_timezone_name()
    return _past(column, _WORKING_DAYS, days=days, zone=zone)


def moved_report(column: str, days: int) -> Func:
    """A past time so many calendar days later, but never after now."""
    return _past(column, "interval '%(days)s days'", days=days)


def _past(column: str, by: str, **values: object) -> Func:
    now = timezone.now().isoformat()
    return Func(F(column), template=_PAST.format(by=by), now=now, output_field=DateTimeField(), **values)
