"""Handed over follows from facts, and from nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fleet.models import Heartbeat
from rollouts.models import Tranche, TranchePerson
from rollouts.services.handover import follow_facts
from tests.factories import StaffMemberFactory
from tests.rollouts.factories import device_facts, ready_place

NOW = timezone.now()
ISSUED_AT = NOW - timedelta(days=2)


@pytest.fixture
def place(tranche: Tranche) -> TranchePerson:
    """Their allocated device was issued to them two days ago and seen an hour ago."""
    place = ready_place(tranche)
    device_facts(
        place,
        life_cycle="issued",
        holder=place.staff_member,
        issued_at=ISSUED_AT,
        enrolled_at=NOW - timedelta(days=9),
    )
    return place


def after(place: TranchePerson) -> TranchePerson:
    follow_facts(device_ids=[place.device_id or 0])
    place.refresh_from_db()
    return place


def test_enrolled_held_and_seen_after_issue(place: TranchePerson) -> None:
    assert after(place).state == "handed_over"
    assert place.handed_over_at == ISSUED_AT


def test_a_later_enrolment_is_the_moment(place: TranchePerson) -> None:
    enrolled_at = NOW - timedelta(days=1)
    device_facts(place, enrolled_at=enrolled_at)
    assert after(place).handed_over_at == enrolled_at


@pytest.mark.parametrize(
    "facts",
    [
        {"enrolment": "unenrolled"},
        {"life_cycle": "in_stock"},
        {"life_cycle": "lost"},
        {"issued_at": None},
        {"issued_at": NOW},
    ],
)
def test_one_fact_missing(place: TranchePerson, facts: dict[str, object]) -> None:
    device_facts(place, **facts)
    assert after(place).state == "allocated"


def test_held_by_another(place: TranchePerson) -> None:
    other = StaffMemberFactory(organisation=place.staff_member.organisation)
    device_facts(place, holder=other)
    assert after(place).state == "allocated"


def test_never_seen(place: TranchePerson) -> None:
    Heartbeat.objects.filter(device=place.device_id).delete()
    assert after(place).state == "allocated"


def test_it_stays_when_the_device_comes_back(place: TranchePerson) -> None:
    after(place)
    device_facts(place, life_cycle="in_stock", holder=None)
    assert after(place).state == "handed_over"


def test_only_those_asked_for(place: TranchePerson) -> None:
    assert follow_facts(device_ids=[]) == 0
    assert follow_facts(tranche_ids=[place.tranche_id + 1]) == 0
    assert follow_facts(tranche_ids=[place.tranche_id]) == 1
