"""What is done to one person's place in a tranche. Handing over is not among it: that follows from facts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import User
from rollouts.models import Tranche, TranchePerson
from rollouts.services.staleness import mark_dirty
from rollouts.services.transitions import require
from rollouts.vocabulary import LEFT_STATES, OUTSTANDING_STATES, PersonState

P = PersonState


def defer(*, person: TranchePerson, reason: str, by: User | None) -> None:
    """Out of this tranche for now; the allocated device goes back to stock's free ones."""
    _leave(person, P.DEFERRED, reason=reason, by=by)


def withdraw(*, person: TranchePerson, reason: str, by: User | None) -> None:
    """Out of this tranche for good; the allocated device goes back to stock's free ones."""
    _leave(person, P.WITHDRAWN, reason=reason, by=by)


def reinstate(*, person: TranchePerson, by: User | None) -> None:
    """A deferred or withdrawn person is planned again."""
    _change(
        person,
        "change_people",
        LEFT_STATES,
        by=by,
        state=P.PLANNED,
        reason="",
        handed_over_at=None,
    )


def release_allocation(*, person: TranchePerson, by: User | None) -> None:
    """Takes the allocated device back, so that it is free for others."""
    _change(person, "allocate", [P.ALLOCATED], by=by, state=P.PLANNED, device=None)


def accept(*, person: TranchePerson, by: User | None) -> None:
    """The person confirmed that what they were handed works."""
    _change(person, "accept", [P.HANDED_OVER], by=by, state=P.ACCEPTED, accepted_at=timezone.now())


def _leave(person: TranchePerson, to: PersonState, *, reason: str, by: User | None) -> None:
    if not reason.strip():
        raise Invalid(f"Say why {person.staff_member} is {to.label.lower()}.", field="reason")
    _change(person, "change_people", OUTSTANDING_STATES, by=by, state=to, reason=reason, device=None)


def _change(
    person: TranchePerson, verb: str, allowed: Collection[PersonState], *, by: User | None, **fields: Any
) -> None:
    """One conditional update; `person` is brought up to date. Conflict where somebody was first."""
    require(by, person.tranche, verb)
    with transaction.atomic():
        if not TranchePerson.objects.filter(pk=person.pk, state__in=allowed).update(**fields):
            person.refresh_from_db(fields=["state"])
            wanted = " or ".join(state.label.lower() for state in allowed)
            raise Conflict(
                f"{person.staff_member} is {person.get_state_display().lower()}; this needs {wanted}."
            )
        mark_dirty(Tranche.objects.filter(pk=person.tranche_id))
    for name, value in fields.items():
        setattr(person, name, value)
