"""CSV downloads: streamed from a server-side cursor, and safe to open in a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from fleet.web.tables import Column

CHUNK_ROWS = 2000
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file whose write gives back what was written, so that csv.writer feeds a stream."""

    def write(self, value: str) -> str:
        return value


def cell(value: Any) -> str:
    """One cell. Text that a spreadsheet would take for a formula gets an apostrophe; numbers do not."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) and not NUMBER.fullmatch(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return ";".join(map(cell, value))
    return cell(str(value))


def records(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[Iterable[Any]]:
    """The values of each row: from the database as they are, where every column is a look-up."""
    lookups = [column.lookup for column in columns]
    if not isinstance(rows, QuerySet):
        yield from ([column.exported(row) for column in columns] for row in rows)
    elif all(lookups):
        yield from rows.values_list(*lookups).iterator(chunk_size=CHUNK_ROWS)
    else:
        found = rows.iterator(chunk_size=CHUNK_ROWS)
        yield from ([column.exported(row) for column in columns] for row in found)


def lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """The CSV's lines, headed by the columns' keys, which is what our imports read."""
    writer = csv.writer(_Echo())
    yield writer.writerow([column.key for column in columns])
    for record in records(columns, rows):
        yield writer.writerow([cell(value) for value in record])


def csv_response(columns: Sequence[Column], rows: Iterable[Any], name: str) -> StreamingHttpResponse:
    """A download named `name`.csv. A queryset is read in chunks, so that memory stays flat at any length."""
    response = StreamingHttpResponse(lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
