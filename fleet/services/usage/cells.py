"""From a cell of a carrier's file to a figure. What cannot be read raises Unreadable, which quotes nothing.

A cell may hold somebody else's number, so that no message repeats one.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from fleet.models.usage import MOST
from fleet.services.imports.cells import day as plain_day

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
_SIZE = re.compile(r"([\d,.]+)\s*(bytes?|[kmgt]i?b?|b)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d+):([0-5]?\d)(?::([0-5]?\d))?")
_WORDY_TIME = re.compile(r"(?:(\d+)\s*h\w*)?\s*(?:(\d+)\s*m\w*)?\s*(?:(\d+)\s*s\w*)?", re.IGNORECASE)
# Pound signs, whole or mangled on the way through another encoding.
_POUNDS = re.compile(r"GBP|\u00a3|\u00c2|\ufffd|\u00ef\u00bf\u00bd|\s", re.IGNORECASE)
_MONTHS = ("%Y-%m", "%m/%Y", "%b %Y", "%B %Y", "%b-%y", "%b %y", "%Y%m", "%Y/%m", "%B-%Y", "%b-%Y")
_SHORT_DAYS = ("%d/%m/%y", "%d-%m-%y", "%d %b %y", "%d-%b-%y", "%Y%m%d", "%d.%m.%y")
POWERS = {"k": 1, "m": 2, "g": 3, "t": 4}


class Unreadable(Exception):
    """A cell says nothing that its column could mean; the message says what was expected."""


def _bounded(value: Decimal, figure: str) -> Decimal:
    if abs(value) > MOST[figure]:
        raise Unreadable("is more than a line can come to in a month")
    return value


def number(text: str) -> Decimal:
    """1,234.5. Raises Unreadable."""
    try:
        if text and _NUMBER.fullmatch(text):
            return Decimal(text.replace(",", ""))
    except InvalidOperation:
        pass
    raise Unreadable("is no number")


def count(text: str) -> int:
    value = number(text)
    if value != value.to_integral_value() or value < 0:
        raise Unreadable("is no whole number")
    return int(_bounded(value, "texts"))


def size(text: str, *, unit: str, megabyte: int) -> int:
    """Bytes of `154387 KB`, `1.5 GB` or a bare number, which is in `unit` (k, m, g or empty for bytes).

    A kilobyte is the root of `megabyte`, 1,000 or 1,024 bytes; KiB is always 1,024. Raises Unreadable.
    """
    found = _SIZE.fullmatch(text)
    if not found or not _NUMBER.fullmatch(found[1]):
        raise Unreadable("is no amount of data, such as 154387 KB")
    word = (found[2] or "").lower()
    letter = unit if not found[2] else word[0] if word[0] in POWERS else ""
    kilo = 1024 if "i" in word or megabyte == 1024**2 else 1000
    return int(_bounded(number(found[1]) * kilo ** POWERS.get(letter, 0), "data_bytes"))


def seconds(text: str, *, is_minutes: bool = False) -> int:
    """Of `26:21:55` (which may pass 24 hours), `12:30` (minutes and seconds), `1h 2m 3s` or a bare number."""
    return int(_bounded(_seconds(text, is_minutes=is_minutes), "voice_seconds"))


def _seconds(text: str, *, is_minutes: bool) -> Decimal:
    if clock := _CLOCK.fullmatch(text):
        first, second, third = Decimal(clock[1]), int(clock[2]), clock[3]
        return first * 60 + second if third is None else first * 3600 + second * 60 + int(third)
    if any(letter in text.lower() for letter in "hms") and (wordy := _WORDY_TIME.fullmatch(text)):
        hours, minutes, rest = (Decimal(part or 0) for part in wordy.groups())
        return hours * 3600 + minutes * 60 + rest
    try:
        value = number(text)
    except Unreadable as error:
        raise Unreadable("is no duration, such as 00:12:30") from error
    if value < 0:
        raise Unreadable("is a negative duration")
    return value * 60 if is_minutes else value


def pence(text: str, *, is_pence: bool = False) -> Decimal:
    """Pence, with their fraction, of `£1.20`, `-1.20`, `(1.20)` or `1.20 CR`. Raises Unreadable."""
    bare = _POUNDS.sub("", text)
    is_credit = bare.startswith("(") or bare.upper().endswith("CR") or bare.startswith("-")
    bare = re.sub(r"[()-]|CR$", "", bare, flags=re.IGNORECASE)
    try:
        value = number(bare)
    except Unreadable as error:
        raise Unreadable("is no amount of pounds") from error
    return _bounded((-value if is_credit else value) * (1 if is_pence else 100), "charge_pence")


def day(text: str) -> dt.date:
    """A day, with or without a time behind it. Raises Unreadable."""
    first = re.split(r"T(?=\d)| (?=\d{1,2}:)", text, maxsplit=1)[0]
    try:
        return plain_day(first)
    except ValidationError:
        pass
    for pattern in _SHORT_DAYS:
        try:
            return dt.datetime.strptime(first, pattern).date()  # noqa: DTZ007 - a date has no time zone
        except ValueError:
            continue
    raise Unreadable("is no date, such as 13/03/2026")


def month(text: str) -> dt.date:
    """The first day of a month that is named. Raises Unreadable."""
    for pattern in _MONTHS:
        try:
            return dt.datetime.strptime(text, pattern).date().replace(day=1)  # noqa: DTZ007
        except ValueError:
            continue
    try:
        return day(text).replace(day=1)
    except Unreadable as error:
        raise Unreadable("is no month, such as March 2026") from error
