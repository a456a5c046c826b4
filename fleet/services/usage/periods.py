"""Billing months: they need not be calendar months."""

from __future__ import annotations

import datetime as dt

from fleet.months import months_after

DAY = dt.timedelta(days=1)
# A billing month may be a short or a long one, and no year: it would stand for one month in every list.
LONGEST = dt.timedelta(days=62)
EARLIEST = dt.date(2000, 1, 1)
Period = tuple[dt.date, dt.date]


def refusal_of(start: dt.date, end: dt.date | None, *, today: dt.date) -> tuple[str, str] | None:
    """Why nobody can have used a line in that billing month yet, as (field, why); None where it may be.

    Without an end it is a month from its start.
    """
    if not EARLIEST <= start <= today:
        return "period_start", f"The billing month must begin between {EARLIEST.year} and today."
    if end and end < start:
        return "period_end", "The last day must not be before the first."
    if end and end - start > LONGEST:
        return "period_end", f"A billing month may have at most {LONGEST.days} days."
    return None


def period_of(day: dt.date, billing_day: int) -> Period:
    """The billing month in which a day lies: from the 13th to the 12th where it begins on the 13th."""
    start = day.replace(day=billing_day)
    if start > day:
        start = months_after(start, -1)
    return start, months_after(start, 1) - DAY


def month_from(start: dt.date) -> Period:
    """A month from that day."""
    return start, months_after(start, 1) - DAY


def month_of(start: dt.date, end: dt.date) -> dt.date:
    """The first of the calendar month in which most days of a period lie, the earlier of two equal ones."""
    return (start + (end - start) // 2).replace(day=1)
