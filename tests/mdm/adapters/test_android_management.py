"""Android Management API: what Pub/Sub pushes, wrapped and unwrapped, and the devices that it lists."""

from __future__ import annotations

import base64
import datetime as dt
import json
import zlib
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from fleet.models import Delivery, Device
from tests.mdm.adapters.conftest import OIDC, Sender
from tests.mdm.pushes import IMEIS, outcomes

pytestmark = pytest.mark.django_db
KIND = "android_management"
NAME = "enterprises/LC0EXAMPLE/devices/3a7c01f2d9b84e6c"
AGAIN = "enterprises/LC0EXAMPLE/devices/4b8d12a3eac95f7d"
TABLET: dict[str, Any] = {
    "name": NAME,
    "managementMode": "DEVICE_OWNER",
    "state": "ACTIVE",
    "appliedState": "ACTIVE",
    "ownership": "COMPANY_OWNED",
    "policyCompliant": True,
    "enrollmentTime": "2026-01-05T09:00:00.702Z",
    "lastStatusReportTime": "2026-03-02T09:41:00.325Z",
    "lastPolicySyncTime": "2026-03-02T09:45:00Z",
    "apiLevel": 34,
    "enrollmentTokenData": "token of January",
    "softwareInfo": {"androidVersion": "14", "androidBuildNumber": "UP1A.231005.007"},
    "hardwareInfo": {
        "brand": "samsung",
        "manufacturer": "samsung",
        "model": "SM-X306B",
        "serialNumber": "R52XEXAMPLE",
        "skinThrottlingTemperatures": [-3.4028235e38],
    },
    "networkInfo": {
        "imei": IMEIS[0],
        "wifiMacAddress": "02:00:00:00:00:00",
        "networkOperatorName": "EE",
        "telephonyInfos": [
            {"phoneNumber": "+447700900123", "carrierName": "EE", "iccId": "8944110068031234567"},
            {"phoneNumber": "+447700900124", "carrierName": "O2", "iccId": "8944110068031234575"},
        ],
    },
    "deviceSettings": {"encryptionStatus": "ACTIVE_PER_USER", "isDeviceSecure": True},
    "memoryInfo": {"totalRam": "4000000000", "totalInternalStorage": "54000000000"},
    "memoryEvents": [
        {
            "eventType": "INTERNAL_STORAGE_MEASURED",
            "createTime": "2026-03-02T09:00:00Z",
            "byteCount": "30000000000",
        },
        {
            "eventType": "INTERNAL_STORAGE_MEASURED",
            "createTime": "2026-03-01T09:00:00Z",
            "byteCount": "40000000000",
        },
        {"eventType": "RAM_MEASURED", "createTime": "2026-03-02T09:30:00Z", "byteCount": "1"},
    ],
    "powerManagementEvents": [
        {"eventType": "BATTERY_LEVEL_COLLECTED", "createTime": "2026-03-01T09:00:00Z", "batteryLevel": 12.0},
        {"eventType": "BATTERY_LEVEL_COLLECTED", "createTime": "2026-03-02T09:00:00Z", "batteryLevel": 95.0},
    ],
    "applicationReports": [
        {"packageName": "org.example.vpn", "displayName": "VPN", "versionName": "5.1", "state": "INSTALLED"},
        {"packageName": "org.example.old", "versionName": "1.0", "state": "REMOVED"},
    ],
    "userName": "enterprises/LC0EXAMPLE/users/100200300400500600700",
}
BYOD = TABLET | {
    "managementMode": "PROFILE_OWNER",
    "ownership": "PERSONALLY_OWNED",
    "hardwareInfo": {
        "manufacturer": "samsung",
        "model": "SM-A055F",
        "serialNumber": "C61Q-EXAM-PLE7-QRST4-UVWX-Y12Z-3",
        "enterpriseSpecificId": "C61Q-EXAM-PLE7-QRST4-UVWX-Y12Z-3",
    },
    "networkInfo": {},
}
_ids = count(1)


def message(
    given: Any, kind: str = "STATUS_REPORT", at: str = "2026-03-02T09:45:01Z", **more: Any
) -> dict[str, Any]:
    """As Pub/Sub wraps what was published at that time."""
    content = given if isinstance(given, bytes) else json.dumps(given).encode()
    told = {
        "attributes": {"notificationType": kind},
        "data": base64.b64encode(content).decode(),
        "messageId": str(next(_ids)),
        "publishTime": at,
    }
    return {"message": told | more, "subscription": "projects/example/subscriptions/tranche"}


