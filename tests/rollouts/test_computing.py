"""Which tranches become dirty, who computes them, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.utils import timezone
from kombu.exceptions import OperationalError

from fleet.errors import Conflict, Forbidden
from fleet.models import Device, Organisation, User
from fleet.signals import facts_changed
from rollouts.models import Computation, Tranche, TranchePerson
from rollouts.receivers import on_readiness_went_stale
from rollouts.services import computing
from rollouts.services.staleness import mark_dirty, rules_changed, touched_by
from rollouts.tasks import compute_tranche, keep_house, sweep_tranches
from rollouts.vocabulary import ASSESSED_STATES, TrancheState
from tests.factories import DeviceFactory, StaffMemberFactory
from tests.rollouts.factories import TrancheFactory, TranchePersonFactory, device_facts, ready_place

NOTHING: frozenset[int] = frozenset()


def touched(organisation: Organisation, **ids: Any) -> set[int]:
    facts = {"device_ids": NOTHING, "staff_ids": NOTHING, "site_ids": NOTHING, **ids}
    return set(touched_by(organisation_id=organisation.pk, **facts).values_list("pk", flat=True))


@pytest.fixture
def place(tranche: Tranche) -> TranchePerson:
    return ready_place(tranche)


@pytest.fixture
def dirty(place: TranchePerson) -> Tranche:
    mark_dirty(Tranche.objects.filter(pk=place.tranche_id))
    return place.tranche


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The tranches for which a worker was woken: Celery's own switch keeps messages from the broker."""
    ids: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda _name, args, **_: ids.append(args[0]))
    return ids


class TestTouched:
    def test_by_device_person_and_site(self, department: Organisation, place: TranchePerson) -> None:
        TrancheFactory(programme=place.tranche.programme, state="deploying")
        mine = {place.tranche_id}
        assert touched(department, device_ids={place.device_id}) == mine
        assert touched(department, staff_ids={place.staff_member_id}) == mine
        assert touched(department, site_ids={place.staff_member.site_id}) == mine
        assert touched(department) == set()

    def test_by_anything(self, department: Organisation, council: Organisation, tranche: Tranche) -> None:
        TrancheFactory(programme__organisation=council)
        assert touched(department, device_ids=None) == {tranche.pk}

    def test_a_new_person_may_match_a_dynamic_tranche(
        self, department: Organisation, tranche: Tranche
    ) -> None:
        TrancheFactory(programme=tranche.programme, state="gate")
        assert touched(department, staff_ids={StaffMemberFactory().pk}) == {tranche.pk}

    def test_free_stock_touches_those_who_hand_it_out(
        self, department: Organisation, tranche: Tranche
    ) -> None:
        model = tranche.programme.entitlements.get().device_model
        other = DeviceFactory(organisation=department)
        wanted = DeviceFactory(organisation=department, model=model)
        assert touched(department, device_ids={other.pk}) == set()
        assert touched(department, device_ids={wanted.pk}) == {tranche.pk}

    def test_a_device_of_somebody_who_left_touches_nothing(
        self, department: Organisation, place: TranchePerson
    ) -> None:
        StaffMemberFactory(organisation=department)
        TranchePerson.objects.update(state="withdrawn", reason="Left")
        Device.objects.update(model=None)
        assert touched(department, device_ids={place.device_id}) == set()


@pytest.mark.parametrize("state", TrancheState.values)
def test_only_assessed_tranches_become_dirty(department: Organisation, state: str) -> None:
    tranche = TrancheFactory(programme__organisation=department, state=state)
    marked = rules_changed(programme=tranche.programme)
    assert marked == ([tranche.pk] if state in ASSESSED_STATES else [])


