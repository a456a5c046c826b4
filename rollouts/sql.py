"""Running the set-based statements that the ORM cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

Parameters = Mapping[str, Any]


def run(sql: str, parameters: Parameters | Sequence[Any]) -> int:
    """Executes one statement and returns how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
