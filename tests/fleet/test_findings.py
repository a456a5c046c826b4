"""What a device's page says is worth looking into."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fleet.models import Device
from fleet.services.findings import findings_of
from tests.factories import (
    DeviceFactory,
    DeviceModelFactory,
    HeartbeatFactory,
    IdentityConflictFactory,
    SiteFactory,
    SourceRecordFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def well_kept(**facts: Any) -> Device:
    """Issued, enrolled and seen an hour ago."""
    device = DeviceFactory(issued=True, enrolled=True, **facts)
    HeartbeatFactory(device=device, last_seen_at=timezone.now() - timedelta(hours=1))
    return Device.objects.select_related("heartbeat", "holder", "site", "model").get(pk=device.pk)


def titles(device: Device) -> list[str]:
    return [finding.title for finding in findings_of(device)]


def test_a_device_that_is_well_kept_has_no_findings() -> None:
    assert titles(well_kept()) == []


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ({"enrolment": "unenrolled"}, "Enrolment: unenrolled"),
        ({"compliance": "noncompliant"}, "Not compliant"),
        ({"encrypted": False}, "Not encrypted"),
        ({"passcode": False}, "No passcode set"),
        ({"reported_asset_tag": "OTHER-1"}, "The MDM calls it OTHER-1"),
        ({"user_upn": "somebody@else.example"}, "The MDM says that somebody@else.example uses it"),
    ],
)
def test_each_fact_that_is_wrong_is_named(facts: dict[str, Any], title: str) -> None:
    assert titles(well_kept(**facts)) == [title]


def test_what_is_not_known_is_not_held_against_a_device() -> None:
    assert titles(well_kept(encrypted=None, passcode=None)) == []


def test_silence_is_counted_in_days() -> None:
    device = well_kept()
    device.heartbeat.last_seen_at = timezone.now() - timedelta(days=12, hours=1)
    assert titles(device)[0].startswith("Not seen for 12 days")


def test_a_holder_who_left_still_has_it() -> None:
    device = well_kept()
    device.holder = StaffMemberFactory(leaves_on=TODAY - timedelta(days=1))
    assert titles(device) == [f"{device.holder} is not at work any more"]


def test_a_closed_site_and_an_unsupported_model_are_named_in_stock_too() -> None:
    device = DeviceFactory(
        site=SiteFactory(name="Ash House", closes_on=TODAY),
        model=DeviceModelFactory(supported_until=TODAY - timedelta(days=1)),
    )
    assert [title.split(" on ")[0] for title in titles(device)] == [
        "Ash House is not open today",
        "The maker's support ended",
    ]


def test_identity_in_doubt_is_named() -> None:
    device = DeviceFactory()
    record = SourceRecordFactory(device=device, missing_since=timezone.now())
    IdentityConflictFactory().devices.add(device)
    assert titles(device) == [
        f"Missing from the last complete sync of {record.mdm_source}",
        "A record may belong to it or to another device",
    ]


def test_a_disposed_device_needs_nothing_any_more() -> None:
    assert titles(DeviceFactory(life_cycle="disposed", reported_asset_tag="OTHER-1")) == []
