"""Which device a record is about, and what is left for a person."""

from __future__ import annotations

from typing import Any

import pytest

from fleet.errors import Conflict, Invalid
from fleet.mdm import conflicts
from fleet.models import Device, IdentityConflict, MdmSource, SourceRecord, User
from tests.factories import DeviceFactory
from tests.mdm.pushes import IMEIS, open_conflicts, outcomes, push

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(source: MdmSource) -> IdentityConflict:
    """A record with the serial of one device and the hardware id of another."""
    push(source, {"serial": "SN-1", "hw_id": "hw-1"}, {"serial": "SN-2", "hw_id": "hw-2"})
    assert outcomes(push(source, {"serial": "SN-1", "hw_id": "hw-2", "user_name": "Ann"})) == ["conflict"]
    return IdentityConflict.objects.get()


@pytest.mark.parametrize(
    ("known", "sent"),
    [
        ({"serial": "SN-1"}, {"serial": "sn-1"}),
        ({"hw_id": "HW-1"}, {"hw_id": "{hw-1}"}),
        ({"imei": [IMEIS[0], IMEIS[1]]}, {"imei": [IMEIS[1]]}),
        ({"source_id": "a", "serial": "SN-1"}, {"source_id": "a", "os_version": "18"}),
        ({"source_id": "a", "serial": "SN-1"}, {"source_id": "b", "serial": "SN-1"}),
        ({"serial": "SN-1", "manufacturer": "Apple"}, {"serial": "SN-1", "manufacturer": "Apple Inc."}),
        ({"serial": "SN-1", "manufacturer": "Apple"}, {"serial": "SN-1"}),
        ({"hw_id": "hw-1"}, {"serial": "SN-1", "hw_id": "hw-1"}),
    ],
)
def test_a_key_names_the_device_again(source: MdmSource, known: dict[str, Any], sent: dict[str, Any]) -> None:
    push(source, known)
    assert outcomes(push(source, sent)) != ["created"]
    assert (Device.objects.count(), open_conflicts(source.organisation)) == (1, set())


def test_two_makers_may_use_one_serial(source: MdmSource) -> None:
    push(source, {"serial": "1", "manufacturer": "X"}, {"serial": "SN-1", "manufacturer": "Dell"})
    assert outcomes(push(source, {"serial": "SN-1", "manufacturer": "HP"})) == ["created"]
    assert outcomes(push(source, {"serial": "SN-1"})) == ["conflict"]
    assert open_conflicts(source.organisation) == {("serial", "SN-1")}


def test_a_reused_source_id_with_another_serial_is_for_a_person(source: MdmSource) -> None:
    push(source, {"source_id": "a", "serial": "SN-1"})
    assert outcomes(push(source, {"source_id": "a", "serial": "SN-2"})) == ["conflict"]
    assert open_conflicts(source.organisation) == {("source_id", "a")}


def test_an_imei_of_two_devices_is_for_a_person(source: MdmSource) -> None:
    push(source, {"serial": "SN-1", "imei": [IMEIS[0]]})
    assert outcomes(push(source, {"serial": "SN-2", "imei": [IMEIS[0]]})) == ["conflict"]
    assert outcomes(push(source, {"serial": "SN-1", "imei": [IMEIS[0]]})) == ["unchanged"]


def test_a_repeat_is_counted_and_not_opened_twice(source: MdmSource, held: IdentityConflict) -> None:
    push(source, {"serial": "SN-1", "hw_id": "hw-2", "user_name": "Bob"})
    held.refresh_from_db()
    assert (held.times_seen, held.record["user_name"]) == (2, "Bob")
    assert set(held.devices.values_list("serial", flat=True)) == {"SN-1", "SN-2"}
    assert not Device.objects.filter(user_name__gt="").exists()


def test_resolved_to_a_device_it_is_applied_and_followed(
    source: MdmSource, held: IdentityConflict, mdm_administrator: User
) -> None:
    first = Device.objects.get(serial="SN-1")
    conflicts.resolve_to_device(conflict=held, device=first, reason="", by=mdm_administrator)
    first.refresh_from_db()
    assert (first.user_name, first.hw_id) == ("Ann", "hw-2")
    assert Device.objects.get(serial="SN-2").hw_id == ""
    assert outcomes(push(source, {"serial": "SN-1", "hw_id": "hw-2"})) == ["unchanged"]
    assert outcomes(push(source, {"serial": "SN-2", "hw_id": "hw-2", "user_name": "Cy"})) == ["updated"]
    assert outcomes(push(source, {"hw_id": "hw-2", "user_name": "Di"})) == ["updated"]
    first.refresh_from_db()
    assert first.user_name == "Di"
    assert open_conflicts(source.organisation) == set()


def test_resolved_to_the_other_device_its_serial_stays(
    source: MdmSource, held: IdentityConflict, mdm_administrator: User
) -> None:
    second = Device.objects.get(serial="SN-2")
    conflicts.resolve_to_device(conflict=held, device=second, reason="Board", by=mdm_administrator)
    second.refresh_from_db()
    assert (second.user_name, second.serial, second.hw_id) == ("Ann", "SN-2", "hw-2")
    push(source, {"serial": "SN-1", "hw_id": "hw-2", "user_name": "Bob"})
    second.refresh_from_db()
    assert second.user_name == "Bob"
    assert open_conflicts(source.organisation) == set()


def test_resolved_to_a_new_device(source: MdmSource, mdm_administrator: User) -> None:
    push(source, {"source_id": "a", "serial": "SN-1"})
    push(source, {"source_id": "a", "serial": "SN-2", "user_name": "Ann"})
    conflict = IdentityConflict.objects.get()
    new = conflicts.resolve_to_new(conflict=conflict, reason="", by=mdm_administrator)
    assert (new.serial, new.user_name) == ("SN-2", "Ann")
    assert outcomes(push(source, {"source_id": "a", "serial": "SN-2", "user_name": "Bob"})) == ["updated"]
    new.refresh_from_db()
    assert new.user_name == "Bob"
    assert SourceRecord.objects.get(source_id="a").device.serial == "SN-1"
    assert open_conflicts(source.organisation) == set()


def test_dismissed_it_is_dropped_whenever_it_comes(
    source: MdmSource, held: IdentityConflict, mdm_administrator: User
) -> None:
    with pytest.raises(Invalid):
        conflicts.dismiss(conflict=held, reason=" ", by=mdm_administrator)
    conflicts.dismiss(conflict=held, reason="A cloned image", by=mdm_administrator)
    assert outcomes(push(source, {"serial": "SN-1", "hw_id": "hw-2"})) == ["conflict"]
    assert open_conflicts(source.organisation) == set()


def test_a_conflict_is_decided_once(held: IdentityConflict, mdm_administrator: User) -> None:
    conflicts.dismiss(conflict=held, reason="Wrong", by=mdm_administrator)
    with pytest.raises(Conflict):
        conflicts.resolve_to_new(conflict=held, reason="", by=mdm_administrator)


def test_another_organisations_device_cannot_be_chosen(
    held: IdentityConflict, mdm_administrator: User, council: object
) -> None:
    with pytest.raises(Invalid):
        conflicts.resolve_to_device(
            conflict=held, device=DeviceFactory(organisation=council), reason="", by=mdm_administrator
        )
