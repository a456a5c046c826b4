"""What counts as a contradiction, what becomes of it from day to day, and who may accept it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fleet.errors import Conflict, Invalid
from fleet.models import Device, Discrepancy, DiscrepancyCount, Dismissal, Heartbeat, Line, Organisation, User
from fleet.services.reconciliation import KINDS, dismiss, reconcile, take_up
from fleet.services.reconciliation.overview import overview
from fleet.tasks import reconcile as task
from fleet.vocabulary import LifeCycle
from tests.conftest import person_with
from tests.factories import (
    DeliveryFactory,
    DeviceFactory,
    DeviceModelFactory,
    DiscrepancyFactory,
    GrantFactory,
    HeartbeatFactory,
    LineFactory,
    MdmSourceFactory,
    RoleFactory,
    SiteFactory,
    SourceRecordFactory,
    StaffMemberFactory,
    TariffFactory,
    UsageRecordFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
Make = Callable[[Organisation], Device]


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def _in_use(organisation: Organisation, **more: Any) -> Device:
    """Issued, reported by an MDM and seen this morning: nothing contradicts."""
    device = DeviceFactory(organisation=organisation, issued=True, **more)
    SourceRecordFactory(device=device)
    HeartbeatFactory(device=device, last_seen_at=NOW)
    return device


def leaver(organisation: Organisation) -> Device:
    gone = StaffMemberFactory(organisation=organisation, leaves_on=TODAY - timedelta(days=1))
    priced = DeviceModelFactory(organisation=organisation, price_pence=104_900)
    return _in_use(organisation, holder=gone, model=priced)


def closed_site(organisation: Organisation) -> Device:
    shut = SiteFactory(organisation=organisation, closes_on=TODAY)
    return DeviceFactory(organisation=organisation, site=shut)


def unknown_to_mdm(organisation: Organisation) -> Device:
    DeliveryFactory(source=MdmSourceFactory(organisation=organisation))
    return DeviceFactory(organisation=organisation, issued=True)


def silent(organisation: Organisation) -> Device:
    device = _in_use(organisation)
    Heartbeat.objects.filter(device=device).update(last_seen_at=NOW - timedelta(days=30, seconds=1))
    return device


def not_issued(organisation: Organisation) -> Device:
    device = DeviceFactory(organisation=organisation, enrolment="enrolled", user_email="a@dept.example")
    HeartbeatFactory(device=device, last_seen_at=NOW - timedelta(days=29))
    return device


def other_user(organisation: Organisation) -> Device:
    StaffMemberFactory(organisation=organisation, upn="Ada@Dept.Example")
    return _in_use(organisation, user_upn="ada@dept.example")


def personal(organisation: Organisation) -> Device:
    return _in_use(organisation, ownership="personal", enrolment="enrolled")


def unsupported(organisation: Organisation) -> Device:
    old = DeviceModelFactory(
        organisation=organisation, supported_until=TODAY - timedelta(days=1), price_pence=1
    )
    return _in_use(organisation, model=old)


def ghost(organisation: Organisation) -> Line:
    line = LineFactory(organisation=organisation, holder=StaffMemberFactory(organisation=organisation))
    UsageRecordFactory(line=line, charge_pence=1_200, data_bytes=1)
    return line


def unassigned(organisation: Organisation) -> Line:
    return LineFactory(
        organisation=organisation, tariff=TariffFactory(organisation=organisation, rental_pence=900)
    )


def line_of_leaver(organisation: Organisation) -> Line:
    gone = StaffMemberFactory(organisation=organisation, leaves_on=TODAY - timedelta(days=1))
    return LineFactory(organisation=organisation, on_sim=True, holder=gone)


def unused(organisation: Organisation) -> Line:
    """On a SIM in a device, billed for a long time, of which nothing was used for three months."""
    old = dt.date(2025, 1, 1)
    lines = [
        LineFactory(organisation=organisation, on_sim=True, starts_on=old, justification=why)
        for why in ("", "safety")
    ]
    for line in lines:
        for month in range(9, 13):
            UsageRecordFactory(
                line=line, period_start=dt.date(2025, month, 1), data_bytes=1 if month == 9 else 0
            )
    return lines[0]


@pytest.mark.parametrize("make", [ghost, unassigned, line_of_leaver, unused])
def test_each_kind_finds_its_line_and_no_other(
    make: Callable[[Organisation], Line], department: Organisation, council: Organisation
) -> None:
    LineFactory(organisation=department, on_sim=True)
    line = make(department)
    make(council)
    reconcile(organisation=department)
    found = Discrepancy.objects.exclude(device__isnull=False)
    assert [(one.kind, one.line) for one in found] == [(make.__name__, line)]
    expected = {"ghost": 1_200, "unassigned": 900}
    assert found.get().pence_at_stake == expected.get(make.__name__)


def test_who_sees_lines_alone_sees_what_is_about_lines(
    department: Organisation, it_manager: User, client_of: Any, api_of: Any
) -> None:
    unassigned(department)
    closed_site(department)
    reconcile(organisation=department)
    role = RoleFactory(permissions=["lines.view", "lines.manage"])
    grant = GrantFactory(organisation=department, role=role)
    client = client_of(grant.user)
    assert client.get(reverse("fleet:reconciliation")).status_code == 200
    rows = client.get(reverse("fleet:discrepancy-list")).context["table"].rows
    assert [row.kind for row in rows] == ["unassigned"]
    body = {"reason": "It comes back", "until": "2026-03-09"}
    about_line, about_device = (Discrepancy.objects.get(kind=one) for one in ("unassigned", "closed_site"))
    api = api_of(grant.user)
    assert api.post(reverse("api-discrepancy-dismiss", args=[about_device.pk]), body).status_code == 404
    assert api.post(reverse("api-discrepancy-dismiss", args=[about_line.pk]), body).status_code == 200
    assert client.get(reverse("fleet:discrepancy-detail", args=[about_line.pk])).status_code == 200


@pytest.mark.parametrize(
    "make",
    [leaver, closed_site, unknown_to_mdm, silent, not_issued, other_user, personal, unsupported],
)
def test_each_kind_finds_its_device_and_no_other(
    make: Make, department: Organisation, council: Organisation
) -> None:
    _in_use(department)
    device = make(department)
    make(council)
    reconcile(organisation=department)
    assert [(one.kind, one.device) for one in Discrepancy.objects.all()] == [(make.__name__, device)]


def test_devices_with_one_wifi_address_are_all_found(department: Organisation) -> None:
    twins = {DeviceFactory(organisation=department, wifi_mac="c0a600112234").pk for _ in range(2)}
    DeviceFactory(organisation=department, wifi_mac="c0a600112234", life_cycle=LifeCycle.DISPOSED)
    DeviceFactory(organisation=department, wifi_mac="c0a600112235")
    reconcile(organisation=department)
    assert set(Discrepancy.objects.values_list("kind", "device")) == {("duplicate", pk) for pk in twins}


def test_the_user_that_the_mdm_names_stands_beside_the_holder(department: Organisation) -> None:
    device = other_user(department)
    reconcile(organisation=department)
    found = Discrepancy.objects.get()
    assert found.other_person is not None
    assert (found.person, found.other_person.upn) == (device.holder, "Ada@Dept.Example")


def test_without_any_mdm_nothing_is_unknown_to_it(department: Organisation) -> None:
    DeviceFactory(organisation=department, issued=True)
    MdmSourceFactory(organisation=department)
    assert not any(reconcile(organisation=department).values())


def test_what_was_mended_is_gone_and_what_stays_keeps_its_day(department: Organisation) -> None:
    mended, kept = closed_site(department), leaver(department)
    reconcile(organisation=department)
    Device.objects.filter(pk=mended.pk).update(life_cycle=LifeCycle.DISPOSED)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        reconcile(organisation=department)
    found = Discrepancy.objects.get()
    assert (found.device, found.first_found_at) == (kept, NOW)
    assert found.last_found_at == NOW + timedelta(days=1)
    days = DiscrepancyCount.objects.order_by("day", "kind").values_list("day", "kind", "pence_at_stake")
    assert list(days) == [
        (TODAY, "closed_site", 0),
        (TODAY, "leaver", 104_900),
        (TODAY + timedelta(days=1), "leaver", 104_900),
    ]


def test_comparing_again_changes_nothing(department: Organisation) -> None:
    unsupported(department)
    reconcile(organisation=department)
    before = list(Discrepancy.objects.values()), list(DiscrepancyCount.objects.values_list("day", "found"))
    reconcile(organisation=department)
    assert (
        list(Discrepancy.objects.values()),
        list(DiscrepancyCount.objects.values_list("day", "found")),
    ) == before


def test_it_takes_as_many_queries_for_fifty_as_for_one(department: Organisation) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            reconcile(organisation=department)
        return len(caught)

    closed_site(department)
    one = queries()
    for _ in range(49):
        closed_site(department)
    assert queries() == one
    assert Discrepancy.objects.count() == 50


def _state() -> str:
    rows: Any = Discrepancy.objects.with_state()
    state: str = rows.get().state
    return state


def test_dismissed_until_its_day_and_open_again_after_it(department: Organisation, it_manager: User) -> None:
    found = DiscrepancyFactory(device=closed_site(department))
    dismiss(discrepancy=found, reason="The van comes on Friday.", until=TODAY, by=it_manager)
    assert _state() == "dismissed"
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert _state() == "open"
        dismiss(discrepancy=found, reason="Monday.", until=TODAY + timedelta(days=4), by=it_manager)
        take_up(discrepancy=found)
        assert _state() == "open"
        with pytest.raises(Conflict):
            take_up(discrepancy=found)
    events: Any = Dismissal._meta.get_field("changes").related_model
    labels = events.objects.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update", "update"]


@pytest.mark.parametrize(
    ("reason", "until", "field"),
    [
        ("Later", TODAY - timedelta(days=1), "until"),
        ("Later", TODAY + timedelta(days=367), "until"),
        ("  ", TODAY, "reason"),
    ],
)
def test_a_dismissal_needs_a_reason_and_an_end(
    department: Organisation, it_manager: User, reason: str, until: dt.date, field: str
) -> None:
    found = DiscrepancyFactory(device=closed_site(department))
    with pytest.raises(Invalid) as refused:
        dismiss(discrepancy=found, reason=reason, until=until, by=it_manager)
    assert refused.value.field == field


def test_page_api_and_csv_tell_the_same(
    department: Organisation, it_manager: User, client_of: Any, api_of: Any
) -> None:
    leaver(department)
    unsupported(department)
    past = NOW - timedelta(days=1)
    found = DiscrepancyFactory(device=DeviceFactory(organisation=department), last_found_at=past)
    reconcile(organisation=department)
    assert not Discrepancy.objects.filter(pk=found.pk).exists()
    client, api = client_of(it_manager), api_of(it_manager)
    html = client.get(reverse("fleet:reconciliation")).content.decode()
    assert "£1,049" in html
    told = {line["kind"]: line for line in api.get(reverse("api-reconciliation")).json()["kinds"]}
    assert (told["leaver"]["open"], told["leaver"]["pence_at_stake"]) == (1, 104_900)
    assert (told["unsupported"]["open"], told["unsupported"]["pence_at_stake"]) == (1, 0)
    rows = api.get(reverse("api-discrepancy-list"), {"kind": "unsupported", "state": "open"}).json()[
        "results"
    ]
    assert [row["action"] for row in rows] == ["Plan its replacement"]
    answer = client.get(reverse("fleet:discrepancy-list"), {"format": "csv", "state": "open"})
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(lines) == sum(line["open"] for line in told.values()) == 2


def test_what_no_price_is_known_of_is_not_worth_nothing(
    department: Organisation, it_manager: User, client_of: Any
) -> None:
    client, page = client_of(it_manager), reverse("fleet:reconciliation")
    assert "£0" in [card.value for card in client.get(page).context["cards"]]
    DiscrepancyFactory(device=DeviceFactory(organisation=department), pence_at_stake=None)
    cards = client.get(page).context["cards"]
    assert [card.value for card in cards][:2] == ["1", "Not known"]


def test_prices_of_devices_and_monthly_charges_stand_apart_each_thing_counted_once(
    department: Organisation, it_manager: User, client_of: Any, api_of: Any
) -> None:
    device, line = DeviceFactory(organisation=department), LineFactory(organisation=department)
    for kind in ("leaver", "closed_site"):
        DiscrepancyFactory(device=device, kind=kind, pence_at_stake=104_900)
    for kind in ("ghost", "unassigned"):
        found = DiscrepancyFactory(device=device, kind=kind, subject=f"line:{line.pk}", pence_at_stake=300)
        Discrepancy.objects.filter(pk=found.pk).update(device=None, line=line)
    client = client_of(it_manager)
    cards = client.get(reverse("fleet:reconciliation")).context["cards"]
    assert [card.value for card in cards[:3]] == ["4", "£1,049", "£3 a month"]
    answer = client.get(f"{cards[2].url}&format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [(row["pence_at_stake"], row["stake"]) for row in rows] == [("300", "month")] * 2
    told = api_of(it_manager).get(reverse("api-reconciliation")).json()["at_stake"]
    assert told == [
        {"stake": "device", "pence": 104_900, "counted": 1},
        {"stake": "month", "pence": 300, "counted": 1},
    ]


def test_what_a_role_does_not_show_is_left_out_and_said(
    department: Organisation, client_of: Any, api_of: Any
) -> None:
    keeper = person_with("stock-keeper", department)
    page = client_of(keeper).get(reverse("fleet:reconciliation"))
    assert "Phone lines are left out" in page.content.decode()
    assert "a month" not in " ".join(card.value for card in page.context["cards"])
    told = api_of(keeper).get(reverse("api-reconciliation")).json()["kinds"]
    assert {row["stake"] for row in told} == {"device"}


def test_a_role_at_some_sites_sees_and_dismisses_what_is_there(
    department: Organisation, client_of: Any
) -> None:
    here, there = closed_site(department), closed_site(department)
    lead = person_with("stock-keeper", department)
    assert here.site is not None
    lead.grants.get().sites.add(here.site)
    reconcile(organisation=department)
    assert [line.open for line in overview(lead) if line.kind is KINDS["closed_site"]] == [1]
    client = client_of(lead)
    mine, other = (Discrepancy.objects.get(device=one) for one in (here, there))
    body = {"reason": "On its way", "until_day": "2", "until_month": "3", "until_year": "2026"}
    assert client.post(reverse("fleet:discrepancy-dismiss", args=[other.pk]), body).status_code == 404
    assert client.post(reverse("fleet:discrepancy-dismiss", args=[mine.pk]), body).status_code == 302
    assert Dismissal.objects.get().dismissed_by == lead


def test_the_nightly_task_compares_every_organisation(
    department: Organisation, council: Organisation
) -> None:
    closed_site(department)
    closed_site(council)
    task()
    assert Discrepancy.objects.count() == 2
