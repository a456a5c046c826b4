"""Running the set-based statements that the ORM cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from fleet.sql import among

__all__ = ["Parameters", "among", "run"]

Parameters = Mapping[str, Any]


def run(sql: str, parameters: Parameters | Sequence[Any]) -> int:
    """Executes one statement and returns how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
