"""What msgspec says against a value, in the words of people who run an MDM and not of Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import inspect

# Field → the words that it takes.
Words = Mapping[str, Sequence[Any]]

_KINDS = {
    "str": "text",
    "int": "a whole number",
    "bool": "true, false",
    "datetime": "a time",
    "array": "a list",
    "object": "an object",
    "null": "nothing",
}
_GIVEN = _KINDS | {
    "int": "a number",
    "float": "a number with decimals",
    "bool": "true or false",
    "null": "null",
}
_UNITS = {"str": " characters", "array": " entries"}
_BOUNDS = {"<=": "at most", ">=": "at least"}
_SENTENCES = {
    "Input data was truncated": "The JSON ends too early",
    "Expected `datetime` with a timezone component": "Give the time with its offset: 2026-03-02T09:41:00Z",
    "Invalid RFC3339 encoded datetime": "Write a time as in 2026-03-02T09:41:00Z (RFC 3339)",
    "Number out of range": "The number is too large",
}
_WHERE = re.compile(r" - at `\$\.?(?P<field>.*)`$")
_GOT = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>\w+)`")
_BOUND = re.compile(r"Expected `(?P<kind>\w+)` (?:of length )?(?P<sign><=|>=) (?P<limit>\d+)")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`")
_WORD = re.compile(r"Invalid enum value '?(?P<word>[^']*)'?")
_SURPLUS = re.compile(r"Object contains unknown field `(?P<name>[^`]+)`")


def field_and_reason(error: Exception, words: Words | None = None) -> tuple[str, str]:
    """The path of the field at fault, empty for the whole, and what is wrong with it, without a full stop."""
    message = str(error)
    where = _WHERE.search(message)
    field = where["field"] if where else ""
    return field, _plain(_WHERE.sub("", message), (words or {}).get(field, ()))


def words_of(kind: type) -> Words:
    """The fields of a struct that take some words alone, and which."""
    fields = ((one.encode_name, one.type) for one in inspect.type_info(kind).fields)  # type: ignore[attr-defined]
    return {name: taken.values for name, taken in fields if isinstance(taken, inspect.LiteralType)}


def _plain(message: str, words: Iterable[str]) -> str:
    if got := _GOT.fullmatch(message):
        wanted = ", ".join(_KINDS.get(kind, kind) for kind in got["wanted"].split(" | "))
        return f"Expected {_with_or(wanted)}, got {_GIVEN.get(got['got'], got['got'])}"
    if bound := _BOUND.fullmatch(message):
        limit = f"{_BOUNDS[bound['sign']]} {int(bound['limit']):,}{_UNITS.get(bound['kind'], '')}"
        return f"Expected {_KINDS.get(bound['kind'], bound['kind'])} of {limit}"
    if missing := _MISSING.fullmatch(message):
        return f"The field {missing['name']} is missing"
    if surplus := _SURPLUS.fullmatch(message):
        return f"There is no field {surplus['name']} here"
    if word := _WORD.fullmatch(message):
        taken = " or ".join(words) if words else "one that is listed at /api/v1/docs/"
        return f"“{word['word']}” is not taken here. Send {taken}"
    return _SENTENCES.get(message, message).replace("`", "")


def _with_or(kinds: str) -> str:
    """`text, nothing` as `text or nothing`."""
    return " or ".join(kinds.rsplit(", ", 1))
