"""One row of a file of comments: what its columns may hold, and why it is not taken where they do not."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from feedback.models import Post, Thread, Topic
from fleet import rules
from fleet.errors import Invalid
from fleet.services.imports import cells

COLUMNS = ("id", "reply_to", "author", "author_role", "posted_at", "organisation", "topic", "title", "body")
NEEDED = ("id", "body")
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
TITLE = Thread._meta.get_field("title").max_length or 0
ON_ONE_LINE = ("author", "author_role", "organisation", "topic")
# An older one was mistyped, and no calendar of bank holidays goes so far back.
EARLIEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# What no database keeps as text: NUL, and halves of letters that JSON can write alone.
NO_LETTER = re.compile("[\0\ud800-\udfff]")


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

    @property
    def heading(self) -> str:
        """The title of the thread that it opens: its own, or its first sentence, cut to what one may hold."""
        line = (self.title or self.body).strip().splitlines()[0].strip()
        end = min((at for mark in ".?!" if (at := line.find(f"{mark} ")) > 0), default=len(line))
        first = line[: end + 1]
        return first if len(first) <= TITLE else f"{first[: TITLE - 1].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken in: at which column, and what to do."""

    number: int
    column: str
    reason: str


def comment_of(number: int, row: dict[str, str]) -> Comment | Refused:
    """`row`: texts by column; what is missing is empty."""
    values = {name: row.get(name, "") for name in COLUMNS}
    values |= {name: rules.tidy(values[name]) for name in ON_ONE_LINE}
    if refused := _refused(number, values):
        return refused
    try:
        posted_at = _moment(values.pop("posted_at"))
    except Invalid as error:
        return Refused(number, "posted_at", f"{error} Mend it, or leave it empty.")
    return Comment(number=number, posted_at=posted_at, **values)


def _refused(number: int, values: dict[str, str]) -> Refused | None:
    """What the texts of a row lack, or have too much of."""
    for name in NEEDED:
        if not values[name]:
            return Refused(number, name, f"The {name} is empty. Every comment needs one.")
    for name, value in values.items():
        if NO_LETTER.search(value):
            return Refused(number, name, "It holds half a letter, or a NUL character. Take it out.")
        if name in MOST_LETTERS and len(value) > MOST_LETTERS[name]:
            return Refused(number, name, f"It is longer than {MOST_LETTERS[name]:,} characters. Shorten it.")
    return None


def _moment(text: str) -> dt.datetime | None:
    """Local time where the file names no zone; a day without a time is its beginning. Raises Invalid."""
    if not text:
        return None
    try:
        found = parse_datetime(text) or _day_and_time(text)
        at = timezone.make_aware(found) if timezone.is_naive(found) else found
    except (ValidationError, ValueError, OverflowError) as error:
        reason = "It is no date and time such as 2011-07-14T09:30 or 14/07/2011."
        raise Invalid(reason) from error
    if at > timezone.now():
        raise Invalid("It is still to come.")
    if at < EARLIEST:
        raise Invalid(f"It is before {EARLIEST.year}.")
    return at


def _day_and_time(text: str) -> dt.datetime:
    """14/07/2011, or 14/07/2011 09:30, as spreadsheets write them."""
    try:
        day = cells.day(text)
    except ValidationError:
        first, _, last = text.rpartition(" ")
        return dt.datetime.combine(cells.day(first), dt.time.fromisoformat(last))
    return dt.datetime.combine(day, dt.time())
