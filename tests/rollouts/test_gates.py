"""The gate: two people, sealed evidence, and a waiver for each blocking failure."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db.utils import InternalError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import User
from rollouts.checks import CHECKS
from rollouts.models import Gate, Tranche, TranchePerson
from rollouts.services.evidence import blocking_failures, differs, seal
from rollouts.services.gates import decide, is_outdated, propose, reseal, withdraw_proposal
from rollouts.services.waivers import grant_waiver
from tests.rollouts.factories import TrancheFactory, device_facts, ready_place


@pytest.fixture
def place(tranche: Tranche) -> TranchePerson:
    return ready_place(tranche)


@pytest.fixture
def gate(place: TranchePerson, technology_lead: User) -> Gate:
    """Of a tranche in which everybody is ready."""
    return propose(tranche=place.tranche, recommendation="go", proposal="All are ready.", by=technology_lead)


@pytest.fixture
def blocked_gate(place: TranchePerson, technology_lead: User) -> Gate:
    """Of a tranche in which somebody's device is not encrypted."""
    device_facts(place, encrypted=False)
    return propose(
        tranche=place.tranche, recommendation="conditional_go", proposal="One to mend.", by=technology_lead
    )


def decision(gate: Gate, by: User, **changes: Any) -> None:
    said = {"outcome": "go", "rationale": "All are ready.", "seen_seal": gate.seal, **changes}
    decide(gate=gate, by=by, **said)


def waive(gate: Gate, by: User, **fields: Any) -> None:
    expires_on = timezone.localdate() + timedelta(days=9)
    grant_waiver(
        tranche=gate.tranche,
        check_key="encrypted",
        owner=by,
        reason="Known",
        expires_on=expires_on,
        by=by,
        **fields,
    )


def test_a_proposal_locks_and_seals(gate: Gate, technology_lead: User) -> None:
    tranche = Tranche.objects.get(pk=gate.tranche_id)
    assert tranche.state == "gate"
    assert tranche.locked_at is not None
    stored = Gate.objects.get(pk=gate.pk)
    assert stored.seal == seal(stored.evidence)
    assert stored.evidence["people"]["ready"] == 1
    assert len(stored.evidence["checks"]) == len(CHECKS)
    assert stored.proposed_by == technology_lead


def test_evidence_names_whom_it_blocks_and_why(blocked_gate: Gate, place: TranchePerson) -> None:
    [blocked] = blocked_gate.evidence["blocked"]
    assert blocked["staff_number"] == place.staff_member.staff_number
    assert blocked["checks"] == ["encrypted"]
    assert blocked["reasons"] == [f"{place.device} is not encrypted"]
    assert place.staff_member.name not in json.dumps(blocked_gate.evidence)


def test_a_go(gate: Gate, it_manager: User) -> None:
    decision(gate, it_manager)
    assert gate.tranche.state == "deploying"
    assert (gate.status, gate.outcome, gate.decided_by) == ("decided", "go", it_manager)


@pytest.mark.parametrize("outcome", ["no_go", "inconclusive"])
def test_another_outcome_lets_people_follow_again(gate: Gate, it_manager: User, outcome: str) -> None:
    decision(gate, it_manager, outcome=outcome)
    tranche = Tranche.objects.get(pk=gate.tranche_id)
    assert (tranche.state, tranche.locked_at) == ("planned", None)


def test_the_proposer_does_not_decide(gate: Gate, technology_lead: User) -> None:
    with pytest.raises(Forbidden, match="You proposed this gate"):
        decision(gate, technology_lead)


def test_a_go_with_blocking_failures_is_refused(blocked_gate: Gate, it_manager: User) -> None:
    for outcome in ("go", "conditional_go"):
        with pytest.raises(Conflict, match="“Device is encrypted” fails for 1 person"):
            decision(blocked_gate, it_manager, outcome=outcome)
    assert blocked_gate.tranche.state == "gate"


def test_a_no_go_needs_no_waiver(blocked_gate: Gate, it_manager: User) -> None:
    decision(blocked_gate, it_manager, outcome="no_go")
    assert Gate.objects.get(pk=blocked_gate.pk).outcome == "no_go"


def test_waived_and_sealed_anew_it_can_go(blocked_gate: Gate, place: TranchePerson, it_manager: User) -> None:
    waive(blocked_gate, it_manager, person=place)
    with pytest.raises(Conflict, match="fails for 1 person"):
        decision(blocked_gate, it_manager)
    before = blocked_gate.seal
    reseal(gate=blocked_gate, by=it_manager)
    assert blocked_gate.seal != before
    with pytest.raises(Conflict, match="sealed anew since you opened"):
        decision(blocked_gate, it_manager, seen_seal=before)
    decision(blocked_gate, it_manager, outcome="conditional_go", rationale="Encrypt within a week.")
    sealed = Gate.objects.get(pk=blocked_gate.pk).evidence
    assert [waiver["reason"] for waiver in sealed["waivers"]] == ["Known"]


