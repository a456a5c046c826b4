"""Working days: Monday to Friday, save for the bank holidays of the part of the country."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from functools import cache

DAY = dt.timedelta(days=1)
# The years of which bank holidays are known.
FIRST, LAST = 1990, 2060


def is_working_day(day: dt.date, bank_holidays: str) -> bool:
    """`bank_holidays`: a value of `fleet.vocabulary.BankHolidays`."""
    return _number(day, bank_holidays) > _number(day - DAY, bank_holidays)


def working_days_after(day: dt.date, count: int, bank_holidays: str) -> dt.date:
    """The `count`th working day after `day`; with 0, `day` itself or the next working day."""
    if count == 0:
        day, count = day - DAY, 1
    wanted = _number(day, bank_holidays) + count
    while _number(day, bank_holidays) < wanted:
        day += DAY
    return day


def working_days_between(first: dt.date, last: dt.date, bank_holidays: str) -> int:
    """How many working days come after `first`, up to `last` itself; negative where `last` is earlier."""
    return _number(last, bank_holidays) - _number(first, bank_holidays)


def _number(day: dt.date, bank_holidays: str) -> int:
    """How many working days there were up to this day, since some day long ago."""
    weeks, rest = divmod(day.toordinal() - 1, 7)  # day 1 of the ordinals is a Monday
    return weeks * 5 + min(rest + 1, 5) - bisect_right(_holidays(bank_holidays), day)


@cache
def _holidays(bank_holidays: str) -> list[dt.date]:
    """Those from Monday to Friday, in order."""
    from holidays import country_holidays

    found = country_holidays("GB", subdiv=bank_holidays, years=range(FIRST, LAST))
    return sorted(day for day in found if day.weekday() < 5)
