"""Usage by line, person and device against allowances, lines that nobody uses, and forecasts."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fleet.filters.usage import PersonUsageFilter
from fleet.models import Line, LinePairing, Organisation, SimPairing, UsageForecast, User
from fleet.services.usage.forecasting import make_forecasts
from fleet.services.usage.pushed import take_usage
from fleet.services.usage.unused import unused_for
from tests.factories import (
    DeviceFactory,
    LineFactory,
    MdmSourceFactory,
    SimFactory,
    StaffMemberFactory,
    TariffFactory,
    UsageRecordFactory,
)

pytestmark = pytest.mark.django_db

GB = 1_000_000_000
JANUARY, FEBRUARY, MARCH, APRIL = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def rows_of(client: Client, name: str, **params: str) -> list[dict[str, str]]:
    answer: Any = client.get(reverse(name), params | {"format": "csv"})
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@pytest.fixture
def manager(it_manager: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(it_manager)


def test_page_csv_and_api_agree_on_a_person(
    manager: Client, it_manager: User, api_of: Callable[[User], Any], department: Organisation
) -> None:
    person = StaffMemberFactory(organisation=department, name="Ada Marsh")
    tariff = TariffFactory(organisation=department)
    for size in (GB, GB // 2):
        line = LineFactory(organisation=department, holder=person, tariff=tariff)
        UsageRecordFactory(line=line, data_bytes=size, charge_pence=250)
        UsageRecordFactory(line=line, data_bytes=7 * size, origin="device")
        UsageRecordFactory(line=line, data_bytes=1, period_start=dt.date(2025, 12, 1))
    [row] = rows_of(manager, "fleet:usage-people")
    assert (row["data"], row["allowance"], row["share"]) == (str(3 * GB // 2), str(2 * GB), "75")
    assert (row["charge"], row["lines_used"]) == ("500", "2")
    [told] = api_of(it_manager).get("/api/v1/usage/people/").json()["results"]
    assert (told["data_bytes"], told["share"], told["charge_pence"]) == (3 * GB // 2, 75, 500)
    page = manager.get(reverse("fleet:usage-people")).content.decode()
    assert "Ada Marsh" in page
    assert "75%" in page
    # as whoever describes the API does
    assert "2025-12-01" not in dict(PersonUsageFilter.base_filters["month"].field.choices)
    [december] = rows_of(manager, "fleet:usage-people", month="2025-12-01")
    assert december["data"] == "2"


def linked(page: str, text: str) -> str:
    """The address that a figure on a page leads to."""
    found = re.search(rf'href="([^"]*)"[^>]*>{text}</a>', page)
    assert found, text
    return html.unescape(found[1])


def test_each_sum_leads_to_the_months_of_lines_that_it_adds_up(
    manager: Client, department: Organisation
) -> None:
    person = StaffMemberFactory(organisation=department, name="Ada Marsh")
    device = DeviceFactory(organisation=department)
    for texts in (3, 4):
        sim = SimFactory(organisation=department, device=device)
        line = LineFactory(organisation=department, holder=person, sim=sim)
        LinePairing.objects.filter(line=line).update(from_at=at(JANUARY))
        SimPairing.objects.filter(sim=sim).update(from_at=at(JANUARY))
        for other in ({}, {"origin": "device"}, {"period_start": FEBRUARY, "data_bytes": 0}):
            UsageRecordFactory(line=line, texts=texts, **other)
    UsageRecordFactory(line=LineFactory(organisation=department), texts=50)
    for name in ("fleet:usage-people", "fleet:usage-devices"):
        page = manager.get(reverse(name), {"month": "2026-01-01"}).content.decode()
        url = linked(page, "7")
        rows = csv.DictReader(
            io.StringIO(b"".join(manager.get(f"{url}&format=csv").streaming_content).decode("utf-8-sig"))  # type: ignore[attr-defined]
        )
        assert sorted(row["texts"] for row in rows) == ["3", "4"]
        assert ("Ada Marsh" if "people" in name else str(device)) in manager.get(url).content.decode()
    assert manager.get(reverse("fleet:usage-list"), {"holder": "0", "format": "csv"}).status_code == 400


def test_the_month_shown_first_is_the_newest_that_has_any(
    manager: Client, it_manager: User, api_of: Callable[[User], Any], department: Organisation
) -> None:
    """Of February there are figures of nobody's line alone, and of what a device reported."""
    person = StaffMemberFactory(organisation=department, name="Ada Marsh")
    held, pooled = LineFactory(organisation=department, holder=person), LineFactory(organisation=department)
    UsageRecordFactory(line=held)
    UsageRecordFactory(line=pooled, period_start=FEBRUARY)
    UsageRecordFactory(line=held, period_start=FEBRUARY, origin="device", data_bytes=9)
    page = manager.get(reverse("fleet:usage-people")).content.decode()
    assert "January 2026, by the carrier’s figures" in page
    assert "Ada Marsh" in page
    [told] = api_of(it_manager).get("/api/v1/usage/people/").json()["results"]
    assert told["data_bytes"] == GB // 2
    empty = manager.get(reverse("fleet:usage-people"), {"month": "2026-02-01"}).content.decode()
    assert "Nothing matches these filters" in empty
    assert 'name="month"' in empty
    [device] = rows_of(manager, "fleet:usage-people", origin="device")
    assert device["data"] == "9"


