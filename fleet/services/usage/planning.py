"""What figures would change: each line's billing months beside what is known of them. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils import timezone

from fleet.models import Line, UsageRecord
from fleet.models.usage import FIGURES
from fleet.services.usage.naming import Names, name_lines
from fleet.services.usage.periods import month_of

Key = tuple[str, dt.date, dt.date]


@dataclass(slots=True)
class Said:
    """What somebody says of a line's period. `rows` are the file's, `through_on` None for the whole of it."""

    figures: Mapping[str, int | None]
    is_vat_included: bool | None = None
    through_on: dt.date | None = None
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Step:
    """One line's period: `record` is what would be stored, `before` what it takes the place of."""

    key: Key
    line: Line
    record: UsageRecord
    before: list[UsageRecord]
    rows: list[int]

    @property
    def is_unchanged(self) -> bool:
        return len(self.before) == 1 and _told(self.before[0]) == _told(self.record)


@dataclass(slots=True)
class Plan:
    names: Names
    steps: list[Step]

    def of(self, outcome: str) -> list[Step]:
        """Those that are `created`, `changed` or `unchanged`."""
        return [step for step in self.steps if outcome_of(step) == outcome]


def outcome_of(step: Step) -> str:
    if step.is_unchanged:
        return "unchanged"
    return "changed" if step.before else "created"


def plan_usage(*, organisation_id: int, carrier: str, origin: str, said: Mapping[Key, Said]) -> Plan:
    """Three queries, whatever the number of lines and periods."""
    today = timezone.localdate()
    names = name_lines(organisation_id=organisation_id, carrier=carrier, asked=said)
    known = _known(names, origin)
    steps = []
    for key, one in said.items():
        line = names.lines[key]
        _, start, end = key
        before = [row for row in known[line.pk] if row.period_start <= end and row.period_end >= start]
        record = UsageRecord(
            organisation_id=organisation_id,
            line=line,
            origin=origin,
            period_start=start,
            period_end=end,
            through_on=one.through_on or (end if end <= today else max(start, today)),
            month=month_of(start, end),
            allowance_bytes=_allowance(line, before, end),
            is_vat_included=one.is_vat_included,
            rows=ranges(one.rows),
            **{name: one.figures.get(name) for name in FIGURES},
        )
        steps.append(Step(key, line, record, before, one.rows))
    return Plan(names, steps)


def _allowance(line: Line, before: list[UsageRecord], end: dt.date) -> int | None:
    """The allowance that is known of the period since it ended, else that of the tariff that the line has."""
    whole = [row.allowance_bytes for row in before if row.period_end == row.through_on == end]
    if len(before) == 1 and whole and whole[0] is not None:
        return whole[0]
    return line.tariff.data_allowance_bytes if line.tariff else None


def overlapping(steps: list[Step]) -> list[Step]:
    """Those whose period lies across an earlier one of the same line, as by its number and its SIM."""
    by_line: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        by_line[id(step.line)].append(step)
    found = []
    for one in by_line.values():
        one.sort(key=lambda step: step.key[1:])
        found += [second for first, second in pairwise(one) if second.key[1] <= first.key[2]]
    return found


def _known(names: Names, origin: str) -> dict[int | None, list[UsageRecord]]:
    ids = [line.pk for line in names.lines.values() if line.pk]
    found: dict[int | None, list[UsageRecord]] = defaultdict(list)
    if ids:
        first = min(start for _, start, _ in names.lines)
        rows = UsageRecord.objects.filter(line__in=ids, origin=origin, period_end__gte=first)
        for record in rows.select_related("batch"):
            found[record.line_id].append(record)
    return found


def _told(record: UsageRecord) -> tuple[Any, ...]:
    return (
        record.period_start,
        record.period_end,
        record.is_vat_included,
        *(getattr(record, name) for name in FIGURES),
    )


def ranges(numbers: list[int]) -> str:
    """2-5, 9: row numbers in ascending order, those that follow each other as one."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
