"""Contracts: their states, notice and renewal, what Today asks, who sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.decisions import contracts_to_decide
from fleet.errors import Conflict, Invalid
from fleet.models import Contract, Organisation, User
from fleet.services.contracts import give_notice, renew
from tests.factories import ContractFactory, DeviceFactory, DeviceModelFactory
from tests.fleet.test_training import parts

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def contract(*, starts: int = -300, ends: int = 300, notice: int | None = None, **fields: Any) -> Contract:
    """Days from today."""
    return ContractFactory(
        starts_on=TODAY + timedelta(days=starts),
        ends_on=TODAY + timedelta(days=ends),
        notice_by=None if notice is None else TODAY + timedelta(days=notice),
        **fields,
    )


STATES: list[tuple[dict[str, Any], str]] = [
    ({}, "active"),
    ({"starts": 1}, "planned"),
    ({"notice": 61}, "active"),
    ({"notice": 60}, "notice_due"),
    ({"notice": 0}, "notice_due"),
    ({"notice": -1}, "notice_passed"),
    ({"notice": -1, "notice_given_on": TODAY}, "notice_given"),
    ({"ends": 0}, "active"),
    ({"ends": -1}, "ended"),
    ({"ends": -1, "renews_itself": True}, "renewed"),
    ({"ends": -1, "renews_itself": True, "notice_given_on": TODAY}, "ended"),
]


@pytest.mark.parametrize(("terms", "state"), STATES)
def test_states(terms: dict[str, Any], state: str) -> None:
    contract(**terms)
    row: Any = Contract.objects.with_state().get()
    assert row.state == state


@pytest.mark.parametrize(
    ("period", "unit", "expected"),
    [
        (3, "months", date(2027, 11, 29)),
        (30, "days", date(2028, 1, 30)),
        (99, "months", date(2026, 3, 1)),
        (None, "months", None),
    ],
)
def test_notice_is_suggested_from_the_notice_period(
    period: int | None, unit: str, expected: date | None
) -> None:
    row = ContractFactory(
        starts_on=date(2026, 3, 1), ends_on=date(2028, 2, 29), notice_period=period, notice_unit=unit
    )
    assert row.notice_by == expected


def test_today_asks_those_who_decide_and_nobody_else(
    department: Organisation, it_manager: User, auditor: User, stranger: User
) -> None:
    contract(notice=20, title="Phones", organisation=department)
    contract(notice=-3, title="Tablets", renews_itself=True, organisation=department)
    contract(ends=-2, title="Lines", renews_itself=True, organisation=department)
    contract(notice=90, organisation=department)
    asked = {one.what: (one.why, one.due_on) for one in contracts_to_decide(it_manager)}
    ends = f"{TODAY + timedelta(days=300):%-d %B %Y}"
    assert asked == {
        "Give notice or renew: Phones (Telephone company)": (
            f"It ends on {ends}.",
            TODAY + timedelta(days=20),
        ),
        "Give notice or renew: Tablets (Telephone company)": (
            f"It renews itself after {ends}.",
            TODAY - timedelta(days=3),
        ),
        "Record until when Lines (Telephone company) runs now": (
            f"It renewed itself after {TODAY - timedelta(days=2):%-d %B %Y}.",
            TODAY - timedelta(days=2),
        ),
    }
    assert list(contracts_to_decide(auditor)) == list(contracts_to_decide(stranger)) == []


def test_notice_settles_the_decision_once(it_manager: User, client_of: Callable[[User], Client]) -> None:
    row = contract(notice=20)
    client = client_of(it_manager)
    client.post(reverse("fleet:contract-notice", args=[row.pk]), parts("given_on", TODAY))
    row.refresh_from_db()
    assert row.notice_given_on == TODAY
    assert list(contracts_to_decide(it_manager)) == []
    with pytest.raises(Conflict):
        give_notice(contract=row, given_on=TODAY)


@pytest.mark.parametrize("days", [1, -400])
def test_notice_on_a_day_that_cannot_be(days: int) -> None:
    row = contract(notice=20) if days > 0 else contract(starts=-900, ends=-500, renews_itself=True)
    with pytest.raises(Invalid) as refused:
        give_notice(contract=row, given_on=TODAY + timedelta(days=days))
    assert refused.value.field == "given_on"


def test_renewing_moves_the_end_and_the_notice(it_manager: User, client_of: Callable[[User], Client]) -> None:
    row = contract(ends=40, notice=10, notice_period=30, notice_unit="days")
    later = TODAY + timedelta(days=400)
    client_of(it_manager).post(reverse("fleet:contract-renew", args=[row.pk]), parts("ends_on", later))
    row.refresh_from_db()
    assert (row.ends_on, row.notice_by) == (later, later - timedelta(days=30))
    assert list(contracts_to_decide(it_manager)) == []


def test_renewing_takes_back_notice() -> None:
    row = contract(notice=-3, notice_given_on=TODAY)
    renew(contract=row, ends_on=TODAY + timedelta(days=900))
    row.refresh_from_db()
    assert (row.notice_given_on, row.notice_by) == (None, None)


def test_the_second_of_two_who_renew_is_told() -> None:
    row = contract()
    renew(contract=Contract.objects.get(), ends_on=TODAY + timedelta(days=900))
    with pytest.raises(Conflict):
        renew(contract=row, ends_on=TODAY + timedelta(days=950))


@pytest.mark.parametrize(("ends", "notice", "field"), [(300, None, "ends_on"), (400, 401, "notice_by")])
def test_renewing_until_a_day_that_cannot_be(ends: int, notice: int | None, field: str) -> None:
    by = None if notice is None else TODAY + timedelta(days=notice)
    with pytest.raises(Invalid) as refused:
        renew(contract=contract(), ends_on=TODAY + timedelta(days=ends), notice_by=by)
    assert refused.value.field == field


def sent(**more: Any) -> dict[str, Any]:
    days = parts("starts_on", date(2026, 3, 1)) | parts("ends_on", date(2028, 2, 29))
    words = {"title": "Phones", "supplier": "Telephone company", "reference": "C/9"}
    return days | words | {"kind": "connectivity", "notice_unit": "months"} | more


def test_a_contract_is_added_with_the_models_that_it_covers(
    department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    model = DeviceModelFactory(organisation=department, name="Phone 9")
    DeviceFactory.create_batch(2, organisation=department, model=model)
    DeviceFactory(organisation=department, model=model, life_cycle="disposed")
    client = client_of(it_manager)
    response = client.post(
        reverse("fleet:contract-add"),
        sent(device_models=[model.pk], value_pence="7,200.00", owner=it_manager.pk, notice_period="2"),
        follow=True,
    )
    row = Contract.objects.get()
    assert (row.value_pence, row.notice_by, row.owner) == (720_000, date(2027, 12, 29), it_manager)
    assert list(row.device_models.all()) == [model]
    [covered] = response.context["models"].rows
    assert covered["devices"] == 2
    [column] = [one for one in response.context["models"].columns if one.key == "devices"]
    assert client.get(column.link(covered)).context["matched"] == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (parts("ends_on", date(2026, 2, 1)), "The contract must end after it starts."),
        (parts("notice_by", date(2028, 3, 1)), "Notice must be given by the end of the contract."),
        (parts("notice_by", date(2026, 1, 1)), "Notice cannot be due before the contract starts."),
    ],
)
def test_days_out_of_order_are_refused(
    it_manager: User, client_of: Callable[[User], Client], more: dict[str, str], words: str
) -> None:
    response = client_of(it_manager).post(reverse("fleet:contract-add"), sent(**more))
    assert words in response.content.decode()
    assert not Contract.objects.exists()


def test_a_suppliers_reference_is_taken_once(
    department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    ContractFactory(organisation=department, supplier="Telephone company", reference="C/9")
    response = client_of(it_manager).post(reverse("fleet:contract-add"), sent())
    assert "Reference C/9 is taken by another contract" in response.content.decode()


def test_the_list_is_filtered_by_state_and_model(
    department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    due = contract(notice=5, organisation=department, title="Phones")
    contract(organisation=department, title="Tablets")
    model = DeviceModelFactory(organisation=department)
    due.device_models.add(model)
    client = client_of(it_manager)
    for query in ("state=notice_due", f"device_model={model.pk}", "q=phones"):
        response = client.get(f"{reverse('fleet:contract-list')}?{query}")
        assert [row.pk for row in response.context["table"].rows] == [due.pk], query


def test_the_api_keeps_renews_and_ends(
    department: Organisation, coordinator: User, api_of: Callable[[User], Any]
) -> None:
    client = api_of(coordinator)
    model = DeviceModelFactory(organisation=department)
    made = client.post(
        "/api/v1/contracts/",
        {
            "supplier": "Telephone company",
            "reference": "C/9",
            "title": "Phones",
            "starts_on": "2026-01-01",
            "ends_on": "2099-01-01",
            "notice_period": 30,
            "notice_unit": "days",
            "device_models": [model.pk],
            "owner": coordinator.email,
        },
        format="json",
    )
    assert made.status_code == 201, made.data
    assert (made.data["state"], made.data["notice_by"]) == ("active", "2098-12-02")
    url = f"/api/v1/contracts/{made.data['id']}/"
    assert client.patch(url, {"device_models": []}, format="json").data["device_models"] == []
    renewed = client.post(f"{url}renew/", {"ends_on": "2100-01-01"}, format="json")
    assert (renewed.data["ends_on"], renewed.data["notice_by"]) == ("2100-01-01", "2099-12-02")
    assert (
        client.post(f"{url}notice/", {"given_on": str(TODAY)}, format="json").data["state"] == "notice_given"
    )
    assert client.post(f"{url}notice/", {"given_on": str(TODAY)}, format="json").status_code == 409


def test_the_api_refuses_an_owner_without_a_role(
    department: Organisation, coordinator: User, stranger: User, api_of: Callable[[User], Any]
) -> None:
    row = ContractFactory(organisation=department)
    answer = api_of(coordinator).patch(
        f"/api/v1/contracts/{row.pk}/", {"owner": stranger.email}, format="json"
    )
    assert answer.status_code == 400
    assert answer.data["errors"][0]["field"] == "owner"