def test_months_keep_the_allowance_that_they_had(
    manager: Client, it_manager: User, department: Organisation
) -> None:
    source = MdmSourceFactory(organisation=department)
    tariff = TariffFactory(organisation=department, data_allowance_bytes=GB)
    person = StaffMemberFactory(organisation=department)
    line = LineFactory(organisation=department, msisdn="+447700900001", tariff=tariff, holder=person)
    late = LineFactory(organisation=department, msisdn="+447700900002")

    def push(start: dt.date, size: int) -> None:
        told = {"period_start": start.isoformat(), "data_bytes": size}
        usage = [{**told, "msisdn": one.msisdn} for one in (line, late)]
        take_usage(source=source, body=json.dumps({"usage": usage}).encode())

    push(JANUARY, 2 * GB)
    type(tariff).objects.update(data_allowance_bytes=4 * GB)
    push(JANUARY, 3 * GB)  # corrected
    push(FEBRUARY, 3 * GB)
    told = {row["month"]: row["share"] for row in rows_of(manager, "fleet:usage-list", holder=str(person.pk))}
    assert told == {"2026-01-01": "300", "2026-02-01": "75"}
    [january] = rows_of(manager, "fleet:usage-people", month="2026-01-01")
    assert january["allowance"] == str(GB)
    page = manager.get(reverse("fleet:line-detail", args=[line.pk])).content.decode()
    assert "Above its allowance in 1 of 2 months" in page
    for given in (tariff, TariffFactory(organisation=department, data_allowance_bytes=9 * GB)):
        Line.objects.filter(pk=late.pk).update(tariff=given)
        assert set(late.usage_records.values_list("allowance_bytes", flat=True)) == {4 * GB}


def test_usage_of_nobody_is_no_missing_bill(manager: Client, department: Organisation) -> None:
    UsageRecordFactory(line=LineFactory(organisation=department, holder=None))
    for name, lacking in (("fleet:usage-people", "had a holder"), ("fleet:usage-devices", "in a device")):
        assert lacking in manager.get(reverse(name)).content.decode()


def test_a_device_has_what_was_used_while_the_sim_was_in_it(
    manager: Client, department: Organisation
) -> None:
    first, second = (DeviceFactory(organisation=department, asset_tag=tag) for tag in ("FIRST", "SECOND"))
    sim = SimFactory(organisation=department, device=first)
    line = LineFactory(organisation=department, sim=sim)
    LinePairing.objects.update(from_at=at(JANUARY))
    SimPairing.objects.update(device=first, from_at=at(JANUARY), until_at=at(FEBRUARY))
    SimPairing.objects.create(sim=sim, device=second, from_at=at(FEBRUARY))
    for month, size in ((JANUARY, 10), (FEBRUARY, 20)):
        UsageRecordFactory(line=line, period_start=month, data_bytes=size)
    found = {
        month: [
            (row["asset_tag"], row["data"]) for row in rows_of(manager, "fleet:usage-devices", month=month)
        ]
        for month in ("2026-01-01", "2026-02-01")
    }
    assert found == {"2026-01-01": [("FIRST", "10")], "2026-02-01": [("SECOND", "20")]}
    told = {row["month"]: row["device"] for row in rows_of(manager, "fleet:usage-list")}
    assert told == {"2026-01-01": "FIRST", "2026-02-01": "SECOND"}


