"""Writes what a delivery changes: COPY into staging tables, then one statement a table.

Within a transaction and `acting`. COPY itself carries no actor, but pghistory's variables last to the end of
the transaction once a statement has set them, which `begin` sees to.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

Row = Sequence[Any]

# A time out of microseconds since 1970.
AT = "timestamptz 'epoch' + {0} * interval '1 microsecond'"

# The first key of the advisory locks; the second is the organisation.
_MERGE_LOCK = 0x7472


def begin() -> None:
    """First statements of a merge.

    A plan that a trigger cached for few rows goes quadratic for thousands: it is made anew for these.
    Rows are found by their keys, so reading a whole table is never right. Compiling queries takes longer
    than it saves here, and these statements set the actor for the COPYs that follow.
    """
    execute("SET LOCAL jit = off")
    execute("SET LOCAL enable_seqscan = off")
    execute("DISCARD PLANS")


def decide_identity(organisation: int) -> None:
    """Wait for every other merge of the organisation: identity is decided by one at a time."""
    execute("SELECT pg_advisory_xact_lock(%s, %s)", [_MERGE_LOCK, organisation])


def keep_identity(organisation: int) -> None:
    """Wait for merges that decide identity, beside others that do not."""
    execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [_MERGE_LOCK, organisation])


def execute(sql: str, params: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def copy(table: str, names: Iterable[str], rows: Iterable[Row]) -> None:
    """COPY rows into these columns of a table; None is NULL."""
    form = "FORMAT csv, DELIMITER E'\\t', QUOTE E'\\x01', NULL 'None'"
    into = f"COPY {table} ({', '.join(names)}) FROM STDIN ({form})"
    with connection.cursor() as cursor:
        cursor.copy_expert(into, io.StringIO(_lines(rows)))


def _lines(rows: Iterable[Row]) -> str:
    """Tab-separated lines, quoted by a character that JSON does not contain, so that JSON stays as it is.

    NULL is what Python writes for None; text that reads the same is quoted.
    """
    told = [tuple(row) for row in rows]
    line = "\t".join(["%s"] * len(told[0])) + "\n" if told else ""
    text = "".join([line % row for row in told])
    if _is_plain(text, told):
        return text
    return "".join(["\t".join(map(_quoted, row)) + "\n" for row in told])


def _is_plain(text: str, told: Sequence[Row]) -> bool:
    """Whether no value needs quoting: to look through all of them at once takes a fraction of the time."""
    lines = len(told)
    return (
        text.count("\n") == lines
        and text.count("\t") == sum(map(len, told)) - lines
        and text.count("None") == sum([row.count(None) for row in told])
        and "\r" not in text
        and "\x01" not in text
    )


def _quoted(value: Any) -> str:
    return "None" if value is None else "\x01" + str(value).replace("\x01", "\x01\x01") + "\x01"


def stage(table: str, types: dict[str, str], rows: Iterable[Row]) -> None:
    """A temporary table of this transaction, analysed so that what reads it is planned for its size."""
    columns = ", ".join(f"{name} {type_}" for name, type_ in types.items())
    execute(f"DROP TABLE IF EXISTS pg_temp.{table}; CREATE TEMP TABLE {table} ({columns}) ON COMMIT DROP")
    copy(table, types, rows)
    execute(f"ANALYZE {table} ({next(iter(types))})")


def array(values: Iterable[str | int | None]) -> str:
    """The text of an array, which parses many times faster than the expression that a list would become."""
    return "{" + ",".join(map(_element, values)) + "}"


def numbers(values: Iterable[int | None]) -> str:
    """`array` for numbers alone, in half the time."""
    return "{" + ",".join(map(str, values)).replace("None", "NULL") + "}"


def _element(value: str | int | None) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"') if "\\" in value or '"' in value else value
        return f'"{escaped}"'
    return "NULL" if value is None else str(value)
