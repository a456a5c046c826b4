"""What workers do with bulk changes: make or take back a large one, in the name of whoever asked."""

from __future__ import annotations

from collections.abc import Callable

from fleet.errors import Conflict, Forbidden
from fleet.history import acting
from fleet.models import BulkChange, User
from fleet.services import leasing
from fleet.services.bulk.doing import Moved, do
from fleet.services.bulk.undoing import take_back
from fleet.services.leasing import Progress, TakenOver, finish
from fleet.vocabulary import BulkStatus


def work(change_id: int) -> bool:
    """Do what the change waits for, if nobody else does or did; whether this call did it."""
    return leasing.work(BulkChange.objects.select_related("organisation", "asked_by"), change_id, _step)


def waiting() -> list[int]:
    """What nobody works on, oldest first."""
    return leasing.waiting(BulkChange.objects)


def _step(change: BulkChange, progress: Progress) -> None:
    by = change.asked_by
    if by is None or not by.is_active:
        raise Forbidden("The account that asked for it is closed, so it was not done.")
    channel, request_id = change.asked_channel, change.asked_request_id
    with acting(channel=channel, actor_id=by.pk, request_id=request_id):
        STEPS[BulkStatus(change.status)](change, by, progress)


def _make(change: BulkChange, by: User, progress: Progress) -> None:
    """Where something moved its maker is asked again."""
    try:
        do(change=change, by=by, report=progress.report)
    except Moved as moved:
        finish(change, status=BulkStatus.WAITING, error=str(moved)[:500])


def _undo(change: BulkChange, by: User, progress: Progress) -> None:
    """What cannot be taken back at all stays made, and says why."""
    try:
        take_back(change=change, by=by, report=progress.report)
    except TakenOver:
        raise
    except Conflict as conflict:
        finish(change, status=change.settled, error=str(conflict)[:500])


STEPS: dict[BulkStatus, Callable[[BulkChange, User, Progress], None]] = {
    BulkStatus.DOING: _make,
    BulkStatus.UNDOING: _undo,
}
