"""A CSV file as spreadsheets and HR systems write it: its header and its rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from fleet.errors import Invalid

ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = ",;\t"
_GAPS = re.compile(r"[\s-]+")
# Our exports put an apostrophe before what a spreadsheet would take for a formula.
_QUOTED_FORMULA = re.compile(r"^'(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column; `number` is the row's number in a spreadsheet, where the header is row 1."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Misshapen:
    """A row whose cells cannot be told apart, and why."""

    number: int
    reason: str


class File:
    """The columns of a file, and its rows in order. Raises Invalid where it cannot be read at all."""

    def __init__(self, content: bytes) -> None:
        text = _decoded(content)
        first, *_ = text.split("\n", 1)
        delimiter = max(DELIMITERS, key=first.count)
        self._records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        self.columns = _header(self._next() or [])

    def __iter__(self) -> Iterator[Row | Misshapen]:
        number = 1
        while (record := self._next()) is not None:
            number += 1
            if any(cell.strip() for cell in record):
                yield self._row(number, record)

    def _next(self) -> list[str] | None:
        try:
            return next(self._records, None)
        except csv.Error as error:
            raise Invalid(
                f"Line {self._records.line_num} cannot be read: {error}. Save the file as CSV again."
            ) from error

    def _row(self, number: int, record: list[str]) -> Row | Misshapen:
        if len(record) != len(self.columns):
            return Misshapen(
                number,
                f"It has {len(record)} cells where the header has {len(self.columns)}. Make them equal.",
            )
        if any("\0" in cell for cell in record):
            return Misshapen(number, "The row contains a NUL character. Take it out.")
        cells = (_QUOTED_FORMULA.sub("", cell).strip() for cell in record)
        return Row(number, dict(zip(self.columns, cells, strict=True)))


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("The file is neither UTF-8 nor Windows text. Save it as “CSV UTF-8”.")


def _header(names: list[str]) -> list[str]:
    """`Staff number` and `staff-number` are `staff_number`."""
    columns = [_GAPS.sub("_", name.strip().lower()) for name in names]
    if not any(columns):
        raise Invalid("The file is empty. Its first row must name the columns.")
    if twice := {name for name in columns if columns.count(name) > 1}:
        named = ", ".join(sorted(twice)) or "an empty column"
        raise Invalid(f"The header names {named} twice. Keep one of them.")
    return columns
