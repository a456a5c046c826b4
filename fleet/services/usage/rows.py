"""One row of a carrier's file: which line, which billing month, what was used. Who was called is let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from django.utils import timezone

from fleet import phone_numbers
from fleet.services.imports.reading import Row
from fleet.services.usage import cells, periods
from fleet.services.usage.layouts import LETTERS, Layout
from fleet.services.usage.totals import Entry
from fleet.vocabulary import ChargeUnit, TimeUnit

TO_COME = "That day is still to come. Look whether day and month are the right way round."


class Refused(Exception):
    """A row cannot be taken: (field, why)."""


class Reader:
    def __init__(self, layout: Layout, period: periods.Period | None) -> None:
        self.layout, self.period = layout, period
        self.words = {key: [one.lower() for one in words] for key, words in layout.words.items()}
        self.today = timezone.localdate()
        self.seen: dict[tuple[str, ...], int] = {}

    def entry(self, row: Row) -> Entry:
        """Raises Refused."""
        cells_ = row.cells
        number = _line_of(cells_.get("number", ""))
        day = self._day(cells_)
        entry = Entry(number, self._period(cells_, day), day)
        entry.pence = self._read(cells_, "charge", self._pence)
        entry.out = self._is_out(cells_)
        if self.layout.is_itemised:
            self._itemised(cells_, entry)
        else:
            self._summary(cells_, entry)
            self._refuse_repeat(row)
        return entry

    def _refuse_repeat(self, row: Row) -> None:
        """A line may have several rows; the very same one again is a slip."""
        first = self.seen.setdefault(tuple(row.cells.values()), row.number)
        if first != row.number:
            raise Refused("", f"It says the same as row {first} in every cell: it is not added again.")

    def _read(self, cells_: dict[str, str], name: str, read: Callable[[str], Any]) -> Any:
        text = cells_.get(name, "")
        if not text:
            return None
        try:
            return read(text)
        except cells.Unreadable as error:
            raise Refused(name, f"What stands there {error}.") from error

    def _day(self, cells_: dict[str, str]) -> dt.date | None:
        day: dt.date | None = self._read(cells_, "date", cells.day)
        if day and day > self.today:
            raise Refused("date", TO_COME)
        if day and day < periods.EARLIEST:
            raise Refused("date", f"That day is before the year {periods.EARLIEST.year}.")
        return day

    def _period(self, cells_: dict[str, str], day: dt.date | None) -> periods.Period:
        if self.period:
            return self.period
        start = self._read(cells_, "period_start", cells.day)
        end = self._read(cells_, "period_end", cells.day) if start else None
        if start is None and day:
            return periods.period_of(day, self.layout.billing_day)
        if start is None:
            month = self._read(cells_, "month", cells.month)
            start = month and month.replace(day=self.layout.billing_day)
        if start is None:
            raise Refused("date", "Nothing says of which day or month it is.")
        if wrong := periods.refusal_of(start, end, today=self.today):
            raise Refused(*wrong)
        return (start, end) if end else periods.month_from(start)

    def _pence(self, text: str) -> Decimal:
        return cells.pence(text, is_pence=self.layout.charge_unit == ChargeUnit.PENCE)

    def _size(self, text: str) -> int:
        unit = LETTERS[self.layout.data_unit]  # type: ignore[index]
        return cells.size(text, unit=unit, megabyte=self.layout.megabyte_bytes)

    def _seconds(self, text: str) -> int:
        return cells.seconds(text, is_minutes=self.layout.time_unit == TimeUnit.MINUTES)

    def _is_out(self, cells_: dict[str, str]) -> bool | None:
        text = cells_.get("bundle", "").lower()
        if _means(text, self.words.get("out", ())):
            return True
        return False if _means(text, self.words.get("in", ())) else None

    def _itemised(self, cells_: dict[str, str], entry: Entry) -> None:
        said = [cells_.get(name, "").lower() for name in ("kind", "other")]
        data = self._read(cells_, "data", self._size)
        spoken = self._read(cells_, "duration", self._seconds)
        kind = self._kind(said, data, spoken)
        entry.kind = kind
        if kind == "data":
            amount = self._read(cells_, "amount", self._size) if data is None else data
            _put(entry, "data_bytes", "data_out_bytes", amount or 0)
        elif kind == "text":
            _put(entry, "texts", "texts_out", self._read(cells_, "amount", cells.count) or 1)
        else:
            length = self._read(cells_, "amount", self._seconds) if spoken is None else spoken
            _put(entry, "voice_seconds", "voice_out_seconds", length or 0)
            is_incoming = any(_means(text, self.words.get("incoming", ())) for text in said)
            entry.figures["calls_received" if is_incoming else "calls_made"] = 1

    def _kind(self, said: list[str], data: int | None, spoken: int | None) -> str:
        """By the words that mean it; else by which column has something; a call of no length is a text."""
        for text in said:
            for key in ("data", "text", "voice"):
                if _means(text, self.words.get(key, ())):
                    return key
        if data:
            return "data"
        if spoken is None:
            raise Refused("kind", "Nothing says whether it is data, a call or a text.")
        return "voice" if spoken else "text"

    def _summary(self, cells_: dict[str, str], entry: Entry) -> None:
        sizes = {name: self._read(cells_, name, self._size) for name in ("data", "data_in", "data_out")}
        parts = [sizes[name] for name in ("data_in", "data_out") if sizes[name] is not None]
        whole = sizes["data"] if sizes["data"] is not None else sum(parts) if parts else None
        if whole is not None:
            entry.figures["data_bytes"] = whole
            if sizes["data_out"] is not None:
                entry.figures["data_out_bytes"] = sizes["data_out"]
                entry.out = False
            elif entry.out is not None:
                entry.figures["data_out_bytes"] = whole if entry.out else 0
        names = {"duration": "voice_seconds", "calls": "calls_made", "calls_received": "calls_received"}
        for column, name in {**names, "texts": "texts"}.items():
            read = self._seconds if column == "duration" else cells.count
            if (value := self._read(cells_, column, read)) is not None:
                entry.figures[name] = value


def _put(entry: Entry, name: str, out: str, value: int) -> None:
    entry.figures[name] = value
    if entry.out is not None:
        entry.figures[out] = value if entry.out else 0


def _line_of(text: str) -> str:
    """A number in its one spelling, or a SIM's. Raises Refused."""
    if found := phone_numbers.iccid(text) or phone_numbers.msisdn(text):
        return found
    raise Refused("number", "It names no phone number or SIM: a total, perhaps. It is left out.")


def _means(text: str, words: Collection[str]) -> bool:
    """Whether a cell is one of these words; longer ones may also begin it, or a word in it."""
    return bool(text) and any(
        text == word or (len(word) > 2 and (text.startswith(word) or f" {word}" in text)) for word in words
    )