def test_a_plain_go_needs_everything_known(
    place: TranchePerson, technology_lead: User, it_manager: User
) -> None:
    device_facts(place, encrypted=None)
    gate = propose(tranche=place.tranche, recommendation="go", proposal="Go", by=technology_lead)
    with pytest.raises(Conflict, match="“Device is encrypted” is not known for 1 person"):
        decision(gate, it_manager)
    decision(gate, it_manager, outcome="conditional_go", rationale="Ann finds it out.")
    assert gate.tranche.state == "deploying"


def test_evidence_says_who_granted_a_waiver_and_how_many_go_by_one(
    place: TranchePerson, technology_lead: User, it_manager: User
) -> None:
    device_facts(place, encrypted=False)
    grant_waiver(
        tranche=place.tranche,
        check_key="encrypted",
        person=place,
        owner=technology_lead,
        reason="Known",
        expires_on=timezone.localdate() + timedelta(days=365),
        by=it_manager,
    )
    gate = propose(tranche=place.tranche, recommendation="go", proposal="Go", by=technology_lead)
    [waiver] = gate.evidence["waivers"]
    assert waiver["granted_by"] == {"id": it_manager.pk, "name": str(it_manager)}
    assert gate.evidence["ready_by_waiver"] == 1


def test_a_waiver_that_ran_out_since_is_noticed(
    blocked_gate: Gate, place: TranchePerson, it_manager: User
) -> None:
    waive(blocked_gate, it_manager, person=place)
    reseal(gate=blocked_gate, by=it_manager)
    place.waivers.update(expires_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Conflict, match="Waivers have changed"):
        decision(blocked_gate, it_manager)


def test_facts_that_turned_bad_since_stop_a_go(gate: Gate, place: TranchePerson, it_manager: User) -> None:
    assert not is_outdated(gate)
    device_facts(place, encrypted=False)
    other = Gate.objects.get(pk=gate.pk)
    reseal(gate=other, by=it_manager)
    Gate.objects.filter(pk=gate.pk).update(evidence=gate.evidence, seal=gate.seal)
    assert is_outdated(gate)
    with pytest.raises(Conflict, match="People are blocked who were not"):
        decision(gate, it_manager)


def test_only_one_of_two_decides(gate: Gate, it_manager: User) -> None:
    other = Gate.objects.select_related("tranche__programme").get(pk=gate.pk)
    decision(gate, it_manager)
    with pytest.raises(Conflict):
        decision(other, it_manager, outcome="no_go")
    assert Gate.objects.get(pk=gate.pk).outcome == "go"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"outcome": "maybe"}, "outcome"), ({"rationale": " "}, "rationale")],
)
def test_bad_input_names_its_field(gate: Gate, it_manager: User, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        decision(gate, it_manager, **changes)
    assert refused.value.field == field


def test_a_proposal_says_why(place: TranchePerson, it_manager: User) -> None:
    with pytest.raises(Invalid) as refused:
        propose(tranche=place.tranche, recommendation="go", proposal="", by=it_manager)
    assert refused.value.field == "proposal"


def test_the_database_refuses_to_edit_a_decided_gate(gate: Gate, it_manager: User) -> None:
    decision(gate, it_manager)
    with pytest.raises(InternalError, match="Cannot update"):
        Gate.objects.filter(pk=gate.pk).update(rationale="I never said so")


def test_the_database_refuses_to_delete_a_decided_gate(gate: Gate, it_manager: User) -> None:
    decision(gate, it_manager)
    with pytest.raises(InternalError, match="Cannot update or delete"):
        Gate.objects.filter(pk=gate.pk).delete()


def test_a_withdrawn_proposal_is_kept(gate: Gate, technology_lead: User) -> None:
    withdraw_proposal(gate=gate, by=technology_lead)
    assert gate.status == "withdrawn"
    assert gate.tranche.state == "planned"
    with pytest.raises(Conflict):
        reseal(gate=gate, by=technology_lead)


def test_the_previous_tranche_is_part_of_the_evidence(
    place: TranchePerson, technology_lead: User, it_manager: User
) -> None:
    TrancheFactory(programme=place.tranche.programme, number=0, state="deploying")
    gate = propose(tranche=place.tranche, recommendation="go", proposal="Go", by=technology_lead)
    with pytest.raises(Conflict, match="“Previous tranche's reflection is recorded” fails for 1 tranche"):
        decision(gate, it_manager)


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(documents)
def test_a_seal_outlives_storage(document: Any) -> None:
    stored = json.loads(json.dumps({"document": document, "assessed_at": None}))
    assert seal(stored) == seal({"assessed_at": None, "document": document})
    assert not differs(stored, {"assessed_at": "later", "document": document})


def test_only_blocking_checks_stand_in_the_way() -> None:
    checks = [
        {"title": "A", "severity": "advisory", "failed": 9, "scope": "person"},
        {"title": "B", "severity": "blocking", "failed": 0, "scope": "person"},
        {"title": "C", "severity": "blocking", "failed": 1200, "scope": "person"},
    ]
    assert blocking_failures({"checks": checks}) == ["“C” fails for 1,200 people"]
