"""Microsoft Intune: what a job passes on of Graph and Event Hub, and the export that a person saves."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fleet.mdm import applying
from fleet.models import Delivery, Device
from tests.mdm.adapters.conftest import Sender
from tests.mdm.pushes import IMEIS, outcomes

pytestmark = pytest.mark.django_db
CSV = "text/csv"
PHONE: dict[str, Any] = {
    "@odata.type": "#microsoft.graph.managedDevice",
    "id": "5b7c2f0e-9b1d-4c55-8a59-0d3c1f7e2a10",
    "userId": "0f0e5a8d-7d51-4c7c-9a63-3a6a6f1f4f11",
    "deviceName": "INSPECTOR-12",
    "managedDeviceOwnerType": "company",
    "managementState": "managed",
    "enrolledDateTime": "2025-09-01T08:00:00.1234567Z",
    "lastSyncDateTime": "2026-03-02T09:41:00Z",
    "operatingSystem": "iOS",
    "osVersion": "17.4.1",
    "complianceState": "inGracePeriod",
    "jailBroken": "False",
    "managementAgent": "mdm",
    "azureADDeviceId": "1e5c2d1a-55e0-4a41-9c53-7a2f5a0f9d01",
    "udid": None,
    "activationLockBypassCode": "7GKN6-W3TLA-49VXZ",
    "emailAddress": "",
    "userPrincipalName": "ada.example@dept.example",
    "userDisplayName": "Ada Example",
    "isSupervised": True,
    "isEncrypted": True,
    "model": "iPad Pro (11-inch)",
    "manufacturer": "Apple",
    "serialNumber": "DMPXK2VAQ1GC",
    "imei": IMEIS[0],
    "meid": "",
    "iccid": None,
    "phoneNumber": "+447700900123",
    "subscriberCarrier": "EE",
    "wiFiMacAddress": "c0a600112234",
    "totalStorageSpaceInBytes": 256_000_000_000,
    "freeStorageSpaceInBytes": 128_000_000_000,
    "complianceGracePeriodExpirationDateTime": "9999-12-31T23:59:59Z",
    "physicalMemoryInBytes": 0,
    "deviceActionResults": [],
}
LAPTOP: dict[str, Any] = {
    "DeviceId": "a4c3f7e2-0a9e-4b0d-8a30-6c1f6d6d2b77",
    "DeviceName": "PRESS-LAPTOP-4",
    "SerialNumber": "PF3XAMPL",
    "Manufacturer": "LENOVO",
    "Model": "20VE",
    "OS": "Windows",
    "OSVersion": "10.0.22631.3296",
    "UPN": "b.example@dept.example",
    "UserEmail": "b.example@dept.example",
    "UserName": "Bob Example",
    "LastContact": "2026-03-02 09:41:00.1234567",
    "CreatedDate": "2025-09-01 08:00:00.0000000",
    "CompliantState": "Compliant",
    "Ownership": "Corporate",
    "DeviceState": "Managed",
    "EncryptionStatusString": "False",
    "SupervisedStatusString": "False",
    "ReferenceId": "3c9e6a52-4a0e-4f43-9d31-1c2f7c0f5e90",
    "StorageTotal": 238990,
    "StorageFree": 190112,
    "IMEI": "",
    "WifiMacAddress": "A87EEA001122",
    "InGracePeriodUntil": "9999-12-31 23:59:59.9999999",
    "JailBroken": "Unknown",
}
RECORD = {
    "time": "2026-03-02T10:00:00.1234000Z",
    "tenantId": "6a1f0f6b-4f0a-4f0e-8a57-2d2e7f0b9d55",
    "category": "Devices",
    "operationName": "Devices",
    "resultType": "None",
    "properties": LAPTOP,
}
PAGE = {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#deviceManagement/managedDevices",
    "@odata.count": 1,
    "value": [PHONE],
    "@odata.nextLink": "https://graph.microsoft.com/v1.0/deviceManagement/managedDevices?$skiptoken=1",
}
ROW: dict[str, str] = {
    "Device ID": LAPTOP["DeviceId"],
    "Device name": "PRESS-LAPTOP-4",
    "Enrollment date": "2025-09-01 08:00:00.0000000",
    "Last check-in": "2026-03-02 09:41:00.0000000",
    "Microsoft Entra Device ID": LAPTOP["ReferenceId"],
    "OS version": "10.0.22631.3296",
    "Serial number": "PF3XAMPL",
    "Manufacturer": "LENOVO",
    "Model": "20VE",
    "IMEI": f"'{IMEIS[1]}",
    "Wi-Fi MAC": "A8:7E:EA:00:11:22",
    "Total storage": "238990",
    "Free storage": "190112",
    "Category": "Laptops",
    "Primary user UPN": "b.example@dept.example",
    "Compliance": "Not compliant",
    "Ownership": "Corporate",
    "Device state": "Managed",
    "Supervised": "No",
    "Encrypted": "Yes",
    "OS": "Windows",
    "Phone number": "'+447700900124",
    "ICCID": "'8944110068031234567",
}


def table(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


# Bodies as they really come, with their content types.
EXAMPLES: list[tuple[bytes, str]] = [
    (json.dumps(PAGE).encode(), "application/json"),
    (json.dumps({"records": [RECORD, RECORD | {"category": "AuditLogs"}]}).encode(), "application/json"),
    (b"\n".join(json.dumps(RECORD).encode() for _ in range(2)), "application/x-ndjson"),
    (table(ROW), CSV),
]


def only() -> Device:
    return Device.objects.get()


def test_a_page_of_graph_becomes_devices(sender: Callable[..., Sender]) -> None:
    delivery = sender("intune").push(PAGE)
    assert outcomes(delivery) == ["created"]
    device = only()
    assert (device.serial, device.imei, device.wifi_mac) == ("DMPXK2VAQ1GC", IMEIS[0], "c0a600112234")
    assert (device.platform, device.os_version) == ("ipados", "17.4.1")
    assert (device.enrolment, device.compliance, device.ownership) == ("enrolled", "grace", "organisation")
    assert (device.supervised, device.encrypted, device.wipe) == (True, True, "none")
    assert (device.user_upn, device.user_name) == ("ada.example@dept.example", "Ada Example")
    assert device.enrolled_at == dt.datetime(2025, 9, 1, 8, 0, 0, 123456, tzinfo=dt.UTC)
    assert device.storage_total_bytes == 256_000_000_000
    assert device.heartbeat.last_seen_at == dt.datetime(2026, 3, 2, 9, 41, tzinfo=dt.UTC)
    assert {"jailBroken", "deviceName"} <= set(delivery.notes["dropped"])
    assert not any("@odata" in name for name in delivery.notes["dropped"])


@pytest.mark.parametrize(
    "body",
    [
        PHONE,
        {"@odata.context": "…/$entity", **PHONE},
        {"value": PHONE},
        [PHONE],
        [PAGE],
        json.dumps(PHONE).encode() + b"\n",
    ],
)
def test_each_shape_holds_the_same_device(sender: Callable[..., Sender], body: Any) -> None:
    sender("intune").push(body)
    assert only().serial == "DMPXK2VAQ1GC"


def test_a_list_takes_nothing_away_that_a_single_device_told(sender: Callable[..., Sender]) -> None:
    intune = sender("intune")
    intune.push(PHONE | {"iccid": "8944110068031234567", "udid": "00008020-000A4D1E0C10802E"})
    later = {"lastSyncDateTime": "2026-03-03T09:41:00Z", "imei": "", "totalStorageSpaceInBytes": 0}
    delivery = intune.push({"value": [PHONE | later | {"isEncrypted": False, "isSupervised": False}]})
    assert outcomes(delivery) == ["unchanged"]
    device = only()
    assert (device.hw_id, device.imei) == ("00008020-000a4d1e0c10802e", IMEIS[0])
    assert (device.sims.get().iccid, device.sims.get().msisdn) == ("8944110068031234567", "+447700900123")
    assert (device.encrypted, device.supervised) == (True, True)


def test_false_counts_once_the_device_has_reported_its_hardware(sender: Callable[..., Sender]) -> None:
    sender("intune").push([PHONE | {"isEncrypted": False, "isSupervised": False}, RECORD])
    told = set(Device.objects.values_list("platform", "encrypted", "supervised"))
    assert told == {("ipados", False, False), ("windows", False, None)}


def test_secrets_are_cut_before_the_body_is_stored(sender: Callable[..., Sender]) -> None:
    acted = [
        {"actionName": "resetPasscode", "actionState": "done", "passcode": "483920"},
        {"actionName": "remoteLock", "actionState": "done", "unlockPin": "192837"},
        {"actionName": "locateDevice", "deviceLocation": {"longitude": -0.12755, "latitude": 51.50722}},
    ]
    sender("intune").push({"value": [PHONE | {"deviceActionResults": acted}]})
    kept = zlib.decompress(Delivery.objects.get().body).decode()
    for secret in ("7GKN6", "483920", "192837", "51.50722"):
        assert secret not in kept
    assert "DMPXK2VAQ1GC" in kept


def test_of_a_table_too_in_any_encoding(sender: Callable[..., Sender]) -> None:
    rows = {"Id": "1", "SerialNumber": "PF3XAMPL", "ActivationLockBypassCode": "7GKN6-W3TLA"}
    sender("intune").push(table(rows, encoding="utf-16"), CSV)
    assert b"7GKN6" not in zlib.decompress(Delivery.objects.get().body)
    assert only().serial == "PF3XAMPL"


@pytest.mark.parametrize(
    ("states", "wipe"),
    [
        (["managed", "wipePending"], "none"),
        (["managed", "wipeIssued"], "issued"),
        (["wipeIssued", "managed"], "issued"),
        (["managed", "wipeIssued", "wipeCanceled"], "none"),
        (["wipeFailed", "wipeIssued"], "none"),
    ],
)
def test_states_between_two_syncs_follow_each_other(
    sender: Callable[..., Sender], states: list[str], wipe: str
) -> None:
    intune = sender("intune")
    for state in states:
        intune.push({"value": [PHONE | {"managementState": state}]})
    assert (only().wipe, only().enrolment) == (wipe, "enrolled")


def test_a_wipe_that_was_done_is_told_by_the_results_alone(sender: Callable[..., Sender]) -> None:
    def done(at: str) -> dict[str, Any]:
        result = {"actionName": "factoryReset", "actionState": "done", "lastUpdatedDateTime": at}
        return PHONE | {"managementState": "wipeIssued", "deviceActionResults": [result]}

    intune = sender("intune")
    intune.push(done("2025-01-01T00:00:00Z"))
    assert only().wipe == "issued"
    intune.push(done("2026-03-02T10:00:00Z"))
    assert only().wipe == "confirmed"
    again = {"id": "another", "lastSyncDateTime": "2026-03-04T08:00:00Z"}
    intune.push(PHONE | again)
    assert (only().wipe, Device.objects.count()) == ("none", 1)


def test_without_a_state_what_is_listed_is_enrolled(sender: Callable[..., Sender]) -> None:
    without = {name: value for name, value in PHONE.items() if name != "managementState"}
    sender("intune").push([without, LAPTOP | {"DeviceState": "Discovered"}])
    assert set(Device.objects.values_list("enrolment", flat=True)) == {"enrolled", "pending"}


def test_records_of_event_hub_are_read_and_others_counted(sender: Callable[..., Sender]) -> None:
    delivery = sender("intune").push({"records": [RECORD, RECORD | {"category": "OperationalLogs"}]})
    assert delivery.notes["ignored"] == {"OperationalLogs": 1}
    device = only()
    assert (device.serial, device.hw_id) == ("PF3XAMPL", LAPTOP["ReferenceId"])
    assert (device.encrypted, device.supervised) == (False, None)
    assert device.storage_total_bytes == 238_990 * 2**20
    assert device.heartbeat.last_seen_at == dt.datetime(2026, 3, 2, 9, 41, 0, 123456, tzinfo=dt.UTC)


def test_what_beta_tells_of_the_hardware_counts_too(sender: Callable[..., Sender]) -> None:
    hardware = {"productName": "iPad13,4", "osBuildNumber": "21E236", "batteryHealthPercentage": 76}
    esim = {"esimIdentifier": "89049032000001000000012345678901", "serialNumber": "OTHER"}
    sender("intune").push(PHONE | {"iccid": "8944110068031234567", "hardwareInformation": hardware | esim})
    device = only()
    assert (device.serial, device.reported_model_id, device.os_build) == (
        "DMPXK2VAQ1GC",
        "iPad13,4",
        "21E236",
    )
    assert device.heartbeat.battery_health == "service"
    assert device.sims.get().eid == "89049032000001000000012345678901"


@pytest.mark.parametrize(
    ("serial", "is_real"),
    [
        ("VMware-564d0123456789ab-cdef0123456789ab", True),
        ("0000-0011-2233-4455-6677-8899-00", True),
        ("0", False),
    ],
)
def test_serials_of_what_is_no_hardware(sender: Callable[..., Sender], serial: str, is_real: bool) -> None:
    none = {"azureADDeviceId": "00000000-0000-0000-0000-000000000000", "operatingSystem": "Windows"}
    sender("intune").push(PHONE | none | {"serialNumber": serial})
    assert (only().serial, only().hw_id) == (serial.upper() if is_real else "", "")


def test_an_export_is_read_by_its_headers(sender: Callable[..., Sender]) -> None:
    delivery = sender("intune").push(table(ROW), CSV)
    assert outcomes(delivery) == ["created"]
    device = only()
    assert (device.serial, device.imei) == ("PF3XAMPL", IMEIS[1])
    assert (device.compliance, device.encrypted, device.supervised) == ("noncompliant", True, None)
    assert (device.wifi_mac, device.user_upn) == ("a87eea001122", "b.example@dept.example")
    assert (device.sims.get().iccid, device.sims.get().msisdn) == ("8944110068031234567", "+447700900124")
    assert delivery.notes["dropped"] == ["Category", "Device name"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_an_export_in_any_form_and_order(
    sender: Callable[..., Sender], delimiter: str, encoding: str
) -> None:
    asked = dict(reversed(list(LAPTOP.items()))) | {"UserName": "Zoë Example"}
    told = {name: str(value) for name, value in asked.items()}
    sender("intune").push(table(told, delimiter=delimiter, encoding=encoding), CSV)
    assert (only().serial, only().user_name) == ("PF3XAMPL", "Zoë Example")


def test_what_a_spreadsheet_has_damaged_is_rejected_row_by_row(sender: Callable[..., Sender]) -> None:
    rows = (
        ROW | {"Device ID": "1", "Serial number": "SN-1", "IMEI": "3.57E+14", "ICCID": ""},
        ROW | {"Device ID": "2", "Serial number": "SN-2", "IMEI": "", "ICCID": "8.94411E+18"},
        ROW | {"Device ID": "3", "Serial number": "SN-3", "IMEI": "", "ICCID": ""},
    )
    shifted = table(*rows) + b"4,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,beyond\r\n"
    delivery = sender("intune").push(shifted, CSV)
    assert outcomes(delivery) == ["rejected", "rejected", "created", "rejected"]
    errors = [problem["errors"][0] for problem in delivery.problems]
    assert [error["field"] for error in errors] == ["IMEI", "ICCID", ""]
    assert "spreadsheet" in errors[0]["message"]
    assert "beyond" in errors[2]["message"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"Name,Size\r\na,b\r\n", "No column names a device"),
        (b"Serial number,Serial number\r\na,b\r\n", "Two columns"),
        (b"Serial number,Model\r\n", "has no rows"),
        (b'Serial number,Model\r\n"a,b\r\n', "cannot be read"),
        (b"\xff\xfe\x00", "neither"),
    ],
)
def test_a_file_of_another_kind_is_refused_as_a_whole(
    sender: Callable[..., Sender], body: bytes, said: str
) -> None:
    response = sender("intune").post(body, CSV)
    assert response.status_code == 400
    assert said in response.json()["detail"]


def test_more_devices_than_a_page_may_have_are_refused(sender: Callable[..., Sender], settings: Any) -> None:
    settings.MDM_MAX_RECORDS = 2
    intune = sender("intune")
    assert intune.post({"value": [PHONE] * 2}).status_code == 202
    assert intune.post({"value": [PHONE] * 3}).status_code == 413
    assert intune.post(table(ROW, ROW, ROW), CSV).status_code == 413
    assert intune.post([{"records": [RECORD]}] * 3).status_code == 413


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"value": [1]}, ""),
        (PHONE | {"lastSyncDateTime": "29/10/2025 08:28"}, "lastSyncDateTime"),
        (RECORD | {"properties": LAPTOP | {"WifiMacAddress": "none"}}, "properties.WifiMacAddress"),
        (RECORD | {"properties": 1}, "properties"),
    ],
)
def test_what_cannot_be_read_says_where(sender: Callable[..., Sender], body: Any, field: str) -> None:
    delivery = sender("intune").push(body)
    assert outcomes(delivery) == ["rejected"]
    assert delivery.problems[0]["errors"][0]["field"] == field


def test_a_long_page_costs_no_more_queries_than_a_short_one(sender: Callable[..., Sender]) -> None:
    def queries(first: int, last: int) -> int:
        none = {"azureADDeviceId": None, "imei": "", "iccid": None}
        page = [PHONE | none | {"id": f"{n}", "serialNumber": f"SN-{n}"} for n in range(first, last)]
        taken = intune.post({"value": page}).json()
        with CaptureQueriesContext(connection) as captured:
            assert applying.apply_delivery(taken["id"])
        return len(captured)

    intune = sender("intune")
    queries(0, 1)
    assert queries(1, 3) == queries(3, 43)
    assert Device.objects.count() == 43
