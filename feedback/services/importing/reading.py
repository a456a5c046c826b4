"""A file of comments, CSV or JSON, as comments and as rows that cannot be taken, each with its reason."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from feedback.models import Post, Topic
from fleet.errors import Invalid
from fleet.services.imports import cells
from fleet.services.imports.reading import File, Misshapen, cleaned

COLUMNS = ("id", "reply_to", "author", "author_role", "posted_at", "organisation", "topic", "title", "body")
NEEDED = ("id", "body")
MOST = 20_000
# What a column may hold at most, in characters.
MOST_LETTERS = {
    "id": 200,
    "reply_to": 200,
    "author": 200,
    "author_role": 200,
    "organisation": 200,
    "topic": Topic._meta.get_field("name").max_length or 0,
    "body": Post._meta.get_field("body").max_length or 0,
}


@dataclass(frozen=True, slots=True)
class Comment:
    """One row; `number` is its row in a spreadsheet, or its place in a list of JSON."""

    number: int
    id: str
    reply_to: str
    author: str
    author_role: str
    posted_at: dt.datetime | None
    organisation: str
    topic: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken in: at which column, and what to do."""

    number: int
    column: str
    reason: str


@dataclass(slots=True)
class Sheet:
    """What a file holds: comments in its order, refused rows, and columns that mean nothing here."""

    comments: list[Comment] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read(content: bytes) -> Sheet:
    """Raises Invalid where the file cannot be read at all."""
    rows, sheet = _json(content) if content.lstrip()[:1] in (b"[", b"{") else _csv(content)
    for count, row in enumerate(rows):
        if count >= MOST:
            raise Invalid(f"The file has more than {MOST:,} comments. Import it in several parts.")
        found = row if isinstance(row, Refused) else _comment(*row)
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
    sheet = Sheet(unknown=[name for name in file.columns if name not in COLUMNS])

    def rows() -> Rows:
        for row in file:
            yield (
                Refused(row.number, "", row.reason) if isinstance(row, Misshapen) else (row.number, row.cells)
            )

    return rows(), sheet


def _json(content: bytes) -> tuple[Rows, Sheet]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"The file is no JSON that can be read: {error}") from error
    if not isinstance(found, list):
        raise Invalid("The file must be a list of comments: [{“id”: …, “body”: …}, …].")
    names = {name for one in found if isinstance(one, dict) for name in one}
    if found:
        _refuse_lacking(names)

    def rows() -> Rows:
        for number, one in enumerate(found, start=1):
            if not isinstance(one, dict):
                yield Refused(number, "", "It is no object with an id and a body.")
            else:
                yield number, {name: _text(one.get(name)) for name in COLUMNS}

    return rows(), Sheet(unknown=sorted(names - set(COLUMNS)))


def _text(value: Any) -> str:
    return "" if value is None else cleaned(str(value))


def _refuse_lacking(names: Any) -> None:
    if lacking := [name for name in NEEDED if name not in names]:
        raise Invalid(
            f"The file has no column {' and no column '.join(lacking)}. It needs {' and '.join(NEEDED)}; "
            f"it may have {', '.join(name for name in COLUMNS if name not in NEEDED)}."
        )


def _comment(number: int, cells: dict[str, str]) -> Comment | Refused:
    values = {name: cells.get(name, "") for name in COLUMNS}
    for name in NEEDED:
        if not values[name]:
            return Refused(number, name, f"The {name} is empty. Every comment needs one.")
    for name, most in MOST_LETTERS.items():
        if len(values[name]) > most:
            return Refused(number, name, f"It is longer than {most:,} characters. Shorten it.")
    try:
        posted_at = _moment(values.pop("posted_at"))
    except (ValidationError, ValueError):
        reason = "It is no date and time such as 2011-07-14T09:30 or 14/07/2011. Mend it, or leave it empty."
        return Refused(number, "posted_at", reason)
    return Comment(number=number, posted_at=posted_at, **values)


def _moment(text: str) -> dt.datetime | None:
    """Local time where the file names no zone; a day without a time is its beginning. Raises ValueError."""
    if not text:
        return None
    found = parse_datetime(text) or _day_and_time(text)
    if timezone.is_naive(found):
        found = timezone.make_aware(found)
    if found > timezone.now():
        raise ValueError("It is to come.")
    return found


def _day_and_time(text: str) -> dt.datetime:
    """14/07/2011, or 14/07/2011 09:30, as spreadsheets write them."""
    try:
        day = cells.day(text)
    except ValidationError:
        first, _, last = text.rpartition(" ")
        return dt.datetime.combine(cells.day(first), dt.time.fromisoformat(last))
    return dt.datetime.combine(day, dt.time())
