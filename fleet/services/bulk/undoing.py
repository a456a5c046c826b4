"""Take a bulk change back, as far as nobody has built on it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Forbidden
from fleet.models import BulkChange, User
from fleet.services import leasing, undo
from fleet.services.bulk.doing import asking, is_small, verb_for
from fleet.services.custody_of_many import record_undone
from fleet.vocabulary import BulkStatus


def may_undo(change: BulkChange, user: User) -> bool:
    """Whoever may make such a change in the organisation."""
    permission = verb_for(change).permission
    return change.context_id is not None and user.access.may(
        permission, organisation_id=change.organisation_id
    )


def plan_undo(*, change: BulkChange, by: User) -> undo.Plan:
    """What would go back and what would stay. Raises Forbidden and Conflict."""
    _check(change, by)
    verb = verb_for(change)
    assert change.context_id is not None
    return undo.plan(
        context_id=change.context_id,
        models=[verb.model],
        organisation=change.organisation,
        scopes={verb.model: by.access.scope(verb.permission)},
    )


@transaction.atomic
def undo_change(
    *, change: BulkChange, by: User, channel: str = "page", request_id: str = ""
) -> undo.Plan | None:
    """Put back what can go back: a small change now; for a large one None, and the caller wakes a worker.

    Raises Forbidden and Conflict.
    """
    _check(change, by)
    at_rest = BulkChange.objects.filter(pk=change.pk, status__in=(BulkStatus.DONE, BulkStatus.UNDONE))
    if not at_rest.update(status=BulkStatus.UNDOING, **asking(by, channel, request_id)):
        raise Conflict("This change is being taken back already.")
    change = BulkChange.objects.select_related("organisation").get(pk=change.pk)
    return take_back(change=change, by=by) if is_small(change.changed) else None


@transaction.atomic
def take_back(
    *, change: BulkChange, by: User, report: Callable[[int, int], None] = lambda *_: None
) -> undo.Plan:
    """The undoing itself, in the request or by a worker; custody gets one more event a device.

    Raises Forbidden and Conflict.
    """
    _check(change, by)
    verb = verb_for(change)
    assert change.context_id is not None
    outcome = undo.undo(
        context_id=change.context_id,
        models=[verb.model],
        organisation=change.organisation,
        scopes={verb.model: by.access.scope(verb.permission)},
    )
    report(1, 2)
    back = outcome.plan.ids_going_back(verb.model)
    if verb.moves_custody and back:
        record_undone(device_ids=back, at=timezone.now(), note=f"Taken back: {change}"[:500], by=by)
    report(2, 2)
    if back:
        change.undone_at, change.undone_by = timezone.now(), by
        change.undone += len(back)
    told = {name: getattr(change, name) for name in ("undone_at", "undone_by", "undone")}
    leasing.finish(change, status=change.settled, **told)
    return outcome.plan


def _check(change: BulkChange, by: User) -> None:
    if change.context_id is None:
        raise Conflict("This change was not made yet, so there is nothing to take back.")
    if not may_undo(change, by):
        raise Forbidden("You may not make such changes here, nor take them back.")
