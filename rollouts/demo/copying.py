"""Rows into tables by COPY: what would take minutes through the ORM takes seconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

from fleet.mdm import writing

CHUNK = 10_000
Row = dict[str, Any]


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """`count` fresh primary keys of the model's sequence, so that rows can refer to rows not yet stored."""
    sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [model._meta.db_table, model._meta.pk.column, count])
        return [key for (key,) in cursor.fetchall()]


def copy_rows(
    model: type[models.Model], rows: Iterable[Row], advance: Callable[[int], None] = lambda _: None
) -> None:
    """Stores rows given by column; a column left out of a row gets the field's default, a key or a column
    with a default of the database's that the first row leaves out gets the database's.

    COPY carries no history context: the change log attributes the rows to the context of the last other
    statement of the same transaction.
    """
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        fields = [field for field in model._meta.concrete_fields if _is_given(field, chunk[0])]
        columns = [(field.attname, _default(field), _encoder(field)) for field in fields]
        values = ([_value(row, *column) for column in columns] for row in chunk)
        writing.copy(model._meta.db_table, [f'"{field.column}"' for field in fields], values)
        advance(len(chunk))


def analyse(*tables: type[models.Model]) -> None:
    """COPY leaves the planner without statistics, and autovacuum comes too late for a first look."""
    writing.execute(f"ANALYZE {', '.join(table._meta.db_table for table in tables)}")


def _is_given(field: models.Field[Any, Any], row: Row) -> bool:
    return field.attname in row or not (field.primary_key or field.has_db_default())


def _default(field: models.Field[Any, Any]) -> Any:
    return timezone.now() if getattr(field, "auto_now_add", False) else field.get_default()


def _value(row: Row, name: str, default: Any, encode: Callable[[Any], str] | None) -> Any:
    value = row.get(name, default)
    # Text stands for itself, also where it is an array or JSON written out.
    return value if encode is None or value is None or isinstance(value, str) else encode(value)


def _encoder(field: models.Field[Any, Any]) -> Callable[[Any], str] | None:
    """How values are written that do not read as PostgreSQL wants them."""
    if isinstance(field, models.JSONField):
        return json.dumps
    return writing.array if isinstance(field, ArrayField) else None
