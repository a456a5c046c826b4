"""A carrier's file added up by line and billing month. Who was called is read for its kind and let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from fleet import phone_numbers
from fleet.errors import Invalid
from fleet.services.imports.reading import File, Row
from fleet.services.imports.report import Rejection
from fleet.services.usage import cells, periods
from fleet.services.usage.layouts import FIELDS, LETTERS, Layout
from fleet.vocabulary import ChargeUnit, TimeUnit

Key = tuple[str, dt.date, dt.date]
Progress = Callable[[int, int], None]
STEP = 5000
NO_PERIOD = (
    "Nothing says which billing month the file is of. Discard it, and say the first and the last day when "
    "you bring it in again, or choose the columns that have them."
)


@dataclass(slots=True)
class Entry:
    """What one row says. `out` is None where nobody says whether it is in a bundle."""

    number: str
    period: periods.Period
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

    totals: dict[Key, Total] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    rows: int = 0


class _Refused(Exception):
    """A row cannot be taken: (field, why)."""


def read_bill(
    content: bytes, layout: Layout, *, period: periods.Period | None = None, progress: Progress | None = None
) -> Bill:
    """`period`: that of the whole file, where somebody said it. Raises Invalid where it cannot be read."""
    file = opened(content, layout)
    if period is None and not layout.fields & {"date", "period_start", "month"}:
        raise Invalid(NO_PERIOD)
    bill, reader = Bill(), _Reader(layout, period)
    for number, entry in entries(file, reader):
        bill.rows += 1
        if isinstance(entry, Rejection):
            bill.rejections.append(entry)
        else:
            bill.totals.setdefault((entry.number, *entry.period), Total()).add(number, entry)
        if progress and bill.rows % STEP == 0:
            progress(bill.rows, 0)
    if not bill.rows:
        raise Invalid("The file names its columns and has no rows. Choose the file that has them.")
    _drop_unsplit(bill)
    return bill


def preview(
    content: bytes, layout: Layout, *, period: periods.Period | None = None, most: int = 10
) -> list[tuple[int, Entry | Rejection]]:
    """The first rows as they would be read. Raises Invalid."""
    found = entries(opened(content, layout), _Reader(layout, period))
    return [pair for pair, _ in zip(found, range(most), strict=False)]


def opened(content: bytes, layout: Layout) -> File:
    """The file with its columns named as fields. Raises Invalid where the layout cannot read it."""
    file = File(content)
    meant = [layout.columns.get(name, "") for name in file.columns]
    used = [name for name in meant if name]
    if twice := {name for name in used if used.count(name) > 1}:
        raise Invalid(f"Two columns cannot both be “{FIELDS[twice.pop()]}”. Leave one of them out.")
    if "number" not in used:
        raise Invalid("No column has the phone number or the SIM. Say which one does.")
    file.rename(dict(zip(file.columns, meant, strict=True)))
    return file


def entries(file: File, reader: _Reader) -> Iterator[tuple[int, Entry | Rejection]]:
    for row in file:
        if not isinstance(row, Row):
            yield row.number, Rejection(row.number, "", row.reason)
            continue
        try:
            yield row.number, reader.entry(row)
        except _Refused as error:
            name, why = error.args
            yield row.number, Rejection(row.number, name, why)


class _Reader:
    def __init__(self, layout: Layout, period: periods.Period | None) -> None:
        self.layout, self.period = layout, period
        self.words = {key: [one.lower() for one in words] for key, words in layout.words.items()}

    def entry(self, row: Row) -> Entry:
        """Raises _Refused."""
        cells_ = row.cells
        number = _line_of(cells_.get("number", ""))
        day = self._read(cells_, "date", cells.day)
        entry = Entry(number, self._period(cells_, day), day)
        entry.pence = self._read(cells_, "charge", self._pence)
        entry.out = self._is_out(cells_)
        if self.layout.is_itemised:
            self._itemised(cells_, entry)
        else:
            self._summary(cells_, entry)
        return entry

    def _read(self, cells_: dict[str, str], name: str, read: Callable[[str], Any]) -> Any:
        text = cells_.get(name, "")
        if not text:
            return None
        try:
            return read(text)
        except cells.Unreadable as error:
            raise _Refused(name, f"What stands there {error}.") from error

    def _period(self, cells_: dict[str, str], day: dt.date | None) -> periods.Period:
        if self.period:
            return self.period
        start = self._read(cells_, "period_start", cells.day)
        end = self._read(cells_, "period_end", cells.day)
        if start:
            if end and end < start:
                raise _Refused("period_end", "It ends before it begins.")
            return (start, end) if end else periods.month_from(start)
        if day:
            return periods.period_of(day, self.layout.billing_day)
        if month := self._read(cells_, "month", cells.month):
            return periods.month_from(month.replace(day=self.layout.billing_day))
        raise _Refused("date", "Nothing says of which day or month it is.")

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
            raise _Refused("kind", "Nothing says whether it is data, a call or a text.")
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


def _drop_unsplit(bill: Bill) -> None:
    """What is out of bundle is known of a total only where every row says it."""
    for total in bill.totals.values():
        if not total.is_split:
            for name in [one for one in total.figures if "_out" in one]:
                del total.figures[name]


def _line_of(text: str) -> str:
    """A number in its one spelling, or a SIM's. Raises _Refused."""
    if found := phone_numbers.iccid(text) or phone_numbers.msisdn(text):
        return found
    raise _Refused("number", "It names no phone number or SIM: a total, perhaps. It is left out.")


def _means(text: str, words: Collection[str]) -> bool:
    """Whether a cell is one of these words; longer ones may also begin it, or a word in it."""
    return bool(text) and any(
        text == word or (len(word) > 2 and (text.startswith(word) or f" {word}" in text)) for word in words
    )
