"""What devices in use are like, counted once a day, and which share runs a version or a later one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fleet.errors import Invalid
from fleet.models import DayCount, Device, DeviceProduct, MeasuredDay, Organisation
from fleet.services.estate import measure, share_on, share_today
from fleet.services.estate.products import follow
from fleet.tasks import measure_estate
from fleet.versions import version_key
from fleet.vocabulary import AgeBand, Measure
from tests.factories import DeviceFactory, DeviceModelFactory, HeartbeatFactory, SiteFactory

pytestmark = pytest.mark.django_db
# A quarter past midnight in London, the day before in UTC.
NOW = dt.datetime(2026, 6, 1, 23, 15, tzinfo=dt.UTC)
TODAY = dt.date(2026, 6, 2)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def _device(organisation: Organisation, version: str = "17.4", **more: Any) -> Device:
    given = {"issued": True, "platform": "ipados", **more}
    return DeviceFactory(organisation=organisation, os_version=version, os_key=version_key(version), **given)


def _counted(measure_: Measure, **more: Any) -> dict[str, int]:
    rows = DayCount.objects.filter(measure=measure_, **more)
    found: dict[str, int] = {}
    for row in rows:
        found[row.group] = found.get(row.group, 0) + row.count
    return found


def test_every_measure_counts_each_device_in_use_once(
    department: Organisation, council: Organisation
) -> None:
    model = DeviceModelFactory(organisation=department, manufacturer="Apple", name="iPad")
    seen = _device(department, model=model, encrypted=True, compliance="compliant", site=SiteFactory())
    HeartbeatFactory(device=seen, last_seen_at=NOW - dt.timedelta(days=8))
    _device(department, version="", encrypted=None)
    DeviceFactory(organisation=department)  # in stock
    _device(council)
    measure(organisation=department)
    for one in set(Measure) - {Measure.PRODUCT}:
        assert sum(_counted(one).values()) == 2, one
    assert _counted(Measure.MODEL)["Apple iPad"] == 1
    assert _counted(Measure.SEEN) == {"30": 1, "never": 1}
    assert _counted(Measure.ENCRYPTION) == {"true": 1, "unknown": 1}
    assert _counted(Measure.COMPLIANCE, site=seen.site) == {"compliant": 1}
    assert set(DayCount.objects.values_list("day", flat=True)) == {TODAY}


def test_age_counts_from_purchase_then_enrolment_and_unknown_stays_apart(department: Organisation) -> None:
    just_three = dt.date(2023, 6, 2)
    _device(department, purchased_on=just_three)
    _device(department, purchased_on=just_three + dt.timedelta(days=1))
    _device(department, enrolled_at=dt.datetime(2019, 1, 1, tzinfo=dt.UTC))
    _device(department)
    measure(organisation=department)
    assert _counted(Measure.AGE) == {
        AgeBand.NEW: 1,
        AgeBand.MIDDLE: 1,
        AgeBand.OLD: 1,
        AgeBand.UNKNOWN: 1,
    }


def test_a_day_measured_again_replaces_its_rows_alone(department: Organisation) -> None:
    _device(department)
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        measure_estate()
    measure_estate()
    Device.objects.update(os_version="18.0", os_key=[18])
    measure_estate(department.pk)
    rows = DayCount.objects.filter(measure=Measure.OS).order_by("day")
    assert [(row.day, row.version) for row in rows] == [
        (TODAY - dt.timedelta(days=1), "17.4"),
        (TODAY, "18.0"),
    ]


def test_missed_days_are_said_to_be_missed_and_nothing_is_made_up(department: Organisation) -> None:
    _device(department)
    with time_machine.travel(NOW - dt.timedelta(days=3), tick=False):
        measure(organisation=department)
    measure(organisation=department)
    days = MeasuredDay.objects.filter(organisation=department)
    assert [(row.day.day, row.measured_at is not None) for row in days] == [
        (30, True),
        (31, False),
        (1, False),
        (2, True),
    ]
    assert {day.day for day in DayCount.objects.values_list("day", flat=True)} == {30, 2}


def test_a_measurement_takes_as_many_queries_for_many_devices(department: Organisation) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            measure(organisation=department)
        return len(found)

    _device(department)
    measure(organisation=department)
    few = queries()
    for n in range(20):
        _device(department, version=f"17.{n}", site=SiteFactory(organisation=department))
    assert queries() == few


def test_shares_compare_versions_number_by_number(department: Organisation) -> None:
    for version in ("17.4.1", "17.10", "17.9", "16", ""):
        _device(department, version=version)
    _device(department, version="12", platform="ios")
    measure(organisation=department)
    devices = Device.objects.filter(organisation=department)
    asked: Any = {"measure": "os", "group": "ipados", "version": "17.9", "day": TODAY}
    now = share_today(devices, **asked)
    assert (now.reached, now.below, now.unknown, now.n, now.percent) == (2, 2, 1, 4, 50)
    counts = DayCount.objects.filter(organisation=department)
    assert share_on(counts, **asked) == now
    asked["day"] = TODAY - dt.timedelta(days=1)
    assert share_on(counts, **asked) is None


def test_followed_software_is_found_by_name_and_its_highest_version_counts(department: Organisation) -> None:
    _device(
        department,
        software=[
            {"name": "Google Chrome", "version": "99.0"},
            {"name": "Google  chrome.app", "version": "131.0.1"},
            {"name": "Notes", "version": "1"},
            {"name": "JAWS 2024"},
        ],
    )
    DeviceFactory(organisation=department, software=[{"name": "Chrome", "version": "98"}])  # in stock
    follow(organisation=department, name="Notes", category="other", patterns=["Notes", ""])
    follow(organisation=department, name="jaws", category="assistive", patterns=[])
    measure(organisation=department)
    found = DeviceProduct.objects.order_by("version").values_list("product", "version")
    assert set(found) == {("Google Chrome", "131.0.1"), ("Google Chrome", "98"), ("Notes", "1")}
    devices = Device.objects.filter(organisation=department)
    asked: Any = {"measure": "product", "group": "Google Chrome", "version": "100", "day": TODAY}
    now = share_today(devices, **asked)
    assert (now.reached, now.n) == (1, 1)
    assert share_on(DayCount.objects.filter(organisation=department), **asked) == now
    with pytest.raises(Invalid, match="too much"):
        follow(organisation=department, name="All", category="other", patterns=["*a"])