def command(kind: str, *, done: bool = True, **more: Any) -> dict[str, Any]:
    said = {
        "@type": "type.googleapis.com/google.android.devicemanagement.v1.Command",
        "type": kind,
        "createTime": "2026-03-03T08:00:00Z",
    }
    return {"name": f"{NAME}/operations/1772524800000", "done": done, "metadata": said | more}


EXAMPLES: list[tuple[bytes, str]] = [
    (json.dumps(message(TABLET, "ENROLLMENT")).encode(), "application/json"),
    (json.dumps(message(command("WIPE"), "COMMAND")).encode(), "application/json"),
    (
        json.dumps(command("START_LOST_MODE", startLostModeStatus={"status": "SUCCESS"})).encode(),
        "application/json",
    ),
    (json.dumps(TABLET).encode(), "application/json"),
    (json.dumps({"devices": [TABLET, BYOD], "nextPageToken": "x"}).encode(), "application/json"),
]


def only() -> Device:
    return Device.objects.get()


def test_a_status_report_becomes_a_device(sender: Callable[..., Sender]) -> None:
    delivery = sender(KIND).push(message(TABLET))
    assert outcomes(delivery) == ["created"]
    device = only()
    assert (device.serial, device.imei, device.wifi_mac) == ("R52XEXAMPLE", IMEIS[0], "")
    assert (device.manufacturer, device.reported_model) == ("samsung", "SM-X306B")
    assert (device.os_version, device.os_build, device.platform) == ("14", "UP1A.231005.007", "android")
    assert (device.enrolment, device.ownership, device.compliance) == (
        "enrolled",
        "organisation",
        "compliant",
    )
    assert (device.supervised, device.encrypted, device.passcode) == (True, True, True)
    assert (device.lost_mode, device.wipe, device.storage_total_bytes) == (False, "none", 54_000_000_000)
    assert device.heartbeat.last_seen_at == dt.datetime(2026, 3, 2, 9, 45, tzinfo=dt.UTC)
    assert (device.heartbeat.battery_level, device.heartbeat.storage_free_bytes) == (95, 30_000_000_000)
    assert set(device.sims.values_list("iccid", "msisdn", "carrier")) == {
        ("8944110068031234567", "+447700900123", "EE"),
        ("8944110068031234575", "+447700900124", "O2"),
    }
    assert [one["name"] for one in device.software] == ["VPN"]
    assert device.user_upn == device.user_name == ""
    assert {"userName", "enrollmentTokenData"} <= set(delivery.notes["dropped"])


URL_SAFE = base64.urlsafe_b64encode(json.dumps(TABLET | {"notes": "???>>>~~~"}).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "body",
    [
        TABLET,
        {"devices": [TABLET]},
        [TABLET],
        message(b"", data=URL_SAFE),
        message(b"", data=URL_SAFE + "\n"),
    ],
)
def test_each_way_of_delivery_holds_the_same_device(sender: Callable[..., Sender], body: Any) -> None:
    assert {"-", "_"} & set(URL_SAFE)
    sender(KIND).push(body)
    assert (only().serial, only().enrolment) == ("R52XEXAMPLE", "enrolled")


def test_an_unwrapped_message_has_its_words_in_headers(sender: Callable[..., Sender]) -> None:
    amapi = sender(KIND)
    headers = {"x_goog_pubsub_message_id": "77", "x_goog_pubsub_publish_time": "2026-03-02T09:45:01Z"}
    first = amapi.post(command("WIPE"), notificationType="COMMAND", **headers)
    again = amapi.post(command("WIPE"), notificationType="COMMAND", **headers)
    assert (first.status_code, again.status_code) == (202, 200)
    kept = json.loads(zlib.decompress(Delivery.objects.get().body))
    assert kept["message"]["attributes"] == {"notificationType": "COMMAND"}
    assert kept["message"]["publishTime"] == "2026-03-02T09:45:01Z"


