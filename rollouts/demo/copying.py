"""Rows into tables by COPY: what would take minutes through the ORM takes seconds."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

CHUNK = 10_000
Row = dict[str, Any]
# What COPY's text format escapes.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """`count` fresh primary keys of the model's sequence, so that rows can refer to rows not yet stored."""
    sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [model._meta.db_table, model._meta.pk.column, count])
        return [key for (key,) in cursor.fetchall()]


def copy_rows(
    model: type[models.Model], rows: Iterable[Row], advance: Callable[[int], None] = lambda _: None
) -> None:
    """Stores rows given by column; a column left out of a row gets the field's default, a key left out of
    the first row gets the sequence's next.

    COPY carries no history context: the change log attributes the rows to the context of the last other
    statement of the same transaction.
    """
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        fields = [field for field in model._meta.concrete_fields if _is_given(field, chunk[0])]
        _copy(model._meta.db_table, [_Column(field) for field in fields], chunk)
        advance(len(chunk))


def analyse(*tables: type[models.Model]) -> None:
    """COPY leaves the planner without statistics, and autovacuum comes too late for a first look."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(table._meta.db_table for table in tables)}")


def _is_given(field: models.Field[Any, Any], row: Row) -> bool:
    return not field.primary_key or field.attname in row


def _copy(table: str, columns: list[_Column], rows: list[Row]) -> None:
    names = ", ".join(f'"{column.name}"' for column in columns)
    body = io.StringIO("".join(_lines(columns, rows)))
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', body)


def _lines(columns: list[_Column], rows: list[Row]) -> Iterator[str]:
    for row in rows:
        yield "\t".join([column.text(row) for column in columns]) + "\n"


class _Column:
    """How one field's values are written in COPY's text format."""

    def __init__(self, field: models.Field[Any, Any]) -> None:
        self.name = field.column
        self.key = field.attname
        self.encode = _encoder(field)
        is_stamp = getattr(field, "auto_now_add", False)
        self.default = self._written(timezone.now() if is_stamp else field.get_default())

    def text(self, row: Row) -> str:
        return self._written(row[self.key]) if self.key in row else self.default

    def _written(self, value: Any) -> str:
        return "\\N" if value is None else self.encode(value)


def _encoder(field: models.Field[Any, Any]) -> Callable[[Any], str]:
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, ArrayField):
        return _array
    if isinstance(field, models.CharField | models.TextField):
        return lambda value: value.translate(_ESCAPES)
    if isinstance(field, models.DateTimeField):
        return dt.datetime.isoformat
    if isinstance(field, models.BinaryField):
        return lambda value: "\\\\x" + bytes(value).hex()
    return str


def _json(value: Any) -> str:
    """Text is JSON already."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.translate(_ESCAPES)


def _array(values: Iterable[Any] | str) -> str:
    """Text is an array literal already."""
    if isinstance(values, str):
        return values.translate(_ESCAPES)
    quoted = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return ("{" + ",".join(f'"{value}"' for value in quoted) + "}").translate(_ESCAPES)
