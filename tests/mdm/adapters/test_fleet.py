"""Fleet's pages of hosts and its webhooks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from fleet.models import Device
from tests.mdm.adapters.conftest import Sender
from tests.mdm.pushes import outcomes

pytestmark = pytest.mark.django_db
MAC = {
    "id": 41,
    "uuid": "6B1F0C52-7A0E-5D5C-9E11-0B3F6C7D8E9F",
    "hardware_serial": "C02ZK2VAQ1GC",
    "hardware_vendor": "Apple Inc.",
    "hardware_model": "MacBookAir10,1",
    "platform": "darwin",
    "os_version": "macOS 14.4.1",
    "build": "23E224",
    "hostname": "press-office",
    "seen_time": "2026-03-02T09:00:00Z",
    "last_enrolled_at": "2026-01-05T08:00:00Z",
    "updated_at": "2026-03-02T09:30:00Z",
    "uptime": 8305000000000,
    "memory": 17179869184,
    "gigs_total_disk_space": 245.11,
    "gigs_disk_space_available": 101.5,
    "percent_disk_space_available": 41,
    "disk_encryption_enabled": True,
    "status": "online",
    "issues": {"failing_policies_count": 0, "total_issues_count": 2},
    "batteries": [{"cycle_count": 310, "health": "Normal"}],
    "device_mapping": [{"email": "b.example@dept.example", "source": "google_chrome_profiles"}],
    "software": [
        {"id": 1, "name": "Firefox.app", "version": "124.0", "source": "apps", "vulnerabilities": None}
    ],
    "mdm": {
        "enrollment_status": "On (automatic)",
        "name": "Fleet",
        "device_status": "unlocked",
        "pending_action": "",
        "encryption_key_available": True,
    },
}
PC = {
    "id": 42,
    "uuid": "4C4C4544-0035-4A10-8052-B7C04F4E3332",
    "hardware_serial": "5J5RN32",
    "hardware_vendor": "Dell Inc.",
    "hardware_model": "Latitude 7440",
    "platform": "windows",
    "os_version": "Windows 11 Pro 23H2 10.0.22631.3296",
    "seen_time": "2026-03-02T09:01:00Z",
    "last_enrolled_at": "0000-00-00T00:00:00Z",
    "disk_encryption_enabled": None,
    "issues": {"failing_policies_count": 3},
    "batteries": [{"health": "Good"}, {"health": "Service recommended"}],
    "mdm": {"enrollment_status": "Off", "device_status": "wiped", "pending_action": ""},
}
CONTAINER = {
    "id": 43,
    "uuid": "392547DC-0000-0000-A87A-D701FF75BC65",
    "hardware_serial": "",
    "platform": "rhel",
    "os_version": "CentOS Linux 7",
    "seen_time": "2026-03-02T09:02:00Z",
    "mdm": {"enrollment_status": None, "device_status": "unlocked", "pending_action": "wipe"},
}
PAGE = {"hosts": [MAC, PC, CONTAINER]}


def activity(name: str, at: str = "10:00:00", **details: Any) -> dict[str, Any]:
    return {
        "timestamp": f"2026-03-02T{at}Z",
        "actor_full_name": "Ada Example",
        "actor_id": 1,
        "actor_email": "a.example@dept.example",
        "type": name,
        "details": details,
    }


ENROLLED = activity(
    "mdm_enrolled",
    host_serial="C02ZK2VAQ1GC",
    host_display_name="Press office",
    installed_from_dep=True,
    mdm_platform="apple",
    enrollment_id=None,
    platform="darwin",
)
FAILING = {
    "timestamp": "2026-03-02T10:00:00Z",
    "policy": {"id": 1, "name": "Is FileVault on?", "critical": True},
    "hosts": [{"id": 41, "hostname": "press-office", "url": "https://fleet.example/hosts/41"}, {"id": 99}],
}
STATUS = {"text": "More than 20 % …", "data": {"unseen_hosts": 2, "total_hosts": 9, "host_ids": [41, 42]}}
EXAMPLES = [
    (json.dumps(one).encode(), "application/json") for one in (PAGE, {"host": MAC}, ENROLLED, FAILING, STATUS)
]


def facts(device: Device, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(device, name) for name in names)


def test_a_page_of_hosts_becomes_devices(sender: Callable[..., Sender]) -> None:
    delivery = sender("fleet").push(PAGE)
    assert outcomes(delivery) == ["created"] * 3
    mac = Device.objects.get(serial="C02ZK2VAQ1GC")
    assert facts(mac, "platform", "os_version", "os_key", "os_build") == (
        "macos",
        "14.4.1",
        [14, 4, 1],
        "23E224",
    )
    assert facts(mac, "reported_model_id", "reported_model") == ("MacBookAir10,1", "")
    assert facts(mac, "enrolment", "ownership", "compliance") == ("enrolled", "organisation", "compliant")
    assert facts(mac, "encrypted", "lost_mode", "wipe") == (True, False, "none")
    assert facts(mac, "storage_total_bytes", "user_email") == (245_110_000_000, "b.example@dept.example")
    assert mac.software == [{"name": "Firefox.app", "version": "124.0"}]
    assert (mac.heartbeat.battery_health, mac.heartbeat.storage_free_bytes) == ("good", 101_500_000_000)
    assert str(mac.heartbeat.last_seen_at) == "2026-03-02 09:00:00+00:00"
    assert {"hostname", "status", "mdm.name"} <= set(delivery.notes["dropped"])
    pc = Device.objects.get(serial="5J5RN32")
    assert facts(pc, "reported_model", "os_version", "enrolled_at") == (
        "Latitude 7440",
        "10.0.22631.3296",
        None,
    )
    assert facts(pc, "enrolment", "compliance", "wipe", "encrypted") == (
        "unenrolled",
        "noncompliant",
        "confirmed",
        None,
    )
    assert pc.heartbeat.battery_health == "service"
    container = Device.objects.get(serial="")
    assert facts(container, "platform", "os_version", "wipe") == ("linux", "7", "issued")
    assert facts(container, "enrolment", "compliance") == ("unknown", "unknown")


@pytest.mark.parametrize("body", [{"host": MAC}, MAC, [MAC], {"hosts": [MAC], "munki_issue": {"id": 1}}])
def test_one_host_comes_in_any_wrapping(sender: Callable[..., Sender], body: Any) -> None:
    sender("fleet").push(body)
    assert Device.objects.get().source_records.get().source_id == "41"


def test_hosts_that_share_a_hardware_id_stay_apart(sender: Callable[..., Sender]) -> None:
    sender("fleet").push({"hosts": [CONTAINER, CONTAINER | {"id": 44}]})
    assert set(Device.objects.values_list("hw_id", flat=True)) == {""}
    assert Device.objects.count() == 2


@pytest.mark.parametrize(
    ("status", "enrolment", "ownership"),
    [
        ("On (manual)", "enrolled", "unknown"),
        ("On (personal)", "enrolled", "personal"),
        ("On (manual - personal)", "enrolled", "personal"),
        ("On (company-owned)", "enrolled", "organisation"),
        ("Pending", "pending", "unknown"),
        ("Something new", "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_what_an_enrolment_status_says(
    sender: Callable[..., Sender], status: Any, enrolment: str, ownership: str
) -> None:
    sender("fleet").push({"host": MAC | {"mdm": {"enrollment_status": status}}})
    assert facts(Device.objects.get(), "enrolment", "ownership") == (enrolment, ownership)


def test_activities_are_events(sender: Callable[..., Sender]) -> None:
    fleet = sender("fleet")
    fleet.push(activity("mdm_unenrolled", "09:00:00", host_id=41))
    assert not Device.objects.exists()
    fleet.push(activity("mdm_unenrolled", "09:00:00", host_serial="C02ZK2VAQ1GC"))
    assert facts(Device.objects.get(), "enrolment", "enrolled_at") == ("unenrolled", None)
    fleet.push(ENROLLED)
    device = Device.objects.get()
    assert facts(device, "enrolment", "ownership", "platform") == ("enrolled", "organisation", "macos")
    assert str(device.enrolled_at) == "2026-03-02 10:00:00+00:00"
    fleet.push({"host": MAC})
    fleet.push(activity("locked_host", "10:10:00", host_id=41, view_pin=True))
    fleet.push(activity("wiped_host", "10:20:00", host_id=41, host_platform="darwin"))
    fleet.push(activity("mdm_unenrolled", "11:00:00", host_serial="C02ZK2VAQ1GC"))
    device = Device.objects.get()
    assert facts(device, "enrolment", "lost_mode", "wipe") == ("unenrolled", True, "issued")
    fleet.push(activity("unlocked_host", "10:30:00", host_id=41))
    fleet.push(activity("failed_wipe", "10:40:00", host_id=41))
    fleet.push(ENROLLED | {"actor_id": 2})  # late
    device = Device.objects.get()
    assert facts(device, "enrolment", "lost_mode", "wipe") == ("unenrolled", False, "none")


def test_a_personal_device_is_known_by_its_enrolment(sender: Callable[..., Sender]) -> None:
    fleet = sender("fleet")
    fleet.push(activity("mdm_enrolled", host_serial="E-77", enrollment_id="E-77", platform="ios"))
    fleet.push({"host": CONTAINER | {"uuid": "E-77", "platform": "ios"}})
    device = Device.objects.get()
    assert facts(device, "serial", "hw_id", "ownership", "platform") == ("", "e-77", "personal", "ios")


def test_a_failing_policy_counts_for_hosts_that_are_known(sender: Callable[..., Sender]) -> None:
    fleet = sender("fleet")
    fleet.push({"host": MAC})
    assert outcomes(fleet.push(FAILING)) == ["updated", "rejected"]
    assert Device.objects.get().compliance == "noncompliant"
    fleet.push({"host": MAC | {"seen_time": "2026-03-02T11:00:00Z"}})
    assert Device.objects.get().compliance == "compliant"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (STATUS, "host status"),
        (
            {"timestamp": "2026-03-02T10:00:00Z", "vulnerability": {"cve": "CVE-1"}, "hosts": []},
            "vulnerability",
        ),
        (activity("created_policy", policy_id=1), "created_policy"),
        (
            activity("mdm_enrolled", host_serial="", mdm_platform="microsoft"),
            "mdm_enrolled that names no host",
        ),
    ],
)
def test_what_says_nothing_of_a_device_is_counted(
    sender: Callable[..., Sender], body: Any, name: str
) -> None:
    delivery = sender("fleet").push(body)
    assert delivery.notes["ignored"] == {name: 1}
    assert delivery.outcomes == ""


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"devices": []}, ""),
        ({"hosts": ["x"]}, "hosts"),
        ({"host": MAC | {"seen_time": "yesterday"}}, "seen_time"),
        ({"host": MAC | {"mdm": {"pending_action": "\x00"}}}, "mdm.pending_action"),
        (activity("wiped_host", host_id="\x00"), "details.host_id"),
        (activity("wiped_host", host_id=41) | {"timestamp": "x"}, "timestamp"),
        (FAILING | {"hosts": [7]}, "hosts[0]"),
    ],
)
def test_what_cannot_be_read_says_where(sender: Callable[..., Sender], body: Any, field: str) -> None:
    delivery = sender("fleet").push(body)
    assert outcomes(delivery) == ["rejected"]
    assert delivery.problems[0]["errors"][0]["field"] == field


def test_it_is_told_to_come_again_in_the_one_way_that_it_knows(
    sender: Callable[..., Sender], settings: Any
) -> None:
    fleet = sender("fleet", way="path")
    url = f"{fleet.address}/{fleet.secret}"
    assert fleet.post(ENROLLED, url=url, Authorization="").status_code == 202
    settings.MDM_MAX_BACKLOG = 0
    assert fleet.post(STATUS, url=url, Authorization="").status_code == 429

    def away(*_: Any) -> Any:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(away):
        assert fleet.post(FAILING, url=url, Authorization="").status_code == 429
    assert fleet.post(b'{"hosts":', url=url, Authorization="").status_code in {202, 429}
