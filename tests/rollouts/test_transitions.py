"""Every state × every verb that moves a tranche: allowed, or a Conflict; and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.utils import InternalError
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Organisation, User
from rollouts.models import Computation, Tranche, TrancheEvent
from rollouts.services import allocation, computing, gates, lifecycle, people
from rollouts.services.membership import replan
from rollouts.services.transitions import VERBS, available, may
from rollouts.vocabulary import TrancheState
from tests.conftest import person_with
from tests.factories import GrantFactory, SiteFactory, UserFactory, shipped_role
from tests.rollouts.factories import (
    ExitCriterionFactory,
    GateFactory,
    HoldFactory,
    ProgrammeFactory,
    ReflectionFactory,
    TrancheFactory,
    TranchePersonFactory,
    ready_place,
    ready_tranche,
)

Verb = Callable[[Tranche], Any]


def gate_of(tranche: Tranche) -> Any:
    return tranche.gates.open().first() or GateFactory(tranche=tranche)


def decide(outcome: str) -> Verb:
    def verb(tranche: Tranche) -> None:
        gate = gate_of(tranche)
        gates.decide(gate=gate, outcome=outcome, rationale="Why", seen_seal=gate.seal, by=boss(tranche))

    return verb


def boss(tranche: Tranche) -> User:
    """Somebody who may propose and decide in the tranche's organisation."""
    return person_with("it-manager", tranche.programme.organisation)


# verb → what is called, the state that it needs, the state that follows
MOVES: dict[str, tuple[Verb, str, str]] = {
    "plan": (lambda t: lifecycle.plan(tranche=t, by=None), "draft", "planned"),
    "unplan": (lambda t: lifecycle.unplan(tranche=t, by=None), "planned", "draft"),
    "propose": (
        lambda t: gates.propose(tranche=t, recommendation="go", proposal="Ready", by=boss(t)),
        "planned",
        "gate",
    ),
    "withdraw": (lambda t: gates.withdraw_proposal(gate=gate_of(t), by=None), "gate", "planned"),
    "go": (decide("go"), "gate", "deploying"),
    "conditional go": (decide("conditional_go"), "gate", "deploying"),
    "no-go": (decide("no_go"), "gate", "planned"),
    "inconclusive": (decide("inconclusive"), "gate", "planned"),
    "hold": (lambda t: lifecycle.hold(tranche=t, reason="Strike", by=None), "deploying", "held"),
    "release": (lambda t: lifecycle.release(tranche=t, reason="Over", by=None), "held", "deploying"),
    "start hypercare": (
        lambda t: lifecycle.start_hypercare(tranche=t, reason="Enough", by=None),
        "deploying",
        "hypercare",
    ),
    "end hypercare": (lambda t: lifecycle.end_hypercare(tranche=t, by=None), "hypercare", "reflecting"),
    "close": (lambda t: lifecycle.close(tranche=t, by=None), "reflecting", "closed"),
}


def tranche_in(state: str, department: Organisation) -> Tranche:
    """One that lacks nothing but the right state."""
    tranche = TrancheFactory(programme__organisation=department, state=state, hypercare_days=0)
    TranchePersonFactory(tranche=tranche, state="deferred")
    TranchePersonFactory(tranche=tranche, state="handed_over")
    ReflectionFactory(tranche=tranche)
    if state == "held":
        HoldFactory(tranche=tranche)
    return tranche


@pytest.mark.parametrize("state", TrancheState.values)
@pytest.mark.parametrize("name", MOVES)
def test_moves(department: Organisation, name: str, state: str) -> None:
    call, needed, following = MOVES[name]
    tranche = tranche_in(state, department)
    if state == needed:
        call(tranche)
        assert Tranche.objects.get(pk=tranche.pk).state == tranche.state == following
        moved = TrancheEvent.objects.filter(tranche=tranche, to_state=following).get()
        assert moved.from_state == needed
    else:
        with pytest.raises(Conflict):
            call(tranche)
        assert Tranche.objects.get(pk=tranche.pk).state == state
        assert not TrancheEvent.objects.filter(tranche=tranche).exclude(to_state="").exists()


@pytest.mark.parametrize("name", ["hold", "plan", "start hypercare", "end hypercare", "close"])
def test_the_second_of_two_gets_a_conflict(department: Organisation, name: str) -> None:
    call, needed, _ = MOVES[name]
    first = tranche_in(needed, department)
    second = Tranche.objects.get(pk=first.pk)
    call(first)
    with pytest.raises(Conflict):
        call(second)


def test_events_cannot_be_edited(department: Organisation) -> None:
    tranche = tranche_in("deploying", department)
    lifecycle.hold(tranche=tranche, reason="Strike", by=None)
    with pytest.raises(InternalError, match="Cannot update"):
        TrancheEvent.objects.update(note="Nothing happened")


def test_a_move_makes_the_neighbours_stale(department: Organisation) -> None:
    tranche = tranche_in("deploying", department)
    neighbour = TrancheFactory(programme=tranche.programme)
    lifecycle.hold(tranche=tranche, reason="Strike", by=None)
    assert Computation.objects.get(tranche=neighbour).dirty_at is not None


def test_nobody_in_it_nothing_to_plan(department: Organisation) -> None:
    tranche = TrancheFactory(programme__organisation=department, state="draft")
    with pytest.raises(Invalid, match="Nobody is in this tranche"):
        lifecycle.plan(tranche=tranche, by=None)


def test_hypercare_with_people_outstanding_needs_a_reason(department: Organisation) -> None:
    tranche = tranche_in("deploying", department)
    TranchePersonFactory(tranche=tranche)
    with pytest.raises(Invalid, match="1 person has no device yet"):
        lifecycle.start_hypercare(tranche=tranche, by=None)
    assert Tranche.objects.get(pk=tranche.pk).state == "deploying"


