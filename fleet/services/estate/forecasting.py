"""When a share will reach a target, by a straight line through its logits; or why nobody can say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log
from statistics import StatisticsError, correlation, linear_regression

from fleet.services.estate.shares import Share

WINDOW = dt.timedelta(days=28)
FEWEST_DAYS = 8
SHORTEST = dt.timedelta(days=14)
FEWEST_DEVICES = 30
LEAST_FIT = 0.7
WEEKS_BACK = (1, 2, 4, 8, 12)
FARTHEST = dt.timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Forecast:
    """`due_on`: the day on which the line reaches the target, or None for the reason in `words`.

    `days` and `n`: how many measured days it rests on, and how many devices the last of them counted.
    """

    due_on: dt.date | None
    words: str
    days: int
    n: int

    @property
    def method(self) -> str:
        """How it was made, for whoever reads it."""
        return (
            f"Method: least squares on the logit of the share, over {self.days} measured days of the last "
            f"{WINDOW.days}; {self.n:,} devices with a known version on the last of them. No forecast is "
            f"given below {FEWEST_DAYS} days, {FEWEST_DEVICES} devices or a fit (r²) of {LEAST_FIT}."
        )


def forecast(history: Sequence[Share], *, target_percent: int) -> Forecast:
    """Of the share's history, oldest first; it is dated by its last day.

    The logit of (reached + ½) / (n + 1) is taken, which exists at none and at all too (Haldane, 1956); a
    target of 100 is all devices by the same rule.
    """
    known = [share for share in history if share.n]
    last = known[-1] if known else None
    recent = [share for share in known if last and share.day > last.day - WINDOW]
    n = last.n if last else 0
    due_on, words = _due(recent, target_percent) if last else (None, "Nothing is measured yet.")
    return Forecast(due_on, words, len(recent), n)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the method said on an earlier day, and what came: `reached_on` is None while it has not."""

    made_on: dt.date
    share: Share
    forecast: Forecast
    reached_on: dt.date | None
    until: dt.date

    @property
    def outcome(self) -> str:
        due_on = self.forecast.due_on
        if due_on is None:
            return "Nothing to hold it against"
        if self.reached_on is None:
            return "Not due yet" if due_on >= self.until else f"{(self.until - due_on).days} days late so far"
        late = (self.reached_on - due_on).days
        words = f"{abs(late)} days {'late' if late > 0 else 'early'}" if late else "On the day"
        return f"{words}: reached on {self.reached_on:%d %B %Y}".replace(": reached on 0", ": reached on ")


def earlier(history: Sequence[Share], *, target_percent: int) -> list[Earlier]:
    """What `forecast` said a week, two, four, eight and twelve weeks before the last day, newest first.

    Days that are over do not change, so this is what was said then; days without a measurement are left out.
    """
    if not history:
        return []
    last = history[-1].day
    reached = [
        share.day for share in history if share.percent is not None and share.percent >= target_percent
    ]
    found = []
    for weeks in WEEKS_BACK:
        then = last - dt.timedelta(weeks=weeks)
        known = [share for share in history if share.day <= then]
        if known and known[-1].day == then:
            told = forecast(known, target_percent=target_percent)
            came = next((day for day in reached if day > then), None)
            found.append(Earlier(then, known[-1], told, came, last))
    return found


def _due(recent: Sequence[Share], target_percent: int) -> tuple[dt.date | None, str]:
    first, last = recent[0], recent[-1]
    needed = ceil(last.n * target_percent / 100)
    if words := _too_little(recent, needed):
        return None, words
    days = [float((share.day - first.day).days) for share in recent]
    logits = [_logit(share.reached, share.n) for share in recent]
    try:
        slope, start = linear_regression(days, logits)
        fit = correlation(days, logits) ** 2
    except StatisticsError:
        return None, "No forecast: the share did not move."
    ahead = (_logit(needed, last.n) - start) / slope if slope > 0 else 0
    if words := _not_sound(slope, fit, ahead, span=(last.day - first.day).days):
        return None, words
    due_on = max(first.day + dt.timedelta(days=ceil(ahead)), last.day + dt.timedelta(days=1))
    return due_on, "Forecast"


def _too_little(recent: Sequence[Share], needed: int) -> str:
    first, last = recent[0], recent[-1]
    if last.reached >= needed:
        return "The target is reached."
    if len(recent) < FEWEST_DAYS or last.day - first.day < SHORTEST:
        return f"No forecast: it takes {FEWEST_DAYS} measured days over {SHORTEST.days} days or more."
    if last.n < FEWEST_DEVICES:
        return f"No forecast: {last.n} devices are too few; it takes {FEWEST_DEVICES}."
    return ""


def _not_sound(slope: float, fit: float, ahead: float, *, span: int) -> str:
    """`ahead` and `span` in days since the first of those that the line rests on."""
    if slope <= 0:
        return "No forecast: the share is not rising."
    if fit < LEAST_FIT:
        return f"No forecast: the share moves too unevenly (r² {fit:.2f})."
    if ahead > span + FARTHEST.days:
        return "No forecast: at this pace it takes more than two years."
    return ""


def _logit(reached: int, n: int) -> float:
    share = (reached + 0.5) / (n + 1)
    return log(share / (1 - share))
