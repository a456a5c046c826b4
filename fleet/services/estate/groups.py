"""How many devices in use are in each group of a measure: now, and at the end of each month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from fleet.services.estate.asking import Place
from fleet.services.estate.measuring import described
from fleet.services.estate.shares import groups_by_day
from fleet.vocabulary import AgeBand, Compliance, Enrolment, Measure, SeenBand

GROUPED = (
    Measure.COMPLIANCE,
    Measure.ENCRYPTION,
    Measure.AGE,
    Measure.SEEN,
    Measure.ENROLMENT,
    Measure.MODEL,
)
LABELS: dict[Measure, dict[str, str]] = {
    Measure.AGE: {band.value: str(band.label) for band in AgeBand},
    Measure.SEEN: {band.value: str(band.label) for band in SeenBand},
    Measure.COMPLIANCE: {one.value: str(one.label) for one in Compliance},
    Measure.ENROLMENT: {one.value: str(one.label) for one in Enrolment},
    Measure.ENCRYPTION: {"true": "Encrypted", "false": "Not encrypted", "unknown": "Not known"},
}


def label_of(measure: Measure, group: str) -> str:
    return LABELS.get(measure, {}).get(group, group)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group now: `n` is all devices in use, the group among them."""

    group: str
    label: str
    count: int
    n: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.n


@dataclass(frozen=True, slots=True)
class Month:
    """The last measured day of a month, with how many devices each group had."""

    day: dt.date
    counts: dict[str, int]

    @property
    def n(self) -> int:
        return sum(self.counts.values())


def groups_today(place: Place, measure: Measure) -> list[GroupLine]:
    """Bands in their order, models by how many there are; one query."""
    rows: Any = described(place.devices).values(f"measured_{measure}").annotate(n=Count("pk"))
    counts = {row[f"measured_{measure}"]: row["n"] for row in rows}
    n = sum(counts.values())
    return [GroupLine(key, label_of(measure, key), counts[key], n) for key in in_order(measure, counts)]


def in_order(measure: Measure, counts: dict[str, int]) -> list[str]:
    known = LABELS.get(measure)
    if known:
        return [key for key in known if key in counts]
    return sorted(counts, key=lambda key: (-counts[key], key))


def by_month(place: Place, measure: Measure) -> list[Month]:
    """One for each month with a measurement, oldest first; one query."""
    days: dict[dt.date, dict[str, int]] = {}
    for row in groups_by_day(place.counts, measure=measure):
        days.setdefault(row.day, {})[row.group] = row.count
    last = {(day.year, day.month): day for day in days}
    return [Month(day, days[day]) for day in last.values()]


def month_lines(place: Place, measure: Measure) -> list[dict[str, Any]]:
    """A line for each group at the last measured day of each month, oldest first."""
    return [
        {
            "day": month.day,
            "group": group,
            "label": label_of(measure, group),
            "count": count,
            "n": month.n,
        }
        for month in by_month(place, measure)
        for group, count in month.counts.items()
    ]


def drawn(measure: Measure, months: Sequence[Month], most: int) -> list[tuple[str, list[int]]]:
    """(label, count by month) of at most `most` groups; the rest as “Other”."""
    newest = months[-1].counts
    every = {key: newest.get(key, 0) for month in months for key in month.counts}
    keys = in_order(measure, every)
    shown = keys if len(keys) <= most else keys[: most - 1]
    lines = [(label_of(measure, key), [month.counts.get(key, 0) for month in months]) for key in shown]
    if rest := keys[len(shown) :]:
        lines.append(("Other", [sum(month.counts.get(key, 0) for key in rest) for month in months]))
    return lines
