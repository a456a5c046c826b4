"""IBM MaaS360's device search, in the wrappings and with the kinds of values that occur."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from fleet.models import Device
from tests.mdm.adapters.conftest import Sender
from tests.mdm.pushes import IMEIS, outcomes

pytestmark = pytest.mark.django_db
PHONE = {
    "maas360DeviceID": "androidc0ffee41",
    "deviceName": "ada-SM-G525F",
    "username": "a.example",
    "userDomain": "dept.example",
    "emailAddress": "a.example@dept.example",
    "platformName": "Android",
    "platformSerialNumber": "R58N12ABCDE",
    "udid": "androidc0ffee41",
    "customAssetNumber": "HMRC-0041",
    "manufacturer": "samsung",
    "model": "SM-G525F",
    "osName": "Android 13.10 (TP1A.220624.014)",
    "osVersion": 13.1,
    "osServicePack": "",
    "imeiEsn": int(IMEIS[0]),
    "phoneNumber": 447700900123,
    "wifiMacAddress": "c0:a6:00:11:22:36",
    "installedDate": "2026-01-05T08:00:00",
    "installedDateInEpochms": 1_767_600_000_000,
    "lastReported": "2026-03-02T08:41:02",
    "lastReportedInEpochms": "1772440862000",
    "deviceStatus": "Active",
    "maas360ManagedStatus": "Enrolled",
    "ownership": "Corporate Owned",
    "policyComplianceState": "In Compliance",
    "ruleComplianceState": "",
    "appComplianceState": "In Compliance",
    "passcodeCompliance": "Compliant",
    "encryptionStatus": "Encryption Complete",
    "isSupervisedDevice": False,
    "jailbreakStatus": "No",
    "selectiveWipeStatus": "N/a",
    "testDevice": False,
}
IPAD = {
    "maas360DeviceID": "ApplDMPXK2VAQ1GC",
    "platformName": "iOS",
    "platformSerialNumber": "DMPXK2VAQ1GC",
    "udid": "00008020-000A4D1E0C10802E",
    "manufacturer": "Apple",
    "modelId": "iPad13,4",
    "osName": "iOS 17.4.1 (21E236)",
    "osVersion": "17.4.1",
    "imeiEsn": "",
    "phoneNumber": "",
    "lastReported": "2026-03-02T08:41:02",
    "lastReportedInEpochms": "",
    "maas360ManagedStatus": "User Removed Control",
    "ownership": "Employee Owned",
    "policyComplianceState": "In Compliance",
    "ruleComplianceState": "Out of Compliance",
    "passcodeCompliance": "Not Compliant",
    "encryptionStatus": "Not Encrypted",
    "isSupervisedDevice": "Yes",
    "testDevice": "No",
}
PAGE = {"devices": {"device": [PHONE, IPAD], "count": 2, "pageNumber": 1, "pageSize": 25}}
EXAMPLES = [(json.dumps(one).encode(), "application/json") for one in (PAGE, {"devices": {"device": PHONE}})]


def facts(device: Device, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(device, name) for name in names)


def test_a_page_becomes_devices(sender: Callable[..., Sender]) -> None:
    delivery = sender("maas360").push(PAGE)
    assert outcomes(delivery) == ["created", "created"]
    phone = Device.objects.get(serial="R58N12ABCDE")
    assert facts(phone, "imei", "hw_id", "wifi_mac") == (IMEIS[0], "androidc0ffee41", "c0a600112236")
    assert facts(phone, "platform", "os_version", "os_build") == ("android", "13.10", "TP1A.220624.014")
    assert facts(phone, "reported_model", "reported_asset_tag") == ("SM-G525F", "HMRC-0041")
    assert facts(phone, "enrolment", "ownership", "compliance") == ("enrolled", "organisation", "compliant")
    assert facts(phone, "passcode", "encrypted", "supervised") == (True, True, None)
    assert facts(phone, "user_name", "user_email") == ("a.example", "a.example@dept.example")
    assert str(phone.enrolled_at) == "2026-01-05 08:00:00+00:00"
    assert str(phone.heartbeat.last_seen_at) == "2026-03-02 08:41:02+00:00"
    assert {"phoneNumber", "jailbreakStatus"} <= set(delivery.notes["dropped"])
    ipad = Device.objects.get(serial="DMPXK2VAQ1GC")
    assert facts(ipad, "platform", "reported_model_id", "os_build") == ("ipados", "iPad13,4", "21E236")
    assert facts(ipad, "enrolment", "ownership", "compliance") == ("unenrolled", "personal", "noncompliant")
    assert facts(ipad, "passcode", "encrypted", "supervised") == (False, False, True)
    assert str(ipad.heartbeat.last_seen_at) == "2026-03-02 08:41:02+00:00"


@pytest.mark.parametrize(
    "body",
    [
        {"devices": {"device": PHONE, "count": 1}},
        {"device": PHONE, "count": 1},
        {"device": [PHONE]},
        {"devices": [PHONE]},
        {"content": {"device": PHONE, "count": 1}},
        PHONE,
        [PHONE],
    ],
)
def test_one_device_comes_in_any_wrapping(sender: Callable[..., Sender], body: Any) -> None:
    assert outcomes(sender("maas360").push(body)) == ["created"]
    assert Device.objects.get().source_records.get().source_id == "androidc0ffee41"


def test_a_page_without_devices_says_nothing(sender: Callable[..., Sender]) -> None:
    delivery = sender("maas360").push({"devices": {"count": 0, "pageNumber": 1, "pageSize": 25}})
    assert (delivery.status, delivery.outcomes) == ("applied", "")


def test_test_devices_are_counted(sender: Callable[..., Sender]) -> None:
    body = {"device": [PHONE | {"testDevice": True}, IPAD | {"testDevice": "Yes"}]}
    assert sender("maas360").push(body).notes == {"ignored": {"test device": 2}}


@pytest.mark.parametrize(
    ("given", "imei", "meid"),
    [
        (1_245_600_000_004, "001245600000004", ""),  # a number has lost its zeros
        ("1245600000004", "001245600000004", ""),
        (IMEIS[1], IMEIS[1], ""),
        ("A0000012345678", "", "A0000012345678"),
        (99000032580168, "", "99000032580168"),
        ("8052B1C4", "", ""),
        ("", "", ""),
        (0, "", ""),
    ],
)
def test_what_imei_esn_holds(sender: Callable[..., Sender], given: Any, imei: str, meid: str) -> None:
    sender("maas360").push(PHONE | {"imeiEsn": given})
    assert facts(Device.objects.get(), "imei", "meid") == (imei, meid)


@pytest.mark.parametrize(
    ("name", "version", "os_version", "build"),
    [
        ("Android 6.0.1 (MMB29M)", "6.0.1", "6.0.1", "MMB29M"),
        ("Android 6.0.1 (MMB29M)", 6, "6.0.1", "MMB29M"),
        ("Microsoft Windows 10 Enterprise (64-bit)", "10.0.19045", "10.0.19045", ""),
        ("Android", 9, "9", ""),
        ("", "", "", ""),
    ],
)
def test_what_the_system_is(
    sender: Callable[..., Sender], name: str, version: Any, os_version: str, build: str
) -> None:
    sender("maas360").push(PHONE | {"osName": name, "osVersion": version})
    assert facts(Device.objects.get(), "os_version", "os_build") == (os_version, build)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (["x"], "device"),
        ({"device": {"deviceName": "nameless"}}, ""),
        (PHONE | {"lastReportedInEpochms": "soon"}, "lastReportedInEpochms"),
        (PHONE | {"imeiEsn": "4.90E+14"}, "imeiEsn"),
    ],
)
def test_what_cannot_be_read_says_where(sender: Callable[..., Sender], body: Any, field: str) -> None:
    delivery = sender("maas360").push(body)
    assert outcomes(delivery) == ["rejected"]
    assert delivery.problems[0]["errors"][0]["field"] == field


def test_it_is_asked_to_send_json(sender: Callable[..., Sender]) -> None:
    maas = sender("maas360")
    assert maas.post(b"<devices/>", "application/xml").status_code == 415
    assert maas.post(b'{"devices":').status_code == 400
