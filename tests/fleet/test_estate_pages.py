"""Fleet over time as somebody reads it: every number leads to the devices that it counts."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fleet.models import Device, Organisation, OsSupport, Site, User
from fleet.services.estate import Share, measure
from fleet.services.estate.forecasting import earlier, forecast
from fleet.versions import version_key
from tests.factories import (
    DayCountFactory,
    DeviceFactory,
    DeviceModelFactory,
    GrantFactory,
    MeasuredDayFactory,
    SiteFactory,
    UserFactory,
    shipped_role,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 2, 9, tzinfo=dt.UTC)
TODAY = dt.date(2026, 6, 2)
ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def _device(organisation: Organisation, version: str = "17.4", **more: Any) -> Device:
    given = {"issued": True, "platform": "ipados", **more}
    return DeviceFactory(organisation=organisation, os_version=version, os_key=version_key(version), **given)


@pytest.fixture
def devices(department: Organisation) -> Site:
    """Three at or above 17.4, one below, one unknown; the site given has one of those above."""
    site = SiteFactory(organisation=department)
    model = DeviceModelFactory(organisation=department, price_pence=50_000, supported_until=TODAY)
    _device(department, "17.4", site=site)
    _device(department, "17.10", encrypted=True, model=model, purchased_on=TODAY)
    _device(department, "18", compliance="compliant", enrolled_at=NOW)
    _device(department, "16.9.9")
    _device(department, "")
    DeviceFactory(organisation=department, platform="ipados", os_version="18", os_key=[18])  # in stock
    return site


def _matched(client: Client, url: str) -> int:
    found: int = client.get(url).context["matched"]
    return found


def test_every_number_leads_to_the_devices_that_it_counts(
    client_of: ClientOf, it_manager: User, devices: Site
) -> None:
    client = client_of(it_manager)
    page = client.get(f"{reverse('fleet:estate')}?version=17.4")
    reached, below, unknown, _ = page.context["cards"]
    assert (reached.value, below.value, unknown.value) == ("75% of 4", "1", "1")
    assert [_matched(client, card.url) for card in (reached, below, unknown)] == [3, 1, 1]
    versions = page.context["tables"][0]
    for row in versions.rows:
        assert _matched(client, versions.columns[0].link(row)) == row.count
    for kind in ("compliance", "encryption", "age", "seen", "enrolment"):
        table = client.get(f"{reverse('fleet:estate-groups')}?measure={kind}").context["tables"][0]
        assert sum(row.count for row in table.rows) == 5
        for row in table.rows:
            assert _matched(client, table.columns[0].link(row)) == row.count, row
    table = client.get(reverse("fleet:estate-support")).context["tables"][0]
    assert [(row.devices, row.pence) for row in table.rows if row.supported_until] == [(1, 50_000)]
    assert _matched(client, table.columns[0].link(table.rows[0])) == 1


def test_shares_of_software_lead_to_their_devices(
    client_of: ClientOf, it_manager: User, department: Organisation
) -> None:
    for version in ("131.0", "129", "9.1", ""):
        _device(
            department, software=[{"name": "Chrome", "version": version}, {"name": "NVDA", "version": "130"}]
        )
    measure(organisation=department)
    client = client_of(it_manager)
    page = client.get(f"{reverse('fleet:estate')}?product=Google+Chrome&version=129")
    reached, below, unknown, _ = page.context["cards"]
    assert reached.value == "67% of 3"
    assert [_matched(client, card.url) for card in (reached, below, unknown)] == [2, 1, 1]
    versions = page.context["tables"][0]
    assert [_matched(client, versions.columns[0].link(row)) for row in versions.rows] == [1, 1, 1, 1]
    device = client.get(reverse("fleet:device-detail", args=[Device.objects.earliest("pk").pk]))
    assert [(row.product, row.version) for row in device.context["software"].rows] == [
        ("Google Chrome", "131.0"),
        ("NVDA", "130"),
    ]


def test_a_product_is_followed_under_other_names_or_no_more(
    client_of: ClientOf, it_manager: User, department: Organisation
) -> None:
    _device(department, software=[{"name": "Kiosk Browser 3", "version": "3.1"}])
    client = client_of(it_manager)
    edit = reverse("fleet:estate-software-edit", args=[department.pk])
    assert "freedom scientific jaws" in client.get(f"{edit}?name=jaws").content.decode()
    sent = {"name": "Kiosk browser", "category": "browser", "patterns": "Kiosk Browser*\r\n"}
    assert client.post(edit, sent | {"patterns": "*"}).context["form"].errors["patterns"]
    assert client.post(edit, sent).status_code == 302
    measure(organisation=department)
    table = client.get(reverse("fleet:estate-software")).context["tables"][0]
    row = next(row for row in table.rows if row.name == "Kiosk browser")
    assert _matched(client, table.columns[3].link(row)) == 1
    client.post(edit, sent | {"patterns": ""})
    measure(organisation=department)
    assert not Device.objects.filter(products__isnull=False).exists()


def test_ends_of_os_support_lead_to_the_devices_on_those_versions(
    client_of: ClientOf, it_manager: User, department: Organisation, devices: Site
) -> None:
    client = client_of(it_manager)
    edit = reverse("fleet:estate-support-edit", args=[department.pk])
    day = {"supported_until_day": "14", "supported_until_month": "10", "supported_until_year": "2026"}
    sent = {"platform": "ipados", "version": "17", **day}
    assert client.post(edit, sent).context["form"].errors["source"]
    assert client.post(edit, sent | {"source": "The maker, 1 June 2026"}).status_code == 302
    table = client.get(reverse("fleet:estate-support")).context["tables"][1]
    assert [(row.devices, row.supported_until) for row in table.rows] == [(2, dt.date(2026, 10, 14))]
    assert _matched(client, table.columns[2].link(table.rows[0])) == 2
    client.post(edit, {"platform": "ipados", "version": "17"})
    assert not OsSupport.objects.exists()


def test_a_role_at_some_sites_sees_its_sites_alone(
    client_of: ClientOf, department: Organisation, devices: Site
) -> None:
    measure(organisation=department)
    lead = UserFactory()
    GrantFactory(user=lead, role=shipped_role("site-lead"), organisation=department, sites=[devices])
    page = client_of(lead).get(f"{reverse('fleet:estate')}?version=17.4")
    assert page.context["cards"][0].value == "100% of 1"
    assert [row.n for row in page.context["tables"][-1].rows] == [1]
    elsewhere = SiteFactory(organisation=department)
    page = client_of(lead).get(f"{reverse('fleet:estate')}?site={elsewhere.pk}")
    assert "site" in page.context["form"].errors


def test_the_csv_holds_each_measured_day(
    client_of: ClientOf, it_manager: User, department: Organisation, devices: Site
) -> None:
    measure(organisation=department)
    answer = client_of(it_manager).get(f"{reverse('fleet:estate')}?version=17.4&format=csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert list(csv.DictReader(io.StringIO(text))) == [
        {"day": "2026-06-02", "reached": "3", "below": "1", "unknown": "1", "n": "4", "percent": "75.0"}
    ]


def test_pages_take_as_many_queries_for_many_days_and_versions(
    client_of: ClientOf, it_manager: User, department: Organisation, devices: Site
) -> None:
    client = client_of(it_manager)
    names = ("estate", "estate-groups", "estate-support")

    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(f"fleet:{name}")).status_code == 200
        return len(found)

    def add_day(day: int) -> None:
        on = TODAY - dt.timedelta(days=day)
        MeasuredDayFactory(organisation=department, day=on, measured_at=NOW)
        DayCountFactory(organisation=department, day=on)
        DayCountFactory(organisation=department, day=on, measure="compliance", group="compliant", version="")

    for day in range(2):
        add_day(day)
    few = [queries(name) for name in names]
    for day in range(2, 40):
        add_day(day)
        _device(department, f"17.{day}", model=DeviceModelFactory(organisation=department))
    assert [queries(name) for name in names] == few


def _history(*reached: int, n: int = 1000) -> list[Share]:
    return [Share(TODAY + dt.timedelta(days=day), one, n - one, 0) for day, one in enumerate(reached)]


def test_a_share_that_follows_a_logistic_curve_is_forecast_to_the_day() -> None:
    """From 50 % with a logit that rises by 0.1 a day it is 95 % on the 30th day: ln(19) / 0.1 = 29.4."""
    curve = [round(1000 / (1 + 2.718281828 ** (-0.1 * day))) for day in range(20)]
    found = forecast(_history(*curve), target_percent=95)
    assert found.due_on is not None
    assert abs((found.due_on - (TODAY + dt.timedelta(days=30))).days) <= 1
    assert (found.days, found.n) == (20, 1000)


def test_what_was_said_before_is_held_against_what_came() -> None:
    """A share that rises as forecast and reaches 95 % on the 30th day was forecast rightly."""
    curve = [round(1000 / (1 + 2.718281828 ** (-0.1 * day))) for day in range(36)]
    week, two, *_ = earlier(_history(*curve), target_percent=95)
    assert week.forecast.due_on is not None
    assert two.forecast.due_on is not None
    assert abs((two.forecast.due_on - (TODAY + dt.timedelta(days=30))).days) <= 1
    assert two.reached_on == TODAY + dt.timedelta(days=30)
    assert "reached on 2 July 2026" in two.outcome


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ([], "Nothing is measured"),
        (_history(500, 510, 520), "8 measured days"),
        (_history(*range(10, 26), n=29), "too few"),
        (_history(*[500] * 20), "did not move"),
        (_history(*range(520, 500, -1)), "not rising"),
        (_history(*[500, 560] * 10), "too unevenly"),
        (_history(*[500 + day // 8 for day in range(24)]), "two years"),
        (_history(*range(940, 960)), "reached"),
    ],
)
def test_there_is_no_forecast_where_none_is_sound(history: list[Share], words: str) -> None:
    found = forecast(history, target_percent=95)
    assert found.due_on is None
    assert words in found.words


def test_the_api_gives_the_numbers_of_the_page(
    client_of: ClientOf, it_manager: User, department: Organisation, devices: Site
) -> None:
    measure(organisation=department)
    client = client_of(it_manager)

    def told(name: str, **asked: str) -> Any:
        return client.get(reverse(f"api-estate-{name}"), asked).json()

    shares = told("shares", version="17.4")
    assert shares["today"] == shares["days"][0]
    assert (shares["today"]["reached"], shares["today"]["n"], shares["today"]["percent"]) == (3, 4, 75)
    assert {row["group"]: row["count"] for row in told("groups", measure="encryption")["months"]} == {
        "true": 1,
        "unknown": 4,
    }
    assert [row["devices"] for row in told("support")] == [1] * len(told("support"))
    assert client.get(reverse("api-estate-shares"), {"target": "101"}).status_code == 400


def test_it_says_when_the_first_day_is_measured(client_of: ClientOf, it_manager: User) -> None:
    page = client_of(it_manager).get(reverse("fleet:estate"))
    assert "The first day is measured tonight." in page.content.decode()
    assert "Measure now" in page.content.decode()
