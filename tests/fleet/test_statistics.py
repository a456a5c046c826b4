"""Exact intervals and tests, held against published ones, whole numbers, and what they promise."""

from __future__ import annotations

from math import comb

import pytest

from fleet.statistics import binomial_at_least, exact_interval, holm, rate_is_higher


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_they_are_those_of_newcombe_1998(part: int, whole: int, low: float, high: float) -> None:
    found = exact_interval(part, whole)
    assert [round(one, 4) for one in found] == [low, high]
    assert [round(1 - one, 9) for one in exact_interval(whole - part, whole)] == [
        round(one, 9) for one in reversed(found)
    ]


def test_they_hold_the_true_share_in_95_of_100_samples_at_least() -> None:
    for percent in range(1, 100, 7):
        share = percent / 100
        held = [
            part for part in range(13) if exact_interval(part, 12)[0] <= share <= exact_interval(part, 12)[1]
        ]
        assert sum(comb(12, part) * share**part * (1 - share) ** (12 - part) for part in held) >= 0.95


def test_a_share_of_nothing_is_refused_and_of_very_many_is_narrow() -> None:
    for part, whole in ((0, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no share"):
            exact_interval(part, whole)
    low, high = exact_interval(21_000, 58_000)
    assert 0 < high - low < 0.008


def test_binomial_tails() -> None:
    assert binomial_at_least(3, 3, 0.5) == pytest.approx(1 / 8)
    assert binomial_at_least(1, 4, 0.25) == pytest.approx(1 - 0.75**4)
    assert binomial_at_least(0, 9, 0.3) == 1.0
    exact = sum(comb(1000, k) for k in range(600, 1001)) / 2**1000
    assert binomial_at_least(600, 1000, 0.5) == pytest.approx(exact)
    assert binomial_at_least(5, 40_000, 0.25) == 1.0


def test_a_rate_against_one_before() -> None:
    assert rate_is_higher(5, 28, 15, 84) > 0.5
    assert rate_is_higher(8, 28, 0, 84) == pytest.approx(0.25**8)


def test_holm_keeps_the_order_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []
