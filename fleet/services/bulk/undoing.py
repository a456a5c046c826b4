"""Take a bulk change back, as far as nobody has built on it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Forbidden
from fleet.models import BulkChange, User
from fleet.services import undo
from fleet.services.bulk.doing import verb_for
from fleet.services.custody_of_many import record_undone


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
def undo_change(*, change: BulkChange, by: User) -> undo.Plan:
    """Put back what can go back; custody gets one more event a device. Raises Forbidden and Conflict."""
    change = BulkChange.objects.select_for_update().select_related("organisation").get(pk=change.pk)
    _check(change, by)
    verb = verb_for(change)
    assert change.context_id is not None
    outcome = undo.undo(
        context_id=change.context_id,
        models=[verb.model],
        organisation=change.organisation,
        scopes={verb.model: by.access.scope(verb.permission)},
    )
    back = outcome.plan.ids_going_back(verb.model)
    if verb.moves_custody and back:
        record_undone(device_ids=back, at=timezone.now(), note=f"Taken back: {change}"[:500], by=by)
    if back:
        change.undone_at, change.undone_by = timezone.now(), by
        change.undone += len(back)
        change.save(update_fields=["undone_at", "undone_by", "undone"])
    return outcome.plan


def _check(change: BulkChange, by: User) -> None:
    if change.context_id is None:
        raise Conflict("This change was not made yet, so there is nothing to take back.")
    if not may_undo(change, by):
        raise Forbidden("You may not make such changes here, nor take them back.")