def test_hypercare_defers_those_who_wait_and_frees_their_devices(department: Organisation) -> None:
    tranche = ready_tranche(
        ProgrammeFactory(organisation=department), state="deploying", locked_at=timezone.now()
    )
    place = ready_place(tranche)
    lifecycle.start_hypercare(tranche=tranche, reason="On a long leave", by=None)
    place.refresh_from_db()
    assert (place.state, place.reason, place.device) == ("deferred", "On a long leave", None)


def test_hypercare_does_not_end_over_somebody_who_waits(department: Organisation) -> None:
    tranche = tranche_in("hypercare", department)
    people.reinstate(person=tranche.people.get(state="deferred"), by=None)
    with pytest.raises(Conflict, match="1 person has no device yet: defer or withdraw them"):
        lifecycle.end_hypercare(tranche=tranche, by=None)


def test_hypercare_ends_when_its_days_are_over_and_all_is_met(department: Organisation) -> None:
    tranche = TrancheFactory(programme__organisation=department, state="hypercare", hypercare_days=14)
    criterion = ExitCriterionFactory(tranche=tranche)
    with pytest.raises(Conflict, match=r"“No open incident.*” is not met. Its 14 days run until"):
        lifecycle.end_hypercare(tranche=tranche, by=None)
    lifecycle.meet_exit_criterion(criterion=criterion, by=None)
    with pytest.raises(Conflict, match="is met already"):
        lifecycle.meet_exit_criterion(criterion=criterion, by=None)
    tranche.hypercare_starts_on = timezone.localdate() - timedelta(days=14)
    tranche.save()
    lifecycle.end_hypercare(tranche=tranche, by=None)
    assert tranche.state == "reflecting"


def test_a_tranche_closes_with_its_reflection(department: Organisation, it_manager: User) -> None:
    tranche = TrancheFactory(programme__organisation=department, state="reflecting")
    with pytest.raises(Conflict, match="has no reflection yet"):
        lifecycle.close(tranche=tranche, by=it_manager)
    for lessons in ("Order early", "Order earlier"):
        lifecycle.record_reflection(
            tranche=tranche, what_happened="All well", lessons=lessons, owner=it_manager, by=it_manager
        )
    assert Tranche.objects.get(pk=tranche.pk).reflection.lessons == "Order earlier"
    lifecycle.close(tranche=tranche, by=it_manager)
    assert tranche.state == "closed"


@pytest.mark.parametrize(
    ("verb", "fields", "field"),
    [
        (lifecycle.hold, {"reason": " "}, "reason"),
        (lifecycle.record_reflection, {"what_happened": "", "lessons": "x", "owner": None}, "what_happened"),
        (lifecycle.add_exit_criterion, {"text": ""}, "text"),
    ],
)
def test_bad_input_names_its_field(
    department: Organisation, verb: Callable[..., Any], fields: dict[str, Any], field: str
) -> None:
    state = "reflecting" if verb is lifecycle.record_reflection else "deploying"
    tranche = tranche_in(state, department)
    with pytest.raises(Invalid) as refused:
        verb(tranche=tranche, by=None, **fields)
    assert refused.value.field == field


MAY = {
    "it_manager": set(VERBS),
    "technology_lead": {
        *("propose", "withdraw_proposal", "reseal", "decide"),
        *("hold", "release", "recompute"),
    },
    "coordinator": {"record_reflection", "close"},
    "engineer": {"accept"},
    "site_lead": set(),
    "auditor": set(),
    "mdm_administrator": set(),
    "stock_keeper": {"accept"},
    "staff_user": set(),
    "stranger": set(),
}


@pytest.mark.parametrize("actor", MAY)
def test_who_may_do_what(request: pytest.FixtureRequest, department: Organisation, actor: str) -> None:
    user = request.getfixturevalue(actor)
    done = {
        verb
        for state in TrancheState.values
        for verb in available(user, TrancheFactory.build(programme__organisation=department, state=state))
    }
    assert done == MAY[actor]


def test_a_role_at_one_site_may_do_to_one_person_what_it_may_not_to_the_tranche(
    department: Organisation,
) -> None:
    site = SiteFactory(organisation=department)
    user = UserFactory()
    GrantFactory(user=user, organisation=department, role=shipped_role("it-manager"), sites=[site])
    tranche = tranche_in("deploying", department)
    assert set(available(user, tranche)) == {"change_people", "accept"}


def test_a_verb_refuses_those_who_may_not(department: Organisation, auditor: User, it_manager: User) -> None:
    tranche = tranche_in("deploying", department)
    assert not may(auditor, tranche, "hold")
    with pytest.raises(Forbidden, match="do not let you"):
        lifecycle.hold(tranche=tranche, reason="Why not", by=auditor)
    lifecycle.hold(tranche=tranche, reason="Strike", by=it_manager)
    assert tranche.holds.get().placed_by == it_manager


def test_each_service_asks_the_table(department: Organisation) -> None:
    passer_by = UserFactory()
    tranche = tranche_in("planned", department)
    calls: list[Callable[[], Any]] = [
        lambda: allocation.allocate_devices(tranche=tranche, by=passer_by),
        lambda: computing.recompute(tranche=tranche, by=passer_by),
        lambda: gates.propose(tranche=tranche, recommendation="go", proposal="x", by=passer_by),
        lambda: replan(tranche=tranche, by=passer_by),
    ]
    for call in calls:
        with pytest.raises(Forbidden):
            call()
