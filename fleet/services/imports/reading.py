"""A file as spreadsheets and HR systems write it: its header and its rows, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from django.conf import settings

from fleet.errors import Invalid
from fleet.services.imports import delimited, workbooks

_GAPS = re.compile(r"[\W_]+")
# Blanks that people do not see: a web page's, a typesetter's, and marks of no width.
_BLANKS = str.maketrans({"\xa0": " ", "\u2007": " ", "\u202f": " ", "\u200b": "", "\u2060": "", "\ufeff": ""})
# Our exports put an apostrophe before what a spreadsheet would take for a formula.
_QUOTED_FORMULA = re.compile(r"^'(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column; `number` is the row's number in a spreadsheet."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Misshapen:
    """A row whose cells cannot be told apart, and why."""

    number: int
    reason: str


class File:
    """The columns of a file, and its rows in order; read once. Raises Invalid where it cannot be read at all.

    `headers` are as the file writes them, `columns` as `folded` does, until `rename` gives them other names.
    """

    def __init__(
        self, content: bytes = b"", *, records: Iterator[tuple[int, list[str]]] | None = None
    ) -> None:
        """`records`: the header and the rows, numbered, of a file that was read before."""
        read = workbooks.records if workbooks.is_workbook(content) else delimited.records
        self.records = read(content) if records is None else records
        _, header = next(self.records, (1, []))
        self.headers = _headers(header)
        self.columns = [folded(name) for name in self.headers]
        if twice := {name for name in self.columns if self.columns.count(name) > 1}:
            raise Invalid(f"The header names {', '.join(sorted(twice))} twice. Keep one of them.")

    def rename(self, columns: Mapping[str, str]) -> None:
        """Give columns (as folded) the names that they have here; empty leaves a column out."""
        self.columns = [columns.get(name, name) for name in self.columns]

    def __iter__(self) -> Iterator[Row | Misshapen]:
        for count, (number, record) in enumerate(self.records):
            if count >= settings.IMPORT_MAX_ROWS:
                raise Invalid(
                    f"The file has more than {settings.IMPORT_MAX_ROWS:,} rows. Load it in several parts."
                )
            yield self._row(number, record)

    def _row(self, number: int, record: list[str]) -> Row | Misshapen:
        width = len(self.columns)
        if len(record) > width and not any(map(str.strip, record[width:])):
            record = record[:width]
        if len(record) != width:
            return Misshapen(
                number, f"It has {len(record)} cells where the header has {width}. Make them equal."
            )
        if any("\0" in cell for cell in record):
            return Misshapen(number, "The row contains a NUL character. Take it out.")
        return Row(
            number,
            {name: cleaned(cell) for name, cell in zip(self.columns, record, strict=True) if name},
        )


def cleaned(cell: str) -> str:
    """A cell's text without what nobody meant to write: blanks around it, and blanks that are none."""
    return _QUOTED_FORMULA.sub("", cell if cell.isascii() else cell.translate(_BLANKS)).strip()


def folded(header: str) -> str:
    """`Staff number`, `staff-number` and `Staff No.` without its full stop: one way to write a header."""
    return _GAPS.sub("_", header.translate(_BLANKS).strip().lower()).strip("_")


def _headers(record: list[str]) -> list[str]:
    names = [cleaned(name) for name in record]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise Invalid("The file is empty. Its first row must name the columns.")
    return [name if folded(name) else f"Column {_letter(at)}" for at, name in enumerate(names)]


def _letter(at: int) -> str:
    """A, B … Z, AA: a column as spreadsheets count it."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + ascii_uppercase[at % 26]
