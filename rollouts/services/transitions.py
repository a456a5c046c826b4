"""Which verb a tranche takes in which state, and who may use it: one table for pages, API and services."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fleet.access import Access
from fleet.errors import Conflict, Forbidden
from fleet.models import User
from rollouts.models import Tranche, TrancheEvent
from rollouts.services.staleness import organisation_changed
from rollouts.vocabulary import ACTIVE_STATES, ASSESSED_STATES, DYNAMIC_STATES, TrancheState

S = TrancheState


@dataclass(frozen=True, slots=True)
class Verb:
    """Something done to a tranche: from which states, and with any one of which permissions.

    A tranche spans sites, so that the permission must be held in the whole organisation; of what is done to
    one person (`is_of_one_person`) it is enough to hold it where one sees them.
    """

    label: str
    states: Collection[TrancheState]
    permissions: tuple[str, ...]
    is_of_one_person: bool = False

    def is_permitted(self, access: Access, organisation_id: int) -> bool:
        held = Access.organisation_ids if self.is_of_one_person else Access.whole_organisation_ids
        return any(organisation_id in held(access, permission) for permission in self.permissions)


VERBS: dict[str, Verb] = {
    "edit": Verb("Edit", DYNAMIC_STATES, ("rollouts.plan",)),
    "plan": Verb("Mark as planned", [S.DRAFT], ("rollouts.plan",)),
    "unplan": Verb("Put back to draft", [S.PLANNED], ("rollouts.plan",)),
    "delete": Verb("Delete", [S.DRAFT], ("rollouts.plan",)),
    "propose": Verb("Propose a gate", [S.PLANNED], ("rollouts.propose",)),
    "withdraw_proposal": Verb("Withdraw the proposal", [S.GATE], ("rollouts.propose",)),
    "reseal": Verb("Refresh the evidence", [S.GATE], ("rollouts.propose", "rollouts.decide")),
    "decide": Verb("Decide", [S.GATE], ("rollouts.decide",)),
    "hold": Verb("Hold", [S.DEPLOYING], ("rollouts.hold",)),
    "release": Verb("Release the hold", [S.HELD], ("rollouts.hold",)),
    "start_hypercare": Verb("Start hypercare", [S.DEPLOYING], ("rollouts.plan",)),
    "end_hypercare": Verb("End hypercare", [S.HYPERCARE], ("rollouts.plan",)),
    "set_exit_criteria": Verb("Change exit criteria", [*ASSESSED_STATES], ("rollouts.plan",)),
    "record_reflection": Verb("Record the reflection", [S.REFLECTING], ("rollouts.reflect",)),
    "close": Verb("Close", [S.REFLECTING], ("rollouts.reflect",)),
    "allocate": Verb("Allocate devices", ACTIVE_STATES, ("rollouts.plan",)),
    "change_people": Verb(
        "Defer, withdraw or reinstate people", ASSESSED_STATES, ("rollouts.plan",), is_of_one_person=True
    ),
    "accept": Verb(
        "Confirm acceptance",
        [*ACTIVE_STATES, S.HYPERCARE, S.REFLECTING],
        ("rollouts.plan", "custody.record"),
        is_of_one_person=True,
    ),
    "waive": Verb("Waive a blocker", ASSESSED_STATES, ("rollouts.waive",)),
    "recompute": Verb("Recompute readiness", ASSESSED_STATES, ("rollouts.plan", "rollouts.propose")),
}


def is_permitted(user: User, tranche: Tranche, verb: str) -> bool:
    """Whether this person's roles in the tranche's organisation allow the verb, whatever the state."""
    return VERBS[verb].is_permitted(user.access, tranche.programme.organisation_id)


def may(user: User, tranche: Tranche, verb: str) -> bool:
    """Whether this person can do this to the tranche now."""
    return tranche.state in VERBS[verb].states and is_permitted(user, tranche, verb)


def available(user: User, tranche: Tranche) -> list[str]:
    """The verbs that this person can use on the tranche now, in the table's order."""
    return [verb for verb in VERBS if may(user, tranche, verb)]


def require(by: User | None, tranche: Tranche, verb: str) -> None:
    """Raises Forbidden where `by` lacks the permission, Conflict where the state does not allow the verb.

    `by` is None for workers and commands, which need no permission.
    """
    if by is not None and not is_permitted(by, tranche, verb):
        raise Forbidden(f"Your roles do not let you do this to {tranche}: {VERBS[verb].label.lower()}.")
    if tranche.state not in VERBS[verb].states:
        raise refused(tranche, verb)


def refused(tranche: Tranche, verb: str) -> Conflict:
    """The Conflict that says in which state the tranche is, and in which it takes the verb."""
    wanted = " or ".join(TrancheState(state).label.lower() for state in VERBS[verb].states)
    now = tranche.get_state_display().lower()
    return Conflict(f"“{VERBS[verb].label}” needs a tranche that is {wanted}; {tranche} is {now}.")


def note(tranche: Tranche, verb: str, *, by: User | None, text: str = "") -> None:
    """Writes an event that moves nothing."""
    TrancheEvent.objects.create(tranche=tranche, verb=verb, note=text[:1000], actor=by)


def move(
    tranche: Tranche, verb: str, to: TrancheState, *, by: User | None, text: str = "", **fields: Any
) -> None:
    """Moves the tranche to `to` and writes the event, in one transaction; `tranche` is brought up to date.

    Raises Forbidden without the permission, and Conflict where the row is in no state that allows it.
    """
    require(by, tranche, verb)
    before = tranche.state
    with transaction.atomic():
        if not Tranche.objects.filter(pk=tranche.pk, state=before).update(state=to, **fields):
            tranche.refresh_from_db(fields=["state"])
            raise refused(tranche, verb)
        TrancheEvent.objects.create(
            tranche=tranche, verb=verb, from_state=before, to_state=to, note=text[:1000], actor=by
        )
        organisation_changed(tranche.programme.organisation_id)
    for name, value in {"state": to, **fields}.items():
        setattr(tranche, name, value)