def test_a_change_of_facts_is_followed_marked_and_sent_once(
    place: TranchePerson, sent: list[int], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    device_facts(
        place, life_cycle="issued", holder=place.staff_member, issued_at=timezone.now() - timedelta(days=1)
    )
    facts = {"device_ids": {place.device_id}, "staff_ids": set(), "site_ids": set()}
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            facts_changed.send(sender=None, organisation_id=place.tranche.programme.organisation_id, **facts)
    place.refresh_from_db()
    assert place.state == "handed_over"
    assert sent == [place.tranche_id]


def test_a_run_clears_the_mark_and_a_second_does_nothing(dirty: Tranche) -> None:
    assert computing.compute(tranche_id=dirty.pk) is False
    computation = Computation.objects.get(tranche=dirty)
    assert computation.dirty_at is None
    assert computation.claimed_until is None
    assert computation.steps_done == computation.steps_total
    assert computation.assessment is not None
    first = computation.computed_at
    compute_tranche(dirty.pk)
    computation.refresh_from_db()
    assert computation.computed_at == first


def test_a_mark_that_comes_during_a_run_is_kept(dirty: Tranche, monkeypatch: pytest.MonkeyPatch) -> None:
    marks: list[int] = []

    def refresh_and_mark(*, tranche: Tranche) -> None:
        marks.extend(mark_dirty(Tranche.objects.filter(pk=tranche.pk)))

    monkeypatch.setattr(computing, "refresh_membership", refresh_and_mark)
    assert computing.compute(tranche_id=dirty.pk) is True
    assert marks == [dirty.pk]
    assert Computation.objects.get(tranche=dirty).dirty_at is not None


def test_a_task_comes_back_where_the_tranche_is_dirty_again(
    dirty: Tranche, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        computing, "refresh_membership", lambda *, tranche: mark_dirty(Tranche.objects.filter(pk=tranche.pk))
    )
    compute_tranche(dirty.pk)
    assert sent == [dirty.pk]


def test_while_one_holds_the_lease_another_leaves_it(dirty: Tranche) -> None:
    Computation.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert computing.compute(tranche_id=dirty.pk) is False
    assert Computation.objects.get(tranche=dirty).assessment is None
    assert computing.waiting(timezone.now()) == []


def test_the_lease_of_a_worker_that_died_runs_out(dirty: Tranche, sent: list[int]) -> None:
    Computation.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    sweep_tranches()
    assert sent == [dirty.pk]
    computing.compute(tranche_id=dirty.pk)
    assert Computation.objects.get(tranche=dirty).dirty_at is None


def test_what_went_wrong_is_kept_and_waits_for_a_change(
    dirty: Tranche, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("The disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(computing, "assess", fail)
        with pytest.raises(RuntimeError):
            computing.compute(tranche_id=dirty.pk)
    computation = Computation.objects.get(tranche=dirty)
    assert (computation.error, computation.claimed_until) == ("The disk is full", None)
    assert computing.waiting(timezone.now()) == []
    computing.recompute(tranche=dirty, by=None)
    assert computing.waiting(timezone.now()) == [dirty.pk]


def test_asking_fresh_readiness_while_a_worker_is_at_it(dirty: Tranche) -> None:
    Computation.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    with pytest.raises(Conflict, match="Try again in a few seconds"):
        computing.ensure_fresh(dirty)


def test_a_new_day_makes_readiness_stale(dirty: Tranche, sent: list[int]) -> None:
    computing.compute(tranche_id=dirty.pk)
    sweep_tranches()
    assert sent == []
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        sweep_tranches()
        sweep_tranches()
    assert sent == [dirty.pk, dirty.pk]


def test_a_tranche_that_was_never_assessed_is_found_by_the_sweep(tranche: Tranche, sent: list[int]) -> None:
    sweep_tranches()
    assert sent == [tranche.pk]


def test_a_broker_that_is_down_is_said_once_and_loses_nothing(
    dirty: Tranche, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise OperationalError("Connection refused")

    monkeypatch.setattr(current_app, "send_task", unreachable)
    on_readiness_went_stale(tranche_ids=[dirty.pk, dirty.pk + 1])
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert computing.waiting(timezone.now()) == [dirty.pk]


def test_a_draft_follows_its_criteria_when_computed(tranche: Tranche) -> None:
    StaffMemberFactory(organisation=tranche.programme.organisation, job_role="Diver")
    Tranche.objects.filter(pk=tranche.pk).update(job_roles=["Diver"])
    computing.recompute(tranche=tranche, by=None)
    computing.compute(tranche_id=tranche.pk)
    assert tranche.people.count() == 1


def test_who_plans_or_proposes_may_ask_and_who_only_reads_may_not(
    tranche: Tranche, technology_lead: User, auditor: User
) -> None:
    with pytest.raises(Forbidden):
        computing.recompute(tranche=tranche, by=auditor)
    computing.recompute(tranche=tranche, by=technology_lead)
    assert Computation.objects.get(tranche=tranche).is_pending


def test_keeping_house_twice_is_keeping_it_once(tranche: Tranche) -> None:
    for days_ago in (1, 5, 9, 20):
        TranchePersonFactory(
            tranche=tranche, state="handed_over", handed_over_at=timezone.now() - timedelta(days=days_ago)
        )
    keep_house()
    keep_house()
    assert tranche.programme.forecasts.count() == 1