def test_above_the_allowance_is_a_filter(manager: Client, department: Organisation) -> None:
    tariff = TariffFactory(organisation=department)
    for size in (GB + 10**8, GB // 2):
        UsageRecordFactory(line=LineFactory(organisation=department, tariff=tariff), data_bytes=size)
    UsageRecordFactory(line=LineFactory(organisation=department), data_bytes=9 * GB)
    [row] = rows_of(manager, "fleet:usage-list", allowed="above")
    assert row["share"] == "110"


def test_a_line_is_unused_only_in_months_that_were_billed(manager: Client, department: Organisation) -> None:
    silent, talking, safety, young = (
        LineFactory(organisation=department, justification=why, starts_on=begun)
        for why, begun in (("", JANUARY), ("", JANUARY), ("safety", JANUARY), ("", MARCH))
    )
    for month in (JANUARY, FEBRUARY, MARCH):
        UsageRecordFactory(line=silent, period_start=month, data_bytes=0)
        UsageRecordFactory(line=talking, period_start=month, data_bytes=0, calls_received=1)
    assert set(unused_for(Line.objects.all(), 3)) == {silent, safety}
    assert set(unused_for(Line.objects.all(), 1)) == {silent, safety, young}
    assert not unused_for(Line.objects.all(), 6).exists()
    [row] = rows_of(manager, "fleet:line-list", unused="3", is_justified="false")
    assert row["msisdn"] == silent.msisdn
    page = manager.get(reverse("fleet:line-detail", args=[talking.pk])).content.decode()
    assert "March 2026" in page


def test_a_forecast_goes_on_at_the_rate_so_far_or_takes_the_mean(department: Organisation) -> None:
    tariff = TariffFactory(organisation=department)
    running, past, early = (LineFactory(organisation=department, tariff=tariff) for _ in range(3))
    UsageRecordFactory(line=running, period_start=APRIL, through_on=dt.date(2026, 4, 10), data_bytes=GB // 2)
    UsageRecordFactory(line=early, period_start=APRIL, through_on=dt.date(2026, 4, 2), data_bytes=GB // 2)
    for month, size in ((dt.date(2025, 12, 1), 9 * GB), (JANUARY, 100), (FEBRUARY, 200), (MARCH, 600)):
        UsageRecordFactory(line=past, period_start=month, data_bytes=size)
    today = dt.date(2026, 4, 12)
    assert make_forecasts(today) == make_forecasts(today) == 2
    found = {
        one.line_id: (one.method, one.n, one.expected_bytes, one.period_start, one.period_end)
        for one in UsageForecast.objects.all()
    }
    end = dt.date(2026, 4, 30)
    assert found == {
        running.pk: ("linear", 10, GB * 3 // 2, APRIL, end),
        past.pk: ("mean", 3, 300, APRIL, end),
    }


def test_who_will_pass_is_held_against_what_came(
    manager: Client, it_manager: User, department: Organisation
) -> None:
    line = LineFactory(organisation=department, tariff=TariffFactory(organisation=department))
    record = UsageRecordFactory(
        line=line, period_start=APRIL, through_on=dt.date(2026, 4, 10), data_bytes=GB // 2
    )
    make_forecasts(dt.date(2026, 4, 10))
    [row] = rows_of(manager, "fleet:usage-forecast", made="newest", expected="above")
    assert (row["share"], row["n"], row["actual_bytes"]) == ("150", "10", "")
    type(record).objects.update(through_on=record.period_end, data_bytes=GB)
    [row] = rows_of(manager, "fleet:usage-forecast", made="over")
    assert row["actual_bytes"] == str(GB)
