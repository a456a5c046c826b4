"""A file of comments, a table or JSON, as comments and as rows that cannot be taken, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from feedback.services.importing.comments import COLUMNS, NEEDED, NO_LETTER, Comment, Refused, comment_of
from fleet.errors import Invalid
from fleet.services.imports import delimited, workbooks
from fleet.services.imports.reading import File, Misshapen, cleaned

MOST = 20_000
# What stands before the first letter of JSON in any encoding: its mark, the blanks, and half of UTF-16.
_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


@dataclass(slots=True)
class Sheet:
    """What a file holds: comments in its order, refused rows, and columns that mean nothing here.

    `is_windows`: the file is no UTF-8 and was read as Windows text, which is a guess.
    """

    comments: list[Comment] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    is_windows: bool = False


def read(content: bytes) -> Sheet:
    """Raises Invalid where the file cannot be read at all."""
    rows, sheet = _json(content) if content.lstrip(_BEFORE_JSON)[:1] in (b"[", b"{") else _csv(content)
    for count, row in enumerate(rows):
        if count >= MOST:
            raise Invalid(f"The file has more than {MOST:,} comments. Import it in several parts.")
        found = row if isinstance(row, Refused) else comment_of(*row)
        if isinstance(found, Refused):
            sheet.refused.append(found)
        else:
            sheet.comments.append(found)
    if not sheet.comments and not sheet.refused:
        raise Invalid("The file holds no comments. Each row below the header is one.")
    return sheet


Rows = Iterator[tuple[int, dict[str, str]] | Refused]


def _csv(content: bytes) -> tuple[Rows, Sheet]:
    file = File(content)
    _refuse_lacking(file.columns)
    sheet = Sheet(
        unknown=[name for name in file.columns if name not in COLUMNS],
        is_windows=not workbooks.is_workbook(content) and delimited.encoding_of(content) == delimited.WINDOWS,
    )

    def rows() -> Rows:
        for row in file:
            yield (
                Refused(row.number, "", row.reason) if isinstance(row, Misshapen) else (row.number, row.cells)
            )

    return rows(), sheet


def _json(content: bytes) -> tuple[Rows, Sheet]:
    try:
        found = json.loads(content)
    except UnicodeDecodeError as error:
        raise Invalid("The file is no JSON that can be read: it is no UTF-8. Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise Invalid(f"The file is no JSON that can be read: {error}") from error
    if not isinstance(found, list):
        raise Invalid("The file must be a list of comments: [{“id”: …, “body”: …}, …].")
    names = {name for one in found if isinstance(one, dict) for name in one}
    if found:
        _refuse_lacking(names)

    def rows() -> Rows:
        for number, one in enumerate(found, start=1):
            yield _object(number, one)

    unknown = (NO_LETTER.sub("?", name) for name in names - set(COLUMNS))
    return rows(), Sheet(unknown=sorted(unknown))


def _object(number: int, one: Any) -> tuple[int, dict[str, str]] | Refused:
    """Numbers are taken as they are written; what is neither text nor a number says nothing."""
    if not isinstance(one, dict):
        return Refused(number, "", "It is no object with an id and a body.")
    values = {name: one.get(name) for name in COLUMNS}
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, str | int | float | None):
            return Refused(number, name, "It is neither text nor a number. Write it as text, in quotes.")
    return number, {name: "" if value is None else cleaned(str(value)) for name, value in values.items()}


def _refuse_lacking(names: Any) -> None:
    if lacking := [name for name in NEEDED if name not in names]:
        raise Invalid(
            f"The file has no column {' and no column '.join(lacking)}. It needs {' and '.join(NEEDED)}; "
            f"it may have {', '.join(name for name in COLUMNS if name not in NEEDED)}."
        )
