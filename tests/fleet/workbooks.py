"""Workbooks as Excel and LibreOffice save them, for tests of what reads them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook


class Failed(str):
    """A cell whose formula failed, with what it shows."""


MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def xlsx(*rows: Sequence[Any], formats: dict[str, str] | None = None) -> bytes:
    """One sheet; `formats` are number formats by cell, such as {"A2": "0.00E+00"}."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, Failed):
            cell.data_type = "e"
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(*rows: Sequence[Any]) -> bytes:
    """One sheet, with the least that the format asks for."""
    table = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content {_NAMES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{manifest}">{entry}</manifest:manifest>',
        )
    return stream.getvalue()


def csv_of(*rows: Sequence[str]) -> bytes:
    return "".join(f"{','.join(row)}\n" for row in rows).encode()


def _cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, Failed):
        typed = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
        return f"<table:table-cell {typed}><text:p>{value}</text:p></table:table-cell>"
    if isinstance(value, dt.timedelta):
        seconds = int(value.total_seconds())
        span = f"PT{seconds // 3600}H{seconds // 60 % 60:02}M{seconds % 60:02}S"
        return f'<table:table-cell office:value-type="time" office:time-value="{span}"/>'
    if isinstance(value, dt.date):
        typed = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        typed = f'office:value-type="float" office:value={quoteattr(str(value))}'
    else:
        typed = 'office:value-type="string"'
    return f"<table:table-cell {typed}><text:p>{escape(str(value))}</text:p></table:table-cell>"
