"""CSV as spreadsheets save it: its encoding and its separator are found out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from fleet.errors import Invalid

WINDOWS = "cp1252"
_UTF_8 = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",;\t"
_LINE_END = re.compile(r"[\r\n]")
# Excel's own way to say which separator follows.
_DECLARED = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)


def records(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """(row number in a spreadsheet, cells) of each row that is not empty. Raises Invalid."""
    text = _decoded(content)
    declared = _DECLARED.match(text)
    first = next((line for line in _LINE_END.split(text, 20) if line.strip()), "")
    if "\0" in first:
        raise Invalid("The file is no text that can be read. Save it as “CSV UTF-8”, XLSX or ODS.")
    delimiter = declared[1] if declared else max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while (record := _next(reader)) is not None:
        number += 1
        if any(cell.strip() for cell in record) and not (declared and number == 1):
            yield number, record


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        line = reader.line_num  # type: ignore[attr-defined]
        raise Invalid(f"Line {line} cannot be read: {error}. Save the file as CSV again.") from error


def encoding_of(content: bytes) -> str:
    """How the text is written: as its first bytes say, as UTF-8, or as Windows does. Raises Invalid."""
    if content.startswith(_UTF_16):
        return "utf-16"
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if _is_damaged(content):
            line = content.count(b"\n", 0, error.start) + 1
            raise Invalid(
                f"Line {line:,} has a letter that is no UTF-8, as the rest of the file is. Mend it, or save "
                "the file as “CSV UTF-8” again."
            ) from error
        return WINDOWS
    return "utf-8-sig"


def _is_damaged(content: bytes) -> bool:
    """Whether it says that it is UTF-8, or has at least as many letters of it as bytes that are none.

    In Windows text, two bytes that happen to make a letter of UTF-8 are a rare accident.
    """
    letters = [letter for letter in content.decode(errors="replace") if not letter.isascii()]
    return content.startswith(_UTF_8) or 2 * letters.count("\ufffd") <= len(letters)


def _decoded(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        raise Invalid("The file is a PDF. Ask for the spreadsheet that it was made from, or save it as CSV.")
    try:
        return content.decode(encoding_of(content))
    except UnicodeDecodeError as error:
        message = "The file is neither UTF-8 nor Windows text. Save it as “CSV UTF-8”."
        raise Invalid(message) from error
