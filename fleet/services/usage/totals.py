"""What the rows of a carrier's file come to, by line and billing month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from fleet.models.usage import MOST
from fleet.services.imports.report import Rejection
from fleet.services.usage.periods import Period

Key = tuple[str, dt.date, dt.date]
BEYOND = "With this row the month of its line comes to more than a line can be used for. It is left out."


@dataclass(slots=True)
class Entry:
    """What one row says. `out` is None where nobody says whether it is in a bundle."""

    number: str
    period: Period
    day: dt.date | None = None
    kind: str = ""
    figures: dict[str, int] = field(default_factory=dict)
    pence: Decimal | None = None
    out: bool | None = None


@dataclass(slots=True)
class Total:
    """All rows of one line and billing month. A figure that no row says is absent."""

    figures: dict[str, int] = field(default_factory=dict)
    pence: Decimal | None = None
    rows: list[int] = field(default_factory=list)
    last_day: dt.date | None = None
    is_split: bool = True

    def beyond(self, entry: Entry) -> str:
        """The figure that would come to more than a line can be used for, with this entry; or empty."""
        if entry.pence is not None and abs((self.pence or 0) + entry.pence) > MOST["charge_pence"]:
            return "charge_pence"
        too_much = (
            name for name, value in entry.figures.items() if self.figures.get(name, 0) + value > MOST[name]
        )
        return next(too_much, "")

    def add(self, row: int, entry: Entry) -> None:
        self.rows.append(row)
        for name, value in entry.figures.items():
            self.figures[name] = self.figures.get(name, 0) + value
        if entry.pence is not None:
            self.pence = (self.pence or Decimal(0)) + entry.pence
        if entry.day and (self.last_day is None or entry.day > self.last_day):
            self.last_day = entry.day
        self.is_split &= entry.out is not None

    @property
    def charge_pence(self) -> int | None:
        return None if self.pence is None else int(self.pence.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(slots=True)
class Bill:
    """`totals` by number (or ICCID), first and last day. `rows` is how many were read."""

    is_itemised: bool
    totals: dict[Key, Total] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    rows: int = 0

    @property
    def repeated(self) -> list[Total]:
        """Of a file with a row for each line, the totals that several rows make up."""
        return [] if self.is_itemised else [one for one in self.totals.values() if len(one.rows) > 1]

    def take(self, number: int, entry: Entry | Rejection) -> None:
        self.rows += 1
        if isinstance(entry, Entry):
            key = (entry.number, *entry.period)
            total = self.totals.get(key) or Total()
            if name := total.beyond(entry):
                entry = Rejection(number, name, BEYOND)
            else:
                self.totals[key] = total
                total.add(number, entry)
        if isinstance(entry, Rejection):
            self.rejections.append(entry)

    def drop_unsplit(self) -> None:
        """What is out of bundle is known of a total only where every row says it."""
        for total in self.totals.values():
            if not total.is_split:
                for name in [one for one in total.figures if "_out" in one]:
                    del total.figures[name]