@pytest.mark.parametrize("name", ["messageId", "message_id"])
def test_a_message_that_comes_again_is_known_by_its_id(sender: Callable[..., Sender], name: str) -> None:
    amapi, once = sender(KIND), message(TABLET)
    once["message"][name] = once["message"].pop("messageId")
    assert amapi.post(once).status_code == 202
    again = once | {"deliveryAttempt": 2}
    assert amapi.post(again).status_code == 200
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        message(b"", data="%%%"),
        message(b"{"),
        message(b"\xff"),
        b"{",
        b"7",
    ],
)
def test_what_cannot_be_decoded_is_acknowledged_once(sender: Callable[..., Sender], body: Any) -> None:
    amapi = sender(KIND)
    first = amapi.post(body)
    assert (first.status_code, first.json()["status"]) == (202, "quarantined")
    assert amapi.post(body).status_code == 200
    assert Delivery.objects.get().error


@pytest.mark.parametrize("kind", ["USAGE_LOGS", "ENTERPRISE_UPGRADE", "test", "NEW_IN_2030"])
def test_other_notifications_are_taken_and_counted(sender: Callable[..., Sender], kind: str) -> None:
    delivery = sender(KIND).push(message({"device": NAME}, kind))
    assert (delivery.status, delivery.outcomes) == ("applied", "")
    assert delivery.notes["ignored"] == {kind.upper(): 1}


def test_the_serial_of_a_personal_device_names_its_enrolment(sender: Callable[..., Sender]) -> None:
    sender(KIND).push(message(BYOD))
    device = only()
    assert (device.serial, device.hw_id) == ("", "c61q-exam-ple7-qrst4-uvwx-y12z-3")
    assert (device.ownership, device.supervised) == ("personal", False)


def test_what_google_leaves_out_is_false_where_something_else_says_so(sender: Callable[..., Sender]) -> None:
    bare = {name: value for name, value in TABLET.items() if name not in {"policyCompliant", "softwareInfo"}}
    sender(KIND).push(message(bare | {"nonComplianceDetails": [{"settingName": "passwordPolicies"}]}))
    assert (only().compliance, only().os_version) == ("noncompliant", "14")


def test_a_device_enrolled_again_without_a_serial_is_one_device(sender: Callable[..., Sender]) -> None:
    amapi = sender(KIND)
    bare = TABLET | {"hardwareInfo": {"model": "SM-X306B"}, "networkInfo": {}}
    amapi.push(message(bare, "ENROLLMENT", "2026-01-05T09:00:01Z"))
    amapi.push(message(command("WIPE"), "COMMAND", "2026-03-03T08:00:05Z"))
    amapi.push(message(bare | {"appliedState": "DELETED"}, at="2026-03-03T08:00:06Z"))
    assert (only().wipe, only().enrolment) == ("confirmed", "unenrolled")
    renewed = {"name": AGAIN, "previousDeviceNames": [NAME], "enrollmentTime": "2026-03-04T09:00:00Z"}
    delivery = amapi.push(message(bare | renewed, "ENROLLMENT", "2026-03-04T09:00:01Z"))
    assert outcomes(delivery) == ["updated"]
    amapi.push(message(bare, at="2026-03-03T07:00:00Z"))
    device = only()
    assert (device.enrolment, device.wipe) == ("enrolled", "none")
    assert device.enrolled_at == dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)
    assert device.source_records.count() == 2


@pytest.mark.parametrize("is_late", [True, False])
def test_the_end_of_an_enrolment_that_comes_late_does_not_end_the_next(
    sender: Callable[..., Sender], is_late: bool
) -> None:
    amapi = sender(KIND)
    amapi.push(message(TABLET, "ENROLLMENT", "2026-01-05T09:00:01Z"))
    renewed = {"name": AGAIN, "previousDeviceNames": [NAME], "enrollmentTime": "2026-03-04T09:00:00Z"}
    pushed = [
        message(TABLET | renewed, "ENROLLMENT", "2026-03-04T09:00:01Z"),
        message(TABLET | {"appliedState": "DELETED"}, at="2026-03-04T09:05:00Z"),
    ]
    for body in pushed if is_late else reversed(pushed):
        amapi.push(body)
    assert (only().enrolment, only().enrolled_at) == ("enrolled", dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC))
    amapi.push(message(TABLET | renewed | {"appliedState": "DELETED"}, at="2026-03-05T09:00:00Z"))
    assert only().enrolment == "unenrolled"


