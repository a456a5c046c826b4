"""MicroMDM's and NanoMDM's webhooks, with the messages of Apple devices inside."""

from __future__ import annotations

import base64
import json
import plistlib
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from fleet.mdm.adapters import ADAPTERS, plists
from fleet.models import Delivery, Device, DeviceEvent
from tests.mdm.adapters.conftest import Sender
from tests.mdm.adapters.corpus import strange
from tests.mdm.pushes import IMEIS, outcomes

pytestmark = pytest.mark.django_db
UDID = "00008110-001A2B3C4D5E001F"
MAC_UDID = "6B1F0C52-7A0E-5D5C-9E11-0B3F6C7D8E9F"
AUTHENTICATE = {
    "MessageType": "Authenticate",
    "Topic": "com.apple.mgmt.External.0d5b6c0a",
    "UDID": UDID,
    "SerialNumber": "F2LXK2VAQ1GC",
    "OSVersion": "17.4.1",
    "BuildVersion": "21E236",
    "ProductName": "iPhone14,7",
    "IMEI": "49 015420 323751 8",
    "Challenge": b"join us",
}
TOKENS = {
    "MessageType": "TokenUpdate",
    "Topic": "com.apple.mgmt.External.0d5b6c0a",
    "UDID": UDID,
    "PushMagic": "MAGIC-5C0FFEE",
    "Token": b"push-token-of-the-phone",
    "UnlockToken": b"unlock-token-of-the-phone",
}
INFORMATION = {
    "UDID": UDID,
    "SerialNumber": "F2LXK2VAQ1GC",
    "ProductName": "iPhone14,7",
    "ModelName": "iPhone",
    "Model": "MPUF3ZD/A",
    "OSVersion": "17.4.1",
    "SupplementalOSVersionExtra": "(a)",
    "BuildVersion": "21E236",
    "DeviceCapacity": 128.0,
    "AvailableDeviceCapacity": 41.5,
    "BatteryLevel": 0.62,
    "IsSupervised": True,
    "IsMDMLostModeEnabled": False,
    "WiFiMAC": "c0:a6:00:11:22:35",
    "IMEI": "35 209900 176148 1",
    "ICCID": "8944 2000 0000 0000 0001",
    "PhoneNumber": "+447700900001",
    "ServiceSubscriptions": [
        {
            "Slot": "CTSubscriptionSlotOne",
            "IMEI": "49 015420 323751 8",
            "ICCID": "8944 1100 6803 1234 5678",
            "PhoneNumber": "+447700900123",
            "CurrentCarrierNetwork": "Carrier A",
            "IsRoaming": False,
        },
        {"Slot": "CTSubscriptionSlotTwo", "IMEI": "35 693803 564380 9", "EID": "8904", "ICCID": ""},
    ],
}
SECURITY = {"HardwareEncryptionCaps": 3, "PasscodePresent": True, "PasscodeCompliant": True}
OLD_MAC = {
    "UDID": MAC_UDID,
    "SerialNumber": "C02ZK2VAQ1GC",
    "ProductName": "MacBookPro14,3",
    "ModelName": "MacBook Pro",
    "OSVersion": "10.13.6",
    "DeviceCapacity": 233.47,
    "BatteryLevel": -1.0,
}


def packed(message: Any) -> str:
    content = message if isinstance(message, bytes) else plistlib.dumps(message)
    return base64.b64encode(content).decode()


def check_in(topic: str, message: Any, at: str = "09:00:00", **more: Any) -> dict[str, Any]:
    event = {"udid": UDID, "url_params": None, "raw_payload": packed(message)} | more
    return {
        "topic": f"mdm.{topic}",
        "event_id": f"{topic} {at}",
        "created_at": f"2026-03-02T{at}.123456789Z",
        "checkin_event": {name: value for name, value in event.items() if value is not ...},
    }


def connect(at: str = "09:05:00", udid: Any = UDID, **said: Any) -> dict[str, Any]:
    message = {"Status": "Acknowledged", "CommandUUID": "0001"} | said
    message |= {"UDID": udid} if udid else {}
    event = {"status": "Acknowledged", "command_uuid": "0001", "raw_payload": packed(message)}
    return {
        "topic": "mdm.Connect",
        "event_id": f"Connect {at}",
        "created_at": f"2026-03-02T{at}Z",
        "acknowledge_event": event | ({"udid": udid} if udid else {}),
    }


