"""Working days leave out week-ends and the bank holidays of the part of the country."""

from __future__ import annotations

import datetime as dt

import pytest

from fleet.services.working_days import is_working_day, working_days_after, working_days_between

CHRISTMAS_EVE = dt.date(2026, 12, 24)  # a Thursday


@pytest.mark.parametrize(
    ("day", "where", "expected"),
    [
        (dt.date(2026, 12, 25), "ENG", False),
        (dt.date(2026, 12, 28), "ENG", False),  # Boxing Day fell on a Saturday
        (dt.date(2026, 12, 29), "ENG", True),
        (dt.date(2026, 11, 28), "ENG", False),
        (dt.date(2026, 11, 30), "SCT", False),
        (dt.date(2026, 11, 30), "ENG", True),
        (dt.date(2026, 7, 13), "NIR", False),
        (dt.date(2026, 4, 6), "SCT", True),
    ],
)
def test_which_days_are_worked(day: dt.date, where: str, expected: bool) -> None:
    assert is_working_day(day, where) is expected


def test_counting_forth_and_back() -> None:
    third = working_days_after(CHRISTMAS_EVE, 3, "ENG")
    assert third == dt.date(2026, 12, 31)
    assert working_days_between(CHRISTMAS_EVE, third, "ENG") == 3
    assert working_days_between(third, CHRISTMAS_EVE, "ENG") == -3
    assert working_days_between(CHRISTMAS_EVE, CHRISTMAS_EVE, "ENG") == 0
    assert working_days_after(dt.date(2026, 12, 26), 0, "ENG") == dt.date(2026, 12, 29)
    assert working_days_after(CHRISTMAS_EVE, 0, "ENG") == CHRISTMAS_EVE
