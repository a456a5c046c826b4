"""Excel downloads: row by row, so that memory stays flat, with real dates and numbers and no formulas."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

from fleet.web.exports import records
from fleet.web.tables import Column

MOST_ROWS = 1_048_575  # a sheet's, below the headings
WIDTH = 20
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_response(columns: Sequence[Column], rows: Iterable[Any], name: str) -> FileResponse:
    """A download named `name`.xlsx, headed by the columns' keys as the CSV is, which is what imports read."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        _fill(book, columns, records(columns, rows))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=KIND)


def _fill(book: Any, columns: Sequence[Column], found: Iterator[Iterable[Any]]) -> None:
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.freeze_panes(1, 1)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.key, bold)
    write = _writer(book, sheet)
    last = 0
    for last, values in enumerate(found, start=1):
        for number, value in enumerate(values):
            write(last, number, value)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _writer(book: Any, sheet: Any) -> Callable[[int, int, Any], None]:
    """Writes a value as what it is; text stays text whatever it begins with."""
    day, moment = (book.add_format({"num_format": kind}) for kind in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))

    def write(row: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, column, value)
        elif isinstance(value, datetime):
            local = timezone.make_naive(value) if timezone.is_aware(value) else value
            sheet.write_datetime(row, column, local, moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, day)
        else:
            text = ";".join(map(str, value)) if isinstance(value, list) else str(value)
            sheet.write_string(row, column, text)

    return write
