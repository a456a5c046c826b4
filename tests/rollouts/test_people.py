"""What is done to one person's place: each state by each verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import User
from rollouts.models import Computation, Tranche, TranchePerson
from rollouts.services import people
from rollouts.vocabulary import PersonState
from tests.rollouts.factories import TrancheFactory, TranchePersonFactory, ready_device

VERBS: dict[str, tuple[Callable[[TranchePerson], Any], set[str], str]] = {
    "defer": (
        lambda p: people.defer(person=p, reason="On leave", by=None),
        {"planned", "allocated"},
        "deferred",
    ),
    "withdraw": (
        lambda p: people.withdraw(person=p, reason="Left", by=None),
        {"planned", "allocated"},
        "withdrawn",
    ),
    "reinstate": (lambda p: people.reinstate(person=p, by=None), {"deferred", "withdrawn"}, "planned"),
    "release": (lambda p: people.release_allocation(person=p, by=None), {"allocated"}, "planned"),
    "accept": (lambda p: people.accept(person=p, by=None), {"handed_over"}, "accepted"),
}


def place_in(state: str, tranche: Tranche) -> TranchePerson:
    place = TranchePersonFactory(tranche=tranche, entitlement=tranche.programme.entitlements.get())
    if state == "planned":
        return place
    complete = TranchePersonFactory.build(state=state, tranche=tranche, staff_member=place.staff_member)
    place.state, place.reason = complete.state, complete.reason
    place.handed_over_at, place.accepted_at = complete.handed_over_at, complete.accepted_at
    if state in ("allocated", "handed_over", "accepted"):
        place.device = ready_device(place)
    place.save()
    return place


@pytest.mark.parametrize("state", PersonState.values)
@pytest.mark.parametrize("name", VERBS)
def test_verbs(tranche: Tranche, name: str, state: str) -> None:
    call, allowed, following = VERBS[name]
    place = place_in(state, tranche)
    if state not in allowed:
        with pytest.raises(Conflict):
            call(place)
        assert TranchePerson.objects.get(pk=place.pk).state == state
        return
    call(place)
    stored = TranchePerson.objects.get(pk=place.pk)
    assert stored.state == place.state == following
    assert (stored.device is not None) == (following == "accepted")
    assert Computation.objects.get(tranche=tranche).dirty_at is not None


def test_leaving_needs_a_reason(tranche: Tranche) -> None:
    with pytest.raises(Invalid, match="Say why") as refused:
        people.defer(person=place_in("planned", tranche), reason=" ", by=None)
    assert refused.value.field == "reason"


def test_the_second_of_two_gets_a_conflict(tranche: Tranche) -> None:
    place = place_in("planned", tranche)
    other = TranchePerson.objects.get(pk=place.pk)
    people.withdraw(person=place, reason="Left", by=None)
    with pytest.raises(Conflict, match="is withdrawn; this needs planned or allocated"):
        people.defer(person=other, reason="On leave", by=None)


def test_an_engineer_confirms_acceptance_and_defers_nobody(tranche: Tranche, engineer: User) -> None:
    place = place_in("handed_over", tranche)
    with pytest.raises(Forbidden):
        people.defer(person=place, reason="On leave", by=engineer)
    people.accept(person=place, by=engineer)
    assert place.accepted_at is not None


def test_a_closed_tranche_is_left_alone(tranche: Tranche) -> None:
    closed = TrancheFactory(programme=tranche.programme, state="closed")
    with pytest.raises(Conflict, match="is closed"):
        people.accept(person=place_in("handed_over", closed), by=None)
