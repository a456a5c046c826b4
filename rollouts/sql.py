"""Running the set-based statements that the ORM cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

Parameters = Mapping[str, Any]


def run(sql: str, parameters: Parameters | Sequence[Any]) -> int:
    """Executes one statement and returns how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def among(ids: Iterable[int]) -> RawSQL:
    """These ids as one parameter, for `__in`: a list would be prepared and parsed number by number."""
    return RawSQL("SELECT unnest(%s::bigint[])", [f"{{{','.join(map(str, ids))}}}"])