EVENTS = [
    check_in("Authenticate", AUTHENTICATE),
    check_in("TokenUpdate", TOKENS, token_update_tally=1, ids={"id": UDID, "type": "Device"}),
    check_in("CheckOut", {"MessageType": "CheckOut", "UDID": UDID}),
    connect(QueryResponses=INFORMATION),
    connect(SecurityInfo=SECURITY),
]
EXAMPLES = [(json.dumps(one).encode(), "application/json") for one in EVENTS]


def stored(delivery: Delivery) -> str:
    return zlib.decompress(delivery.body).decode()


def message_in(delivery: Delivery) -> str:
    """The device's message as it is stored."""
    event = json.loads(stored(delivery))
    return base64.b64decode(
        event[next(name for name in event if name.endswith("_event"))]["raw_payload"]
    ).decode()


@pytest.mark.parametrize("kind", ["nanomdm", "micromdm"])
def test_a_phone_enrols(sender: Callable[..., Sender], kind: str) -> None:
    mdm = sender(kind)
    mdm.push(check_in("Authenticate", AUTHENTICATE))
    device = Device.objects.get()
    assert (device.enrolment, device.serial, device.imei) == ("pending", "F2LXK2VAQ1GC", IMEIS[0])
    assert (device.platform, device.os_build) == ("ios", "21E236")
    tally = {"token_update_tally": 1} if kind == "nanomdm" else {}
    mdm.push(check_in("TokenUpdate", TOKENS, "09:00:05", **tally))
    device.refresh_from_db()
    assert device.enrolment == "enrolled"
    assert (device.enrolled_at is not None) is (kind == "nanomdm")
    assert Device.objects.count() == 1


def test_what_it_answers_to_a_query_is_kept(sender: Callable[..., Sender]) -> None:
    nano = sender("nanomdm")
    delivery = nano.push(connect(QueryResponses=INFORMATION | {"DeviceName": "Desk"}))
    device = Device.objects.get()
    assert (device.os_version, device.reported_model, device.reported_model_id) == (
        "17.4.1 (a)",
        "iPhone",
        "iPhone14,7",
    )
    assert {device.imei, device.imei2} == set(IMEIS[:2])
    assert (device.supervised, device.lost_mode, device.storage_total_bytes) == (True, False, 128 * 10**9)
    assert (device.heartbeat.battery_level, device.heartbeat.storage_free_bytes) == (62, 41_500_000_000)
    sim = device.sims.get()
    assert (sim.iccid, sim.msisdn, sim.carrier) == ("89441100680312345678", "+447700900123", "Carrier A")
    assert "raw_payload.QueryResponses.DeviceName" in delivery.notes["dropped"]
    nano.push(connect("09:06:00", QueryResponses={"UDID": UDID, "BatteryLevel": 0.5}))
    nano.push(connect("09:07:00", InstalledApplicationList=[{"Name": "Pages", "ShortVersion": "14.0"}]))
    device = Device.objects.get()
    assert (device.heartbeat.battery_level, device.serial) == (50, "F2LXK2VAQ1GC")
    assert device.software == [{"name": "Pages", "version": "14.0"}]


def test_before_subscriptions_the_old_fields_name_the_sim(sender: Callable[..., Sender]) -> None:
    old = {name: value for name, value in INFORMATION.items() if name != "ServiceSubscriptions"}
    sender("nanomdm").push(connect(QueryResponses=old))
    device = Device.objects.get()
    assert device.imei == IMEIS[2]
    assert (device.sims.get().iccid, device.sims.get().msisdn) == ("89442000000000000001", "+447700900001")


def test_old_macs_count_in_binary_gigabytes(sender: Callable[..., Sender]) -> None:
    micro = sender("micromdm")
    micro.push(connect(udid=MAC_UDID, QueryResponses=OLD_MAC))
    device = Device.objects.get()
    assert device.storage_total_bytes == int(233.47 * 2**30)
    assert device.heartbeat.battery_level is None
    newer = OLD_MAC | {"OSVersion": "12.0", "DeviceCapacity": 250.69}
    micro.push(connect("09:06:00", udid=MAC_UDID, QueryResponses=newer))
    assert Device.objects.get().storage_total_bytes == 250_690_000_000


