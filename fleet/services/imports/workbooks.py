"""Workbooks of Excel (XLSX) and LibreOffice (ODS): the first sheet that holds anything."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from fleet.errors import Invalid

UNREADABLE = "The workbook cannot be read. Save it as XLSX, ODS or “CSV UTF-8”, without a password."
# calamine reads a cell whose formula failed as an empty one, which would empty a fact. Written as text, it
# says what the spreadsheet shows: #N/A.
_FAILED_IN_XLSX = re.compile(rb'(<c\b[^>]*\s)t="e"')
_FAILED_IN_ODS = re.compile(rb'<table:table-cell\b[^>]*calcext:value-type="error"[^>]*>')
_NO_TEXT = b' office:string-value=""'
# Up to here a float holds every whole number, so that its digits are those that were typed.
EXACT = 2**53
# What ODS holds of a span of more than a day, which calamine leaves as it is.
_SPAN_IN_ODS = re.compile(r"PT(\d{1,9})H(\d{1,2})M(\d{1,2}(?:\.\d+)?)S")
# The day before the first that spreadsheets count.
_NO_DAY = dt.datetime(1899, 12, 31)  # noqa: DTZ001 - a cell has no time zone


def is_workbook(content: bytes) -> bool:
    """Whether it is a ZIP, as both formats are, or one of Excel's older or locked files, which we refuse."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def records(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells as text) of each row that is not empty. Raises Invalid."""
    _refuse_bombs(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(_telling_failures(content))) as workbook:
            sheet = _sheet(workbook)
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                record = [as_text(cell) for cell in cells]
                if any(map(str.strip, record)):
                    yield number, record
    except (CalamineError, zipfile.BadZipFile) as error:
        raise Invalid(UNREADABLE) from error


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Invalid(UNREADABLE) from error
    if unpacked > settings.IMPORT_MAX_UNPACKED_BYTES:
        raise Invalid("The workbook is too large when unpacked. Save the sheet alone, as “CSV UTF-8”.")


def _telling_failures(content: bytes) -> bytes:
    """The same workbook, in which cells whose formula failed hold what they show, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = (
            one for one in archive.namelist() if one == "content.xml" or one.startswith("xl/worksheets/")
        )
        parts = {name: archive.read(name) for name in sheets}
        told = {name: _as_shown(part) for name, part in parts.items()}
        if told == parts:
            return content
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as copy:
            for name in archive.namelist():
                copy.writestr(name, told[name] if name in told else archive.read(name))
    return stream.getvalue()


def _as_shown(part: bytes) -> bytes:
    part = _FAILED_IN_XLSX.sub(rb'\1t="str"', part)
    return _FAILED_IN_ODS.sub(lambda cell: cell[0].replace(_NO_TEXT, b""), part)


def _sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    for about in workbook.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
            sheet = workbook.get_sheet_by_name(about.name)
            if sheet.start is not None:
                return sheet
    raise Invalid("The file is empty. Its first row must name the columns.")


def as_text(cell: Any) -> str:
    """A cell as somebody would type it: whole numbers with all their digits, days as 2026-03-27.

    Durations are hours, minutes and seconds, with all their hours: 26:21:55.
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) <= EXACT else f"{cell:.15G}"
    if (span := _span_of(cell)) is not None:
        return _clock(span)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return str(cell.date())
    return str(cell)


def _span_of(cell: Any) -> dt.timedelta | None:
    """What a cell that shows a clock counts; one of more than a day reads as a day of 1900."""
    if isinstance(cell, dt.timedelta):
        return cell
    if isinstance(cell, dt.time):
        return dt.datetime.combine(_NO_DAY, cell) - _NO_DAY
    if isinstance(cell, dt.datetime) and cell.year <= _NO_DAY.year + 1:
        return cell - _NO_DAY
    if isinstance(cell, str) and (parts := _SPAN_IN_ODS.fullmatch(cell)):
        hours, minutes, seconds = map(float, parts.groups())
        return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return None


def _clock(span: dt.timedelta) -> str:
    """26:21:55, to the nearest second."""
    seconds = round(span.total_seconds())
    minutes, hours = abs(seconds) // 60 % 60, abs(seconds) // 3600
    return f"{'-' if seconds < 0 else ''}{hours:02}:{minutes:02}:{abs(seconds) % 60:02}"
