"""Intervals for shares that were counted in some of many."""

from __future__ import annotations

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
