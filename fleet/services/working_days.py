"""Working days: Monday to Friday, save for the bank holidays of the part of the country."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

DAY = dt.timedelta(days=1)


def is_working_day(day: dt.date, bank_holidays: str) -> bool:
    """`bank_holidays`: a value of `fleet.vocabulary.BankHolidays`."""
    return day.weekday() < 5 and day not in _calendar(bank_holidays)


def working_days_after(day: dt.date, count: int, bank_holidays: str) -> dt.date:
    """The `count`th working day after `day`; with 0, `day` itself or the next working day."""
    if count == 0:
        day -= DAY
        count = 1
    while count:
        day += DAY
        count -= is_working_day(day, bank_holidays)
    return day


def working_days_between(first: dt.date, last: dt.date, bank_holidays: str) -> int:
    """How many working days come after `first`, up to `last` itself; negative where `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, bank_holidays)
    span = (last - first).days
    return sum(is_working_day(first + DAY * n, bank_holidays) for n in range(1, span + 1))


@cache
def _calendar(bank_holidays: str) -> HolidayBase:
    """Fills itself with each year that is asked for."""
    from holidays import country_holidays

    return country_holidays("GB", subdiv=bank_holidays)
