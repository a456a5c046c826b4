"""How far a worker has come, written where others can read it while the work is under way."""

from __future__ import annotations

from datetime import timedelta
from types import TracebackType

from django.conf import settings
from django.db import connection
from django.utils import timezone

from fleet.models import Leased

_SAY = "UPDATE {table} SET done = %s, total = %s, claimed_until = %s WHERE id = %s AND claimed_by = %s"


def lease_of(row: Leased | type[Leased]) -> timedelta:
    """For how long a worker may go without a word before another takes over."""
    return timedelta(seconds=getattr(settings, row.LEASE_SETTING))


class Progress:
    """Writes through a connection of its own, beside the work's transaction; each word renews the lease."""

    def __init__(self, row: Leased) -> None:
        self.row = row
        self._own = connection.copy()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._own.close()

    def report(self, done: int, total: int) -> None:
        """So many of so many."""
        sql, until = _SAY.format(table=self.row._meta.db_table), timezone.now() + lease_of(self.row)
        with self._own.cursor() as cursor:
            cursor.execute(sql, [done, total, until, self.row.pk, self.row.claimed_by])
