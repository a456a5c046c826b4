from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import CustodyEvent, Device, Organisation, User
from fleet.services.custody import STEPS, issue_devices, record_custody
from fleet.signals import facts_changed
from fleet.vocabulary import CustodyKind, LifeCycle
from tests.factories import DeviceFactory, SiteFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(department: Organisation) -> Any:
    return StaffMemberFactory(organisation=department)


def _record(device: Device, kind: CustodyKind, by: User, **more: Any) -> CustodyEvent:
    return record_custody(device=device, kind=kind, at=more.pop("at", timezone.now()), by=by, **more)


def test_issuing_gives_the_device_to_its_holder_at_their_site(holder: Any, engineer: User) -> None:
    device = DeviceFactory()
    event = _record(device, CustodyKind.ISSUED, engineer, holder=holder)
    assert (device.life_cycle, device.holder, device.site) == (LifeCycle.ISSUED, holder, holder.site)
    assert device.issued_at == event.at
    assert event.recorded_by == engineer


def test_returning_takes_the_device_back_into_stock(engineer: User) -> None:
    device = DeviceFactory(issued=True)
    _record(device, CustodyKind.RETURNED, engineer)
    assert (device.life_cycle, device.holder, device.issued_at) == (LifeCycle.IN_STOCK, None, None)


def test_a_lost_device_keeps_the_name_of_who_lost_it(engineer: User) -> None:
    device = DeviceFactory(issued=True)
    holder = device.holder
    _record(device, CustodyKind.LOST, engineer)
    assert (device.life_cycle, device.holder) == (LifeCycle.LOST, holder)


def test_moving_changes_the_site_alone(engineer: User, department: Organisation) -> None:
    device, there = DeviceFactory(issued=True), SiteFactory(organisation=department)
    _record(device, CustodyKind.MOVED, engineer, site=there)
    assert (device.life_cycle, device.site) == (LifeCycle.ISSUED, there)


@pytest.mark.parametrize("kind", STEPS)
@pytest.mark.parametrize("life", LifeCycle)
def test_each_kind_is_taken_in_its_states_alone(kind: CustodyKind, life: LifeCycle, engineer: User) -> None:
    device = DeviceFactory(issued=True)
    Device.objects.filter(pk=device.pk).update(life_cycle=life)
    there = {"holder": device.holder, "site": device.site}
    if life in STEPS[kind].allowed:
        _record(device, kind, engineer, **there)
        assert device.life_cycle == (STEPS[kind].becomes or life)
    else:
        with pytest.raises(Conflict, match=str(life.label.lower())):
            _record(device, kind, engineer, **there)
        assert not device.custody_events.exists()


def test_the_second_of_two_who_issue_the_same_device_is_refused(holder: Any, engineer: User) -> None:
    mine, theirs = (Device.objects.get(pk=pk) for pk in [DeviceFactory().pk] * 2)
    _record(mine, CustodyKind.LOANED, engineer, holder=holder)
    with pytest.raises(Conflict, match="on loan now"):
        _record(theirs, CustodyKind.LOANED, engineer, holder=holder)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"at": timezone.now() + timedelta(days=1)}, "at"),
        ({"holder": None}, "holder"),
        ({"holder": "stranger"}, "holder"),
        ({"holder": "left"}, "holder"),
        ({"site": "elsewhere"}, "site"),
    ],
)
def test_what_cannot_be_is_refused_and_named(
    changes: dict[str, Any], field: str, holder: Any, engineer: User, council: Organisation
) -> None:
    people = {
        "stranger": StaffMemberFactory(organisation=council),
        "left": StaffMemberFactory(leaves_on=timezone.localdate() - timedelta(days=1)),
        "elsewhere": SiteFactory(organisation=council),
    }
    given = {"holder": holder} | {
        name: people.get(value, value) if isinstance(value, str) else value for name, value in changes.items()
    }
    with pytest.raises(Invalid) as refusal:
        _record(DeviceFactory(), CustodyKind.ISSUED, engineer, **given)
    assert refusal.value.field == field


def test_nothing_is_recorded_before_what_is_known(engineer: User) -> None:
    device = DeviceFactory(issued=True)
    _record(device, CustodyKind.RETURNED, engineer)
    with pytest.raises(Invalid, match="Something later is recorded"):
        _record(device, CustodyKind.LOST, engineer, at=timezone.now() - timedelta(hours=1))
    device.refresh_from_db()
    assert device.life_cycle == LifeCycle.IN_STOCK


def test_custody_events_cannot_be_edited(engineer: User) -> None:
    event = _record(DeviceFactory(issued=True), CustodyKind.RETURNED, engineer)
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        CustodyEvent.objects.filter(pk=event.pk).update(note="Another story")
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        CustodyEvent.objects.filter(pk=event.pk).delete()


def test_a_device_in_use_without_a_holder_cannot_exist() -> None:
    with pytest.raises(IntegrityError, match="device_in_use_has_holder"), transaction.atomic():
        DeviceFactory(life_cycle=LifeCycle.ISSUED)


def test_many_are_issued_in_the_same_queries_as_one(
    department: Organisation, engineer: User, django_assert_num_queries: Any
) -> None:
    pairs = [(DeviceFactory().pk, StaffMemberFactory().pk) for _ in range(20)]
    # savepoint, issue with its events, release
    with django_assert_num_queries(3):
        assert issue_devices(organisation=department, pairs=pairs, at=timezone.now(), by=engineer) == 20
    assert set(Device.objects.values_list("pk", "holder_id")) == set(pairs)
    assert CustodyEvent.objects.filter(kind=CustodyKind.ISSUED, recorded_by=engineer).count() == 20


def test_one_device_that_is_not_in_stock_stops_the_whole_issue(
    department: Organisation, engineer: User
) -> None:
    pairs = [
        (DeviceFactory().pk, StaffMemberFactory().pk),
        (DeviceFactory(issued=True).pk, StaffMemberFactory().pk),
    ]
    with pytest.raises(Conflict, match="1 of 2"):
        issue_devices(organisation=department, pairs=pairs, at=timezone.now(), by=engineer)
    assert not CustodyEvent.objects.exists()


def test_the_apps_above_hear_of_it_after_commit(
    engineer: User, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[dict[str, Any]] = []
    device = DeviceFactory(issued=True)

    def listen(**facts: Any) -> None:
        heard.append(facts)

    facts_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            _record(device, CustodyKind.RETURNED, engineer)
            assert not heard
    finally:
        facts_changed.disconnect(listen)
    assert heard[0]["organisation_id"] == device.organisation_id
    assert (heard[0]["device_ids"], heard[0]["staff_ids"]) == ({device.pk}, set())
