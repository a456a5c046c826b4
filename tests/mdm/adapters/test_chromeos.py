"""Google Workspace: pages of ChromeOS and of mobile devices, as the Directory API lists them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from fleet.models import Device
from tests.mdm.adapters.conftest import Sender
from tests.mdm.pushes import IMEIS, outcomes

pytestmark = pytest.mark.django_db
CHROMEBOOK: dict[str, Any] = {
    "kind": "admin#directory#chromeosdevice",
    "deviceId": "7d0f3c51-6a0b-4d0c-9d0e-1f5f1b0a7c11",
    "serialNumber": "5CD0EXAMPLE",
    "status": "ACTIVE",
    "lastSync": "2026-03-02T09:41:00.326Z",
    "annotatedUser": "ada@dept.example",
    "annotatedAssetId": "CB-0012",
    "annotatedLocation": "Reading room",
    "model": "HP Chromebook 14",
    "osVersion": "122.0.6261.118",
    "osVersionCompliance": "compliant",
    "platformVersion": "15753.34.0 (Official Build) stable-channel nami",
    "macAddress": "b46921000076",
    "meid": "",
    "lastEnrollmentTime": "2025-09-01T08:00:00.264Z",
    "recentUsers": [
        {"type": "USER_TYPE_UNMANAGED"},
        {"type": "USER_TYPE_MANAGED", "email": "bob@dept.example"},
        {"type": "USER_TYPE_MANAGED", "email": "cy@dept.example"},
    ],
    "diskVolumeReports": [
        {
            "volumeInfo": [
                {"volumeId": "/media/archive", "storageTotal": "8300000000", "storageFree": "8300000000"},
                {
                    "volumeId": "/home/chronos/u-0a1b2c3d/MyFiles",
                    "storageTotal": "64000112192",
                    "storageFree": "46000694464",
                },
                {"volumeId": "/media/removable", "storageTotal": "8300000000", "storageFree": "8300000000"},
            ]
        }
    ],
    "activeTimeRanges": [{"date": "2026-03-02", "activeTime": 7200000}],
    "autoUpdateExpiration": "1906502400000",
    "supportEndDate": "1906502400000",
}
PHONE: dict[str, Any] = {
    "kind": "admin#directory#mobiledevice",
    "resourceId": "AFiQxQ9mExampleOfAResourceId",
    "deviceId": "44bc2f178d000000",
    "name": ["Ada Example"],
    "email": ["ada@dept.example", "ada@dept.example.test-google-a.com"],
    "model": "SM-G960F",
    "manufacturer": "samsung",
    "type": "ANDROID",
    "os": "Android 14",
    "buildNumber": "UP1A.231005.007",
    "hardwareId": IMEIS[0],
    "imei": IMEIS[0],
    "meid": "",
    "serialNumber": "",
    "status": "APPROVED",
    "encryptionStatus": "Encrypted",
    "devicePasswordStatus": "Off",
    "firstSync": "2025-09-01T08:00:00.264Z",
    "lastSync": "2026-03-02T09:41:00.326Z",
    "securityPatchLevel": "0",
    "wifiMacAddress": "",
}
IPAD = PHONE | {
    "resourceId": "AFiQxQ9uAnotherResourceId",
    "deviceId": "2866C999-A0A2-4576-865E-1C1F0B9A0000",
    "model": "iPad13,4",
    "manufacturer": "",
    "type": "IOS_SYNC",
    "os": "iOS 17.4.1",
    "imei": "",
    "encryptionStatus": "",
}


def page(*devices: dict[str, Any], of: str = "chromeosdevices") -> dict[str, Any]:
    return {"kind": f"admin#directory#{of}", "etag": '"x"', of: list(devices), "nextPageToken": "y"}


EXAMPLES: list[tuple[bytes, str]] = [
    (json.dumps(page(CHROMEBOOK)).encode(), "application/json"),
    (json.dumps(page(PHONE, IPAD, of="mobiledevices")).encode(), "application/json"),
    (
        json.dumps(CHROMEBOOK | {"diskSpaceUsage": {"capacityBytes": "9", "usedBytes": "4"}}).encode(),
        "text/json",
    ),
]


def only() -> Device:
    return Device.objects.get()


def test_a_page_of_chromeos_devices(sender: Callable[..., Sender]) -> None:
    delivery = sender("chromeos").push(page(CHROMEBOOK))
    assert outcomes(delivery) == ["created"]
    device = only()
    assert (device.serial, device.reported_asset_tag) == ("5CD0EXAMPLE", "CB-0012")
    assert (device.platform, device.os_version) == ("chromeos", "122.0.6261.118")
    assert (device.os_build.split()[0], device.wifi_mac) == ("15753.34.0", "b46921000076")
    assert (device.enrolment, device.lost_mode, device.compliance) == ("enrolled", False, "compliant")
    assert (device.user_email, device.user_name) == ("ada@dept.example", "")
    assert (device.storage_total_bytes, device.heartbeat.storage_free_bytes) == (
        64_000_112_192,
        46_000_694_464,
    )
    assert device.heartbeat.last_seen_at == dt.datetime(2026, 3, 2, 9, 41, 0, 326000, tzinfo=dt.UTC)
    assert {"autoUpdateExpiration", "activeTimeRanges"} <= set(delivery.notes["dropped"])


def test_a_page_of_mobile_devices(sender: Callable[..., Sender]) -> None:
    sender("chromeos").push(page(PHONE, IPAD, of="mobiledevices"))
    phone, ipad = Device.objects.order_by("platform")
    assert (phone.imei, phone.hw_id, phone.os_version) == (IMEIS[0], "44bc2f178d000000", "14")
    assert (phone.encrypted, phone.passcode, phone.wipe) == (True, False, "none")
    assert (phone.user_email, phone.user_name) == ("ada@dept.example", "Ada Example")
    assert (ipad.platform, ipad.reported_model_id, ipad.os_version) == ("ipados", "iPad13,4", "17.4.1")
    assert ipad.encrypted is None


@pytest.mark.parametrize("body", [CHROMEBOOK, [CHROMEBOOK], [page(CHROMEBOOK)], page(CHROMEBOOK)])
def test_each_shape_holds_the_same_device(sender: Callable[..., Sender], body: Any) -> None:
    sender("chromeos").push(body)
    assert only().serial == "5CD0EXAMPLE"


def test_an_empty_page_has_no_list_and_no_devices(sender: Callable[..., Sender]) -> None:
    delivery = sender("chromeos").push({"kind": "admin#directory#mobiledevices", "etag": '"x"'})
    assert (delivery.status, delivery.outcomes) == ("applied", "")


def test_times_in_milliseconds_are_times_too(sender: Callable[..., Sender]) -> None:
    at = {"lastSync": "1772444460326", "lastEnrollmentTime": "1756713600264"}
    sender("chromeos").push(page(CHROMEBOOK | at))
    assert only().heartbeat.last_seen_at == dt.datetime(2026, 3, 2, 9, 41, 0, 326000, tzinfo=dt.UTC)
    assert only().enrolled_at == dt.datetime(2025, 9, 1, 8, 0, 0, 264000, tzinfo=dt.UTC)


def test_an_imei_where_an_meid_should_be(sender: Callable[..., Sender]) -> None:
    sender("chromeos").push(page(CHROMEBOOK | {"meid": IMEIS[1]}))
    assert (only().imei, only().meid) == (IMEIS[1], "")


def test_who_signed_in_last_stands_in_for_the_user(sender: Callable[..., Sender]) -> None:
    sender("chromeos").push(page(CHROMEBOOK | {"annotatedUser": "Reading room, desk 4"}))
    assert (only().user_email, only().user_name) == ("bob@dept.example", "Reading room, desk 4")


def test_what_is_used_of_a_disk(sender: Callable[..., Sender]) -> None:
    usage = {"capacityBytes": "64000000000", "usedBytes": "24000000000"}
    sender("chromeos").push(page(CHROMEBOOK | {"diskSpaceUsage": usage}))
    assert only().storage_total_bytes == 64_000_000_000
    assert only().heartbeat.storage_free_bytes == 40_000_000_000


@pytest.mark.parametrize(
    ("status", "enrolment", "lost"),
    [
        ("DISABLED", "enrolled", True),
        ("DEPROVISIONED", "unenrolled", False),
        ("SHIPPED", "pending", None),
        ("RETURN_REQUESTED", "unknown", None),
    ],
)
def test_what_a_status_says(
    sender: Callable[..., Sender], status: str, enrolment: str, lost: bool | None
) -> None:
    chromeos = sender("chromeos")
    if status in {"DISABLED", "DEPROVISIONED"}:
        chromeos.push(page(CHROMEBOOK))  # its last sync is that of the page that follows
    chromeos.push(page(CHROMEBOOK | {"status": status}))
    assert (only().enrolment, only().lost_mode) == (enrolment, lost)


def test_a_wipe_between_two_syncs(sender: Callable[..., Sender]) -> None:
    chromeos = sender("chromeos")
    for status, wipe in (("APPROVED", "none"), ("WIPING", "issued"), ("WIPED", "confirmed")):
        chromeos.push(page(PHONE | {"status": status}, of="mobiledevices"))
        assert only().wipe == wipe
    assert only().enrolment == "unenrolled"


OLD = PHONE | {
    "resourceId": "old",
    "status": "WIPING",
    "lastSync": "2025-01-23T14:30:40.406Z",
    "os": "Android 8.0.0",
}
NEW = PHONE | {"resourceId": "new", "firstSync": "2025-01-23T14:34:34.623Z"}


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
@pytest.mark.parametrize("together", [True, False])
def test_of_one_imei_enrolled_twice_the_newest_sync_wins(
    sender: Callable[..., Sender], order: tuple[dict[str, Any], ...], together: bool
) -> None:
    chromeos = sender("chromeos")
    for devices in [order] if together else [[one] for one in order]:
        chromeos.push(page(*devices, of="mobiledevices"))
    device = only()
    assert (device.enrolment, device.wipe, device.os_version) == ("enrolled", "none", "14")
    assert device.heartbeat.last_seen_at == dt.datetime(2026, 3, 2, 9, 41, 0, 326000, tzinfo=dt.UTC)
    assert device.source_records.count() == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (page(CHROMEBOOK | {"macAddress": "ethernet"}), "macAddress"),
        (page(CHROMEBOOK | {"lastSync": "lastSync 1"}), "lastSync"),
        ({"chromeosdevices": [1]}, ""),
        ({"kind": "admin#directory#user"}, ""),
    ],
)
def test_what_cannot_be_read_says_where(sender: Callable[..., Sender], body: Any, field: str) -> None:
    delivery = sender("chromeos").push(body)
    assert outcomes(delivery) == ["rejected"]
    assert delivery.problems[0]["errors"][0]["field"] == field


def test_more_devices_than_a_page_may_have_are_refused(sender: Callable[..., Sender], settings: Any) -> None:
    settings.MDM_MAX_RECORDS = 1
    assert sender("chromeos").post(page(CHROMEBOOK, CHROMEBOOK)).status_code == 413
