"""A claim is one conditional UPDATE, and so is its end: what was done twice is stored once.

A worker that is killed leaves a lease that runs out and nothing else.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import F
from django.utils import timezone

from fleet.errors import Conflict, FleetError
from fleet.mdm.applying import collecting_later
from fleet.models import Leased
from fleet.services.leasing.progress import Progress, lease_of

log = logging.getLogger(__name__)

M = TypeVar("M", bound=Leased)
MAX_ATTEMPTS = 3
AGAIN = (
    "Something went wrong that should not ({}). Nothing was stored. Try again, or tell your administrator."
)
FREE: dict[str, Any] = {"claimed_by": None, "claimed_until": None}
# What a row starts with on its way to a worker.
FRESH: dict[str, Any] = {"attempts": 0, "done": 0, "total": 0, "error": "", **FREE}


class TakenOver(Conflict):
    """Another worker has the row by now; nothing may be stored."""


def work(rows: Any, pk: Any, step: Callable[[M, Progress], None]) -> bool:
    """Have `step` do what the row waits for, if nobody else does or did; whether this call did it.

    What the row itself is to blame for ends it at once, anything else after three attempts.
    """
    row: M | None = _claim(rows, pk)
    if row is None:
        return False
    try:
        with Progress(row) as progress, collecting_later():
            step(row, progress)
    except Conflict as conflict:
        _put_back(row, str(conflict))
    except FleetError as error:
        _give_up(row, str(error))
    except Exception as error:
        # Its message may quote a file, which no log may hold.
        log.error("%s %s was not done: %s", row._meta.object_name, row.pk, type(error).__name__)
        _put_back(row, AGAIN.format(type(error).__name__))
    else:
        return True
    return False


def waiting(rows: Any) -> list[Any]:
    """The keys of what nobody works on, oldest first."""
    return list(rows.claimable(timezone.now()).order_by("made_at").values_list("pk", flat=True))


def finish(row: Leased, **changes: Any) -> None:
    """End the work in the transaction that did it. Raises TakenOver where another worker has the row."""
    if not _ours(row).update(**{**FREE, "error": "", **changes}):
        raise TakenOver("Another worker has taken this over.")


def _claim(rows: Any, pk: Any) -> Any:
    now = timezone.now()
    lease = {"claimed_by": uuid.uuid4(), "claimed_until": now + lease_of(rows.model)}
    if not rows.model.objects.claimable(now).filter(pk=pk).update(attempts=F("attempts") + 1, **lease):
        return None
    row = rows.get(pk=pk)
    if row.claimed_by != lease["claimed_by"]:
        return None
    if row.attempts > MAX_ATTEMPTS:
        _give_up(row, row.error or AGAIN.format("each worker that took it ended"))
        return None
    return row


def _ours(row: Leased) -> Any:
    """The row, while it is under the lease that this worker took."""
    manager: Any = type(row)._default_manager
    return manager.filter(pk=row.pk, claimed_by=row.claimed_by)


def _put_back(row: Leased, reason: str) -> None:
    """For another attempt, or given up when there were enough."""
    if row.attempts >= MAX_ATTEMPTS:
        _give_up(row, reason)
    else:
        _ours(row).update(**FREE, error=reason[:500])


def _give_up(row: Leased, reason: str) -> None:
    _ours(row).update(**FREE, **row.given_up(), error=reason[:500] or "It failed.")