@pytest.mark.parametrize(
    ("security", "encrypted", "passcode"),
    [
        (SECURITY, True, True),
        (SECURITY | {"PasscodePresent": False}, False, False),
        ({"HardwareEncryptionCaps": 1}, False, None),
        ({"HardwareEncryptionCaps": 3}, None, None),
        ({"FDE_Enabled": True, "FDE_PersonalRecoveryKeyCMS": b"recovery key"}, True, None),
        ({"FDE_Enabled": False, "HardwareEncryptionCaps": 3, "PasscodePresent": True}, False, True),
        ({}, None, None),
    ],
)
def test_what_counts_as_encrypted(
    sender: Callable[..., Sender], security: Any, encrypted: Any, passcode: Any
) -> None:
    nano = sender("nanomdm")
    nano.push(check_in("Authenticate", AUTHENTICATE))
    delivery = nano.push(connect(SecurityInfo=security | {"ManagementStatus": {"EnrolledViaDEP": True}}))
    device = Device.objects.get()
    assert (device.encrypted, device.passcode, device.ownership) == (encrypted, passcode, "organisation")
    assert packed(b"recovery key") not in message_in(delivery)


def test_a_check_in_brings_back_nothing(sender: Callable[..., Sender]) -> None:
    nano = sender("nanomdm")
    nano.push(check_in("TokenUpdate", TOKENS, "09:00:00", token_update_tally=1))
    nano.push(check_in("CheckOut", {"UDID": UDID}, "10:00:00"))
    nano.push(connect("09:30:00", QueryResponses=INFORMATION))
    nano.push(connect("10:30:00"))
    nano.push(connect("10:31:00", SecurityInfo=SECURITY))
    nano.push(check_in("TokenUpdate", TOKENS, "10:32:00", token_update_tally=7))
    device = Device.objects.get()
    assert device.enrolment == "unenrolled"
    assert str(device.heartbeat.last_seen_at) == "2026-03-02 10:32:00.123456+00:00"
    nano.push(check_in("TokenUpdate", TOKENS, "11:00:00", token_update_tally=1))
    assert Device.objects.get().enrolment == "enrolled"


@pytest.mark.parametrize(
    "body",
    [
        connect(),
        connect("09:06:00", SecurityInfo=SECURITY),
        check_in("TokenUpdate", TOKENS, token_update_tally=2),
    ],
    ids=["idle", "answer", "token"],
)
def test_a_device_that_enrolled_before_anybody_told_begins_by_checking_in(
    sender: Callable[..., Sender], body: Any
) -> None:
    nano = sender("nanomdm")
    assert outcomes(nano.push(body)) == ["created"]
    nano.push(connect("10:00:00", QueryResponses=INFORMATION))
    device = Device.objects.get()
    assert (device.hw_id, device.serial, device.enrolment) == (UDID.lower(), "F2LXK2VAQ1GC", "unknown")


@pytest.mark.parametrize("kind", ["nanomdm", "micromdm"])
def test_a_check_out_that_comes_first_makes_a_device_that_nothing_older_brings_back(
    sender: Callable[..., Sender], kind: str
) -> None:
    mdm = sender(kind)
    assert outcomes(mdm.push(check_in("CheckOut", {"UDID": UDID}, "10:00:00"))) == ["created"]
    mdm.push(check_in("Authenticate", AUTHENTICATE, "08:59:00"))
    mdm.push(check_in("TokenUpdate", TOKENS, "09:00:00", token_update_tally=1))
    mdm.push(connect("09:30:00", QueryResponses=INFORMATION))
    device = Device.objects.get()
    assert (device.serial, device.enrolment) == ("F2LXK2VAQ1GC", "unenrolled")
    assert set(device.events.values_list("kind", "at__hour")) == {("enrolled", 9), ("unenrolled", 10)}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (check_in("Authenticate", AUTHENTICATE | {"IMEI": "490154203237519"}), "raw_payload.IMEI"),
        (
            connect(QueryResponses={"ServiceSubscriptions": [{"IMEI": "490154203237519"}]}),
            "raw_payload.QueryResponses.ServiceSubscriptions[0].IMEI",
        ),
    ],
    ids=["field", "subscription"],
)
def test_a_mistyped_imei_loses_no_device_of_a_sender_that_comes_once(
    sender: Callable[..., Sender], body: Any, field: str
) -> None:
    delivery = sender("nanomdm").push(body)
    assert outcomes(delivery) == ["created"]
    assert f"{field} that is no IMEI" in delivery.notes["dropped"]
    assert Device.objects.get().imei == ""


