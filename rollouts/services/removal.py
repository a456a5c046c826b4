"""Taking back what was planned by mistake, as long as nothing has come of it."""

from __future__ import annotations

import pgtrigger
from django.db import transaction

from fleet.errors import Conflict, Forbidden
from fleet.models import User
from rollouts.models import Programme, Tranche
from rollouts.services.staleness import organisation_changed
from rollouts.services.transitions import require
from rollouts.vocabulary import DONE_STATES, TrancheState

# A draft's events go with it; that it was there, and who deleted it, stays in the change log.
_EVENTS_ARE_KEPT = "rollouts.TrancheEvent:append_only"


def delete_tranche(*, tranche: Tranche, by: User | None) -> None:
    """Deletes a draft; devices allocated to its people are free again.

    Raises Forbidden, and Conflict where it is no draft, has a gate on record or somebody has their device.
    """
    require(by, tranche, "delete")
    with transaction.atomic():
        locked = Tranche.objects.select_for_update(of=("self",)).select_related("programme")
        current = locked.filter(pk=tranche.pk).first()
        if current is None:
            raise Conflict(f"{tranche} was deleted a moment ago.")
        require(by, current, "delete")
        _delete(current)
        organisation_changed(tranche.programme.organisation_id)


def delete_programme(*, programme: Programme, by: User | None) -> None:
    """Deletes a programme with its drafts. Raises Forbidden, and Conflict where a tranche is past draft."""
    organisation_id = programme.organisation_id
    if by is not None and organisation_id not in by.access.whole_organisation_ids("rollouts.plan"):
        raise Forbidden(f"Your roles do not let you delete {programme}.")
    with transaction.atomic():
        tranches = list(programme.tranches.select_for_update())
        for tranche in tranches:
            if tranche.state != TrancheState.DRAFT:
                raise Conflict(f"{tranche} is {tranche.get_state_display().lower()}, so the programme stays.")
            _delete(tranche)
        programme.delete()
        organisation_changed(organisation_id)


def _delete(tranche: Tranche) -> None:
    if tranche.gates.exists():
        raise Conflict(f"{tranche} has a gate on record, so it stays. Take its criteria out to empty it.")
    if done := tranche.people.filter(state__in=DONE_STATES).count():
        raise Conflict(f"{done:,} of {tranche} were handed their device, so it stays.")
    with pgtrigger.ignore(_EVENTS_ARE_KEPT):
        tranche.delete()
