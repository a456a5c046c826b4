"""Jamf Pro's webhooks, in the shape that it and its forwarders send them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from fleet.models import Device, DeviceEvent, Heartbeat
from tests.mdm.adapters.conftest import Sender
from tests.mdm.pushes import outcomes

pytestmark = pytest.mark.django_db
AT = 1_772_440_862_000  # 2026-03-02T08:41:02Z
IPAD = {
    "udid": "00008020-000A4D1E0C10802E",
    "deviceName": "VAT inspector 12",
    "version": "17.4.1",
    "model": "iPad13,4",
    "modelDisplay": "iPad Pro (11-inch) (3rd generation)",
    "bluetoothMacAddress": "C0:A6:00:11:22:33",
    "wifiMacAddress": "C0:A6:00:11:22:34",
    "imei": "49 015420 323751 8",
    "icciID": "8944 1100 6803 1234 5678",
    "product": None,
    "serialNumber": "DMPXK2VAQ1GC",
    "userDirectoryID": "-1",
    "room": "",
    "osVersion": "17.4.1",
    "osBuild": "21E236",
    "username": "Ada Example",
    "jssID": 7,
}
MAC = {
    "udid": "55900BDC-347C-58B1-D249-F32244B11D30",
    "deviceName": "Press office",
    "model": "MacBook Air (M2, 2022)",
    "macAddress": "BC:D0:74:00:00:01",
    "alternateMacAddress": "BC:D0:74:00:00:02",
    "serialNumber": "C02ZK2VAQ1GC",
    "osVersion": "14.4.1",
    "osBuild": "23E224",
    "userDirectoryID": "-1",
    "username": "b.example",
    "realName": "Bob Example",
    "emailAddress": "b.example@dept.example",
    "phone": "020 7946 0000",
    "position": "",
    "department": "",
    "building": "",
    "room": "",
    "jssID": 7,
}


def event(name: str, device: dict[str, Any], at: int = AT) -> dict[str, Any]:
    webhook = {"id": 1, "name": "Tranche", "webhookEvent": name, "eventTimestamp": at}
    return {"webhook": webhook, "event": device}


EXAMPLES = [
    (json.dumps(one).encode(), "application/json")
    for one in (
        event("MobileDeviceEnrolled", IPAD),
        event("ComputerCheckIn", {"computer": MAC, "trigger": "CLIENT_CHECKIN"}),
    )
]


def test_an_enrolled_ipad_becomes_a_device(sender: Callable[..., Sender]) -> None:
    delivery = sender("jamf").push(event("MobileDeviceEnrolled", IPAD))
    assert outcomes(delivery) == ["created"]
    device = Device.objects.get()
    assert (device.serial, device.hw_id) == ("DMPXK2VAQ1GC", "00008020-000a4d1e0c10802e")
    assert (device.imei, device.wifi_mac) == ("490154203237518", "c0a600112234")
    assert (device.reported_model_id, device.platform) == ("iPad13,4", "ipados")
    assert (device.os_version, device.os_build) == ("17.4.1", "21E236")
    assert (device.enrolment, device.manufacturer) == ("enrolled", "Apple")
    assert device.enrolled_at == dt.datetime(2026, 3, 2, 8, 41, 2, tzinfo=dt.UTC)
    assert device.heartbeat.last_seen_at == device.enrolled_at
    assert device.sims.get().iccid == "89441100680312345678"
    assert "event.deviceName" in delivery.notes["dropped"]


def test_a_mac_and_a_tablet_with_one_number_are_two_devices(sender: Callable[..., Sender]) -> None:
    jamf = sender("jamf")
    jamf.push(event("MobileDeviceInventoryCompleted", IPAD))
    jamf.push(event("ComputerInventoryCompleted", MAC))
    assert set(Device.objects.values_list("serial", "platform", "user_email")) == {
        ("DMPXK2VAQ1GC", "ipados", ""),
        ("C02ZK2VAQ1GC", "macos", "b.example@dept.example"),
    }


@pytest.mark.parametrize("inside", [True, False])
def test_a_check_in_is_read_nested_or_flat(sender: Callable[..., Sender], inside: bool) -> None:
    said = {"computer": MAC, "trigger": "CLIENT_CHECKIN", "username": "someone else"} if inside else MAC
    sender("jamf").push(event("ComputerCheckIn", said))
    assert Device.objects.get().user_name == "b.example"


def test_a_check_in_before_it_was_unenrolled_does_not_bring_it_back(sender: Callable[..., Sender]) -> None:
    jamf = sender("jamf")
    jamf.push(event("MobileDeviceEnrolled", IPAD, AT))
    jamf.push(event("MobileDeviceUnEnrolled", IPAD, AT + 2_000))
    jamf.push(event("MobileDeviceCheckIn", IPAD, AT + 1_000))
    jamf.push(event("MobileDeviceEnrolled", IPAD, AT + 500))
    assert Device.objects.get().enrolment == "unenrolled"
    jamf.push(event("MobileDeviceEnrolled", IPAD, AT + 3_000))
    assert Device.objects.get().enrolment == "enrolled"


def test_an_unenrolment_that_comes_first_makes_a_device_that_nothing_older_brings_back(
    sender: Callable[..., Sender],
) -> None:
    jamf = sender("jamf")
    delivery = jamf.push(event("MobileDeviceUnEnrolled", IPAD, AT + 2_000))
    assert outcomes(delivery) == ["created"]
    device = Device.objects.get()
    assert (device.serial, device.enrolment, device.enrolled_at) == ("DMPXK2VAQ1GC", "unenrolled", None)
    assert not Heartbeat.objects.exists()
    jamf.push(event("MobileDeviceCheckIn", IPAD, AT + 1_000))
    jamf.push(event("MobileDeviceEnrolled", IPAD, AT))
    assert Device.objects.get().enrolment == "unenrolled"
    assert list(DeviceEvent.objects.values_list("kind", flat=True)) == ["unenrolled", "enrolled"]


def test_keys_in_snake_case_are_the_same(sender: Callable[..., Sender]) -> None:
    forwarded = {
        "event": {"serial_number": "DMPXK2VAQ1GC", "jss_id": 7, "os_version": "17.4.1", "model": "iPad13,4"},
        "webhook": {"webhook_event": "MobileDeviceEnrolled", "event_timestamp": AT},
    }
    sender("jamf").push(forwarded)
    assert Device.objects.get().os_version == "17.4.1"


@pytest.mark.parametrize("name", ["SmartGroupComputerMembershipChange", "RestAPIOperation", "NewInJamf12"])
def test_events_that_say_nothing_of_a_device_are_taken_and_counted(
    sender: Callable[..., Sender], name: str
) -> None:
    delivery = sender("jamf").push(event(name, {"operationSuccessful": True}))
    assert (delivery.status, delivery.outcomes) == ("applied", "")
    assert delivery.notes == {"ignored": {name: 1}}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([1], ""),
        ({"webhook": "x"}, "webhook"),
        ({"webhook": {"webhookEvent": "ComputerAdded"}}, "event"),
        (event("ComputerAdded", MAC | {"serialNumber": "5.10E+11"}), "event.serialNumber"),
        (event("ComputerAdded", MAC, 10**18), "webhook.eventTimestamp"),
    ],
)
def test_what_cannot_be_read_says_where(sender: Callable[..., Sender], body: Any, field: str) -> None:
    delivery = sender("jamf").push(body)
    assert outcomes(delivery) == ["rejected"]
    assert delivery.problems[0]["errors"][0]["field"] == field


def test_xml_is_refused(sender: Callable[..., Sender]) -> None:
    answer = sender("jamf").post(b"<JSSEvent/>", "text/xml")
    assert answer.status_code == 415
    assert answer.json()["detail"] == "Send application/json or application/x-ndjson."
