"""How far a worker has come with a file, written where others can read it while the work is under way."""

from __future__ import annotations

from datetime import timedelta
from types import TracebackType

from django.conf import settings
from django.db import connection
from django.utils import timezone

from fleet.models import Import

_SAY = "UPDATE fleet_import SET done = %s, total = %s, claimed_until = %s WHERE id = %s AND claimed_by = %s"


class Progress:
    """Writes through a connection of its own, beside the work's transaction; each word renews the lease."""

    def __init__(self, found: Import) -> None:
        self.found = found
        self._own = connection.copy()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._own.close()

    def report(self, done: int, total: int) -> None:
        """So many rows of so many."""
        until = timezone.now() + timedelta(seconds=settings.IMPORT_LEASE_SECONDS)
        with self._own.cursor() as cursor:
            cursor.execute(_SAY, [done, total, until, self.found.pk, self.found.claimed_by])