OF_A_USER = {"UDID": UDID, "UserID": "4F2A6B7C-0000-4000-8000-000000000001", "UserShortName": "ada"}


@pytest.mark.parametrize(
    "more",
    [
        {"ids": {"id": f"{UDID}:4F2A", "type": "User", "parent_id": UDID}, "token_update_tally": 1},
        {},  # MicroMDM: only the message says whose it is
    ],
)
def test_a_users_channel_belongs_to_the_device(sender: Callable[..., Sender], more: Any) -> None:
    mdm = sender("nanomdm" if more else "micromdm")
    for name, said in (("TokenUpdate", TOKENS | OF_A_USER), ("CheckOut", OF_A_USER)):
        assert outcomes(mdm.push(check_in(name, said, "08:00:00", **more))) == ["rejected"]
    mdm.push(check_in("TokenUpdate", TOKENS, "09:00:00", token_update_tally=1))
    mdm.push(check_in("TokenUpdate", TOKENS | OF_A_USER, "09:30:00", **more))
    mdm.push(check_in("CheckOut", OF_A_USER, "10:00:00", **more))
    device = Device.objects.get()
    assert device.enrolment == "enrolled"
    assert str(device.heartbeat.last_seen_at) == "2026-03-02 10:00:00.123456+00:00"
    assert device.source_records.get().source_id == UDID


def test_a_personal_device_is_known_by_its_enrolment(sender: Callable[..., Sender]) -> None:
    nano = sender("nanomdm")
    of_it = {"EnrollmentID": "E-77"}
    ids = {"id": "E-77", "type": "User Enrollment (Device)"}
    said: dict[str, Any] = {"udid": ..., "enrollment_id": "E-77", "ids": ids}
    begun = of_it | {"OSVersion": "17.4.1", "ProductName": "iPhone14,7"}
    nano.push(check_in("Authenticate", begun, **said))
    tokens = {name: value for name, value in TOKENS.items() if name != "UDID"} | of_it
    nano.push(check_in("TokenUpdate", tokens, "09:01:00", token_update_tally=1, **said))
    device = Device.objects.get()
    assert (device.ownership, device.enrolment, device.hw_id) == ("personal", "enrolled", "")
    assert device.source_records.get().source_id == "E-77"


def test_where_nobody_counts_tokens_an_enrolment_is_told_once(sender: Callable[..., Sender]) -> None:
    micro = sender("micromdm")
    for at in ("09:00:00", "10:00:00", "11:00:00"):
        micro.push(check_in("TokenUpdate", TOKENS, at))
    assert [(one.kind, one.at.hour) for one in DeviceEvent.objects.all()] == [("enrolled", 9)]


@pytest.mark.parametrize("kind", ["nanomdm", "micromdm"])
def test_no_secret_is_stored(sender: Callable[..., Sender], kind: str) -> None:
    mdm = sender(kind)
    key: dict[str, Any] = {
        "BypassCode": "BYPASS-1",
        "Nested": [{"RotateResult": {"EncryptedNewRecoveryKey": b"rotated"}}],
    }
    bodies = (
        check_in("TokenUpdate", TOKENS),
        check_in("SetBootstrapToken", {"BootstrapToken": b"bootstrap"}, url_params={"secret": "IN-URL"}),
        connect(**key),
    )
    for body in bodies:
        delivery = Delivery.objects.get(pk=mdm.post(body).json()["id"])
        kept = stored(delivery) + message_in(delivery)
        for secret in ("MAGIC-5C0FFEE", "IN-URL", "BYPASS-1"):
            assert secret not in kept
        for value in (*(one for one in TOKENS.values() if isinstance(one, bytes)), b"bootstrap", b"rotated"):
            assert base64.b64encode(value).decode() not in kept
    assert UDID in kept


