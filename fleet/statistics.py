"""Exact intervals and tests of counts, for figures that say how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp, lgamma, log, log1p

STEPS = 50  # halvings: the bounds are exact to fifteen decimal places


@lru_cache(maxsize=4096)
def exact_interval(part: int, whole: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Clopper–Pearson interval, from 0 to 1, of a share seen as `part` of `whole`.

    It holds the true share in at least `confidence` of all samples, however small they are (Clopper and
    Pearson, 1934). Raises ValueError unless 0 ≤ part ≤ whole and whole > 0.
    """
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share")
    tail = (1 - confidence) / 2
    return _lowest(part, whole, tail), 1 - _lowest(whole - part, whole, tail)


def _lowest(part: int, whole: int, tail: float) -> float:
    """The share of which `part` or more of `whole` come up with a probability of `tail`."""
    low, high = 0.0, part / whole
    for _ in range(STEPS if part else 0):
        middle = (low + high) / 2
        if _at_least(part, whole, middle) < tail:
            low = middle
        else:
            high = middle
    return high


def _at_least(part: int, whole: int, share: float) -> float:
    """The binomial probability of `part` or more of `whole`; `share` is no greater than part / whole.

    So every term is smaller than the one before, and the sum may end where they no longer count.
    """
    if share <= 0 or share >= 1:
        return float(share >= 1)
    chances = lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
    term = total = exp(chances + part * log(share) + (whole - part) * log1p(-share))
    odds = share / (1 - share)
    for count in range(part, whole):
        term *= (whole - count) / (count + 1) * odds
        total += term
        if term <= total * 1e-17:
            break
    return total


def binomial_at_least(part: int, whole: int, share: float) -> float:
    """The probability of `part` or more of `whole` where each comes with probability `share`."""
    if part <= 0:
        return 1.0
    if share * whole > part:
        return 1 - _at_least(whole - part + 1, whole, 1 - share)
    return _at_least(part, whole, share)


def rate_is_higher(recent: int, recent_days: int, before: int, before_days: int) -> float:
    """The p-value of two Poisson counts, one-sided: that the rate of `recent` is no higher than before.

    Given their sum, the recent count is binomial with the recent days' share of all days. Przyborowski and
    Wilenski, 1940, Biometrika 31.
    """
    return binomial_at_least(recent, recent + before, recent_days / (recent_days + before_days))


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's adjusted p-values, in the given order: the chance of one false alarm among all of them.

    Holm, 1979, Scandinavian Journal of Statistics 6.
    """
    adjusted = [1.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, p_values[index] * (len(p_values) - rank)))
        adjusted[index] = highest
    return adjusted
