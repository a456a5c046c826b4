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


class _Echo:
    """A file whose write gives back what was written, so that csv.writer feeds a stream."""

    def write(self, value: str) -> str:
        return value


def cell(value: Any) -> str:
    """One cell. Text that a spreadsheet would take for a formula gets an apostrophe; numbers do not."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    content = str(value)
    is_formula = content.startswith(("=", "+", "-", "@", "\t", "\r")) and not NUMBER.fullmatch(content)
    return f"'{content}" if is_formula else content


def lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """The CSV's lines, headed by the columns' keys, which is what our imports read."""
    writer = csv.writer(_Echo())
    yield writer.writerow([column.key for column in columns])
    for row in rows:
        yield writer.writerow([cell(column.exported(row)) for column in columns])


def csv_response(
    columns: Sequence[Column], rows: QuerySet[Any] | Iterable[Any], name: str
) -> StreamingHttpResponse:
    """A download named `name`.csv. A queryset is read in chunks, so that memory stays flat at any length."""
    source = rows.iterator(chunk_size=CHUNK_ROWS) if isinstance(rows, QuerySet) else rows
    response = StreamingHttpResponse(lines(columns, source), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
