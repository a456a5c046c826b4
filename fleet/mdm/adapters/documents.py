"""Bodies as documents of plain values: decoded within limits, with secrets cut out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

import msgspec

from fleet.errors import Invalid
from fleet.services.imports import delimited

JSON = "application/json"
NDJSON = "application/x-ndjson"
CSV = "text/csv"
CUT = "[cut]"
NO_ROWS = "The file names its columns and has no rows. Export it again, with its devices."

_decode = msgspec.json.Decoder().decode
encode = msgspec.json.Encoder().encode


class Undecodable(ValueError):
    """Not a document of the form that it should have; says where or why."""


def decode(content: bytes, content_type: str = JSON) -> Any:
    """The values of a JSON body; of NDJSON, and of JSON documents a line each, a list of them.

    Of CSV a list too: the cells of each row by the headers. Raises Undecodable.
    """
    if content_type == CSV:
        return list(_rows(content))
    if content_type == NDJSON:
        return list(_lines(content))
    try:
        return _decode(content)
    except RecursionError as error:
        raise Undecodable("The JSON is nested too deeply.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        if b"\n" in content.strip() and content.lstrip()[:1] == b"{":
            with suppress(Undecodable):
                return list(_lines(content))
        raise Undecodable(_reason(error)) from error


def each(content: bytes, content_type: str = JSON) -> list[Any]:
    """The documents of a body that holds one, a list of them, or one a line. Raises Undecodable."""
    document = decode(content, content_type)
    return document if isinstance(document, list) else [document]


def _lines(content: bytes) -> Iterator[Any]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            try:
                yield _decode(line)
            except RecursionError as error:
                raise Undecodable(f"Line {number} is nested too deeply.") from error
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise Undecodable(f"Line {number}: {_reason(error)}") from error


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    """The rows below the headers. A row that is longer keeps what is beyond under an empty header."""
    headers: list[str] = []
    is_any = False
    try:
        for _, cells in delimited.records(content):
            if headers:
                is_any = True
                row = dict(zip(headers, cells, strict=False))
                beyond = "".join(cells[len(headers) :]).strip()
                yield row | {"": beyond} if beyond else row
            else:
                headers = [cell.strip() for cell in cells]
                _refuse_twice(headers)
    except Invalid as error:
        raise Undecodable(str(error)) from error
    if not headers:
        raise Undecodable("The file has no row of headers.")
    if not is_any:
        raise Undecodable(NO_ROWS)


def _refuse_twice(headers: list[str]) -> None:
    for header in headers:
        if header and headers.count(header) > 1:
            raise Undecodable(f"Two columns are called {header}. Leave one of them out.")


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "The text is not UTF-8. Send it as UTF-8."
    return f"The JSON is broken: {str(error).rstrip('.')}."


_NO_SIGNS = str.maketrans("", "", "_- ")


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A key as it compares: `serialNumber`, `Serial number` and `serial_number` are one."""
    return name.translate(_NO_SIGNS).lower()


def holds_any(content: bytes, wanted: frozenset[str]) -> bool:
    """Whether any of these keys may be in the body, at a glance."""
    if not wanted:
        return False
    bare = content.translate(None, b"_- \x00").lower()  # without the zeros that UTF-16 has
    # A key may be written with escapes, which only decoding shows.
    return b"\\u00" in bare or any(name.encode() in bare for name in wanted)


def cut(document: Any, wanted: frozenset[str]) -> bool:
    """Replace the values under these keys, at any depth, in place; whether there were any."""
    is_cut, left = False, [document]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            for name, value in one.items():
                if key(name) not in wanted:
                    left.append(value)
                elif value not in (None, "", CUT):
                    one[name] = CUT
                    is_cut = True
        elif isinstance(one, list):
            left.extend(one)
    return is_cut
