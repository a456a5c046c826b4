"""The rows of a file as CSV: what becomes of them, or as they came with the reason."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from fleet.models import Import, ImportLine
from fleet.services.imports import rejects
from fleet.web.exports import csv_response, lines
from fleet.web.tables import Column


def download(found: Import, section: str, rows: QuerySet[ImportLine]) -> HttpResponseBase:
    """Rejected rows in the file's own columns with the reason; other sections a line a field."""
    if section == "rejected" and not found.is_bill:
        return rejected_csv(found)
    columns = [
        Column(key=key, title=key, value=itemgetter(at))
        for at, key in enumerate(("row", "name", "column", *_more(section)))
    ]
    return csv_response(columns, _records(rows), f"import-{section}")


def _more(section: str) -> tuple[str, ...]:
    told = {"warnings": ("warning",), "rejected": ("reason",)}
    return told.get(section, ("before", "after"))


def _records(rows: QuerySet[ImportLine]) -> Iterator[tuple[Any, ...]]:
    for line in rows.iterator(chunk_size=2000):
        yield from ((line.number or "", line.name, *detail) for detail in line.details)


def rejected_csv(found: Import) -> HttpResponse | StreamingHttpResponse:
    """Of a bill there is none: its rows name third parties."""
    if found.is_bill:
        raise Http404
    content = bytes(Import.objects.values_list("content", flat=True).get(pk=found.pk))
    if not content:
        raise Http404
    reasons = dict(rejects.reasons_of(found))
    headers, rows = rejects.rows_of(zlib.decompress(content), reasons)
    columns = [Column(key=name, title=name, value=itemgetter(at)) for at, name in enumerate(headers)]
    response = StreamingHttpResponse(lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    return response
