"""Which line a bill means by a number or a SIM, in a billing month; lines that nobody knew are named too."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from fleet.models import Line, Sim
from fleet.services.usage.periods import Period
from fleet.vocabulary import LineOrigin

Asked = tuple[str, dt.date, dt.date]


@dataclass(slots=True)
class Names:
    """`lines`: (number or ICCID, first day, last day) → line, which has no key yet where it is new.

    `early`: lines that turn out to have been billed before the day from which they were known.
    """

    lines: dict[Asked, Line] = field(default_factory=dict)
    new: list[Line] = field(default_factory=list)
    new_sims: list[Sim] = field(default_factory=list)
    early: dict[int, Line] = field(default_factory=dict)


def name_lines(*, organisation_id: int, carrier: str, asked: Iterable[Asked]) -> Names:
    """Two queries, whatever the number of lines. Writes nothing."""
    keys = sorted(set(asked), key=lambda key: (key[0], key[1]))
    namer = _Namer(organisation_id, carrier, {number for number, _, _ in keys})
    for number, start, end in keys:
        namer.names.lines[number, start, end] = namer.line(number, start, end)
    return namer.names


class _Namer:
    def __init__(self, organisation_id: int, carrier: str, numbers: set[str]) -> None:
        self.common: dict[str, Any] = {"organisation_id": organisation_id, "carrier": carrier}
        self.names = Names()
        self.known = _known(organisation_id, numbers)
        self.sims = {sim.iccid: sim for sim in _sims(organisation_id, numbers)}

    def line(self, number: str, start: dt.date, end: dt.date) -> Line:
        line = _of_period(self.known[number], (start, end))
        if line is None:
            line = self._new(number, start)
            self.known[number].append(line)
        elif start < line.starts_on:
            line.starts_on = start
            if line.pk:
                self.names.early[line.pk] = line
        return line

    def _new(self, number: str, start: dt.date) -> Line:
        line = Line(**self.common, origin=LineOrigin.BILL, starts_on=start)
        if number.startswith("+"):
            line.msisdn = number
        else:
            line.sim = self.sims.get(number) or self._new_sim(number)
        self.names.new.append(line)
        return line

    def _new_sim(self, iccid: str) -> Sim:
        self.sims[iccid] = sim = Sim(**self.common, iccid=iccid)
        self.names.new_sims.append(sim)
        return sim


def _known(organisation_id: int, numbers: set[str]) -> dict[str, list[Line]]:
    of_numbers = Q(msisdn__in=[one for one in numbers if one.startswith("+")])
    of_sims = Q(sim__iccid__in=[one for one in numbers if not one.startswith("+")])
    rows = Line.objects.filter(of_numbers | of_sims, organisation=organisation_id).select_related(
        "sim", "tariff"
    )
    found: dict[str, list[Line]] = defaultdict(list)
    for line in rows:
        for name in {line.msisdn, line.sim.iccid if line.sim else ""} & numbers:
            found[name].append(line)
    return found


def _sims(organisation_id: int, numbers: Collection[str]) -> Iterable[Sim]:
    wanted = [one for one in numbers if not one.startswith("+")]
    return Sim.objects.filter(organisation=organisation_id, iccid__in=wanted) if wanted else ()


def _of_period(lines: list[Line], period: Period) -> Line | None:
    """The row of a number that covers the period, the latest of several; else the first one after it.

    That one was merely not known yet. A number whose rows had all ended before is nobody's.
    """
    start, end = period
    lasting = [line for line in lines if line.ends_on is None or line.ends_on >= start]
    begun = [line for line in lasting if line.starts_on <= end]
    if begun:
        return max(begun, key=lambda line: line.starts_on)
    return min(lasting, key=lambda line: line.starts_on, default=None)