def test_a_deletion_that_comes_first_is_not_undone_by_what_was_before(sender: Callable[..., Sender]) -> None:
    amapi = sender(KIND)
    gone = message(TABLET | {"appliedState": "DELETED"}, at="2026-03-04T09:05:00Z")
    assert outcomes(amapi.push(gone)) == ["created"]
    amapi.push(message(TABLET, "STATUS_REPORT", "2026-03-04T09:00:00Z"))
    amapi.push(message(TABLET, "ENROLLMENT", "2026-01-05T09:00:01Z"))
    assert only().enrolment == "unenrolled"
    unknown = amapi.push(
        message(command("RELINQUISH_OWNERSHIP") | {"name": f"{AGAIN}/operations/1"}, "COMMAND")
    )
    assert unknown.problems[0]["errors"][0]["code"] == "unknown_device"


@pytest.mark.parametrize(
    ("operation", "wipe", "lost", "enrolment"),
    [
        (command("WIPE"), "confirmed", False, "enrolled"),
        (command("WIPE", done=False), "issued", False, "enrolled"),
        (command("START_LOST_MODE", startLostModeStatus={"status": "SUCCESS"}), "none", True, "enrolled"),
        (command("RELINQUISH_OWNERSHIP"), "none", False, "unenrolled"),
    ],
)
def test_a_command_that_was_done_is_an_event_of_the_device(
    sender: Callable[..., Sender], operation: dict[str, Any], wipe: str, lost: bool, enrolment: str
) -> None:
    amapi = sender(KIND)
    amapi.push(message(TABLET))
    delivery = amapi.push(message(operation, "COMMAND", "2026-03-03T08:00:05Z"))
    assert outcomes(delivery) == ["updated"]
    assert (only().wipe, only().lost_mode, only().enrolment) == (wipe, lost, enrolment)


@pytest.mark.parametrize(
    "operation",
    [
        command("LOCK"),
        command("WIPE", errorCode="UNSUPPORTED"),
        command("WIPE") | {"error": {"code": 3}},
        command("START_LOST_MODE", startLostModeStatus={"status": "USER_EXIT_LOST_MODE_RECENTLY"}),
        {"name": NAME, "done": True},
    ],
)
def test_a_command_that_tells_nothing_is_counted(
    sender: Callable[..., Sender], operation: dict[str, Any]
) -> None:
    delivery = sender(KIND).push(message(operation, "COMMAND"))
    assert delivery.outcomes == ""
    assert next(iter(delivery.notes["ignored"])).startswith("COMMAND")


def test_the_password_that_a_command_sets_is_never_stored(sender: Callable[..., Sender]) -> None:
    amapi = sender(KIND)
    amapi.push(message(command("RESET_PASSWORD", newPassword="correct horse"), "COMMAND"))
    assert b"RESET_PASSWORD" in (kept := zlib.decompress(Delivery.objects.get().body))
    assert b"correct horse" not in kept
    assert base64.b64encode(b"correct horse")[:12] not in kept


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (message([1]), "message.data"),
        (message(b""), "message.data"),
        (message(TABLET, at="soon"), "message.publishTime"),
        (message(TABLET | {"enrollmentTime": "soon"}), "enrollmentTime"),
        (
            message(TABLET | {"networkInfo": {"telephonyInfos": [{"iccId": "8.94411E+18"}]}}),
            "networkInfo.telephonyInfos[0].iccId",
        ),
    ],
)
def test_what_cannot_be_read_says_where(sender: Callable[..., Sender], body: Any, field: str) -> None:
    delivery = sender(KIND).push(body)
    assert outcomes(delivery) == ["rejected"]
    assert delivery.problems[0]["errors"][0]["field"] == field


def test_pubsub_proves_itself_by_googles_token(
    sender: Callable[..., Sender], google_keys: Callable[..., str]
) -> None:
    amapi = sender(KIND, **OIDC)
    assert amapi.post(message(TABLET), Authorization=google_keys(email="other@example")).status_code == 401
    response = amapi.post(message(TABLET), Authorization=google_keys())
    assert (response.status_code, Delivery.objects.count()) == (202, 1)