DEEP = b"<plist><dict><key>k</key>" + b"<array>" * 40 + b"</array>" * 40 + b"</dict></plist>"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY s SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ("not Base64 SECRET!", "not Base64"),
        (packed(b"<plist><dict><key>Token</key><data>SECRET"), "not a property list"),
        (packed(b"bplist00SECRET"), "binary property list"),
        (packed(b"<plist><string>SECRET</string></plist>"), "no dictionary"),
        (packed(b"<plist><dict><key>SECRET</key><integer>x</integer></dict></plist>"), "not a property list"),
        (packed(ENTITY + b"<plist><dict><key>SECRET</key><string>&s;</string></dict></plist>"), "entity"),
        (packed(DEEP), "deeper than"),
        (packed(b"<plist>" + b" " * 5_000_000 + b"</plist>"), "larger than"),
        (["SECRET"], "as Base64"),
    ],
    ids=["base64", "cut off", "binary", "a text", "a number", "an entity", "deep", "large", "a list"],
)
def test_a_message_that_cannot_be_searched_is_not_stored(
    sender: Callable[..., Sender], payload: Any, reason: str
) -> None:
    body = check_in("TokenUpdate", {}) | {"checkin_event": {"udid": UDID, "raw_payload": payload}}
    delivery = sender("nanomdm").push(body)
    kept = stored(delivery)
    assert "SECRET" not in kept
    assert "U0VDUkVU" not in kept
    assert len(kept) < 600
    (error,) = delivery.problems[0]["errors"]
    assert error["field"] == "checkin_event.raw_payload"
    assert reason in error["message"]


def test_whole_numbers_that_no_list_can_hold_are_not_stored() -> None:
    huge = b"<plist><dict><key>N</key><integer>%d</integer><key>Token</key><data>AA==</data></dict></plist>"
    removed = plists.without_secrets(packed(huge % 10**30))
    assert set(removed) == {"removed", "size_bytes", "sha256"}


def test_a_strange_message_is_read_or_rejected() -> None:
    adapter = ADAPTERS["nanomdm"]
    for said in ({"QueryResponses": INFORMATION}, {"SecurityInfo": SECURITY}):
        for message in strange(said):
            try:
                body = connect(**message)
            except (TypeError, ValueError, OverflowError):
                continue  # nothing that a list can hold
            read = adapter.read(json.dumps(body).encode(), "application/json")
            assert len(read.items) == 1


@pytest.mark.parametrize("topic", ["DeclarativeManagement", "GetToken", "SetBootstrapToken", "Later"])
def test_other_topics_are_taken_and_counted(sender: Callable[..., Sender], topic: str) -> None:
    delivery = sender("nanomdm").push(check_in(topic, {"UDID": UDID}))
    assert delivery.notes == {"ignored": {f"mdm.{topic}": 1}}


def test_each_hears_what_it_wants(sender: Callable[..., Sender], settings: Any) -> None:
    settings.MDM_MAX_BACKLOG = 0
    nano, micro = sender("nanomdm"), sender("micromdm")
    assert nano.post(EVENTS[0]).status_code == 200
    assert micro.post(EVENTS[0]).status_code == 202
    assert nano.post(b'{"topic":').status_code == 200
    again = nano.post(EVENTS[0] | {"forwarded": True})
    assert again.status_code == 200
    assert Delivery.objects.filter(source=nano.source).count() == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([1], ""),
        ({"topic": "mdm.Connect"}, "acknowledge_event"),
        (connect(udid=None), "acknowledge_event"),
        (connect() | {"created_at": "yesterday"}, "created_at"),
        (connect(QueryResponses={"UDID": UDID, "WiFiMAC": "x"}), "raw_payload.QueryResponses.WiFiMAC"),
    ],
)
def test_what_cannot_be_read_says_where(sender: Callable[..., Sender], body: Any, field: str) -> None:
    delivery = sender("micromdm").push(body)
    assert outcomes(delivery) == ["rejected"]
    assert delivery.problems[0]["errors"][0]["field"] == field
