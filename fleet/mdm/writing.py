"""Writes what a delivery changes: COPY into staging tables, then one statement a table.

Within a transaction and `acting`. COPY itself carries no actor, but pghistory's variables last to the end of
the transaction once a statement has set them, which `begin` sees to.
"""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

Row = Sequence[Any]

# How NULL is written in a COPY: something that no sender can have sent.
NULL = secrets.token_hex(16)
# The first key of the advisory locks; the second is the organisation.
MERGE_LOCK = 0x7472


def begin(organisation: int) -> None:
    """First statements of a merge: it waits for any other of the organisation, so that identity is one.

    A plan that a trigger cached for few rows goes quadratic for thousands: it is made anew for these.
    Compiling queries takes longer than it saves here, and this statement sets the actor for the COPYs.
    """
    execute("SET LOCAL jit = off")
    execute("DISCARD PLANS")
    execute("SELECT pg_advisory_xact_lock(%s, %s)", [MERGE_LOCK, organisation])


def execute(sql: str, params: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def copy(table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
    """COPY rows into a table; None is NULL, everything else as its text reads."""
    text = io.StringIO()
    csv.writer(text).writerows([[NULL if value is None else value for value in row] for row in rows])
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT csv, NULL '{NULL}')", text)


def stage(table: str, types: dict[str, str], rows: Iterable[Row]) -> None:
    """A temporary table of this transaction, analysed so that what reads it is planned for its size."""
    execute(f"CREATE TEMP TABLE {table} ({', '.join(f'{n} {t}' for n, t in types.items())}) ON COMMIT DROP")
    copy(table, list(types), rows)
    execute(f"ANALYZE {table}")
