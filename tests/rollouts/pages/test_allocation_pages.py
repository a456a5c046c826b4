"""Devices from stock on the allocation page, with what is short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fleet.models import User
from rollouts.models import Tranche, TranchePerson
from tests.factories import DeviceFactory
from tests.rollouts.factories import TranchePersonFactory, allocated


@pytest.fixture
def client(client_of: Callable[[User], Client], it_manager: User) -> Client:
    return client_of(it_manager)


@pytest.fixture
def waiting(tranche: Tranche) -> list[TranchePerson]:
    entitlement = tranche.programme.entitlements.get()
    return TranchePersonFactory.create_batch(3, tranche=tranche, entitlement=entitlement)


def test_stock_is_allocated_and_the_rest_is_short(
    client: Client, tranche: Tranche, waiting: list[TranchePerson]
) -> None:
    entitlement = waiting[0].entitlement
    assert entitlement is not None
    DeviceFactory.create_batch(2, organisation=tranche.programme.organisation, model=entitlement.device_model)
    url = f"/tranches/{tranche.pk}/allocation/"
    assert "1 more device is needed" in client.get(url).content.decode()
    response = client.post(f"{url}allocate/", follow=True)
    assert "2 devices were allocated. 1 more is needed" in response.content.decode()
    assert tranche.people.filter(state="allocated").count() == 2


def test_one_device_is_one_device(client: Client, tranche: Tranche, waiting: list[TranchePerson]) -> None:
    entitlement = waiting[0].entitlement
    assert entitlement is not None
    DeviceFactory(organisation=tranche.programme.organisation, model=entitlement.device_model)
    response = client.post(f"/tranches/{tranche.pk}/allocation/allocate/", follow=True)
    assert "1 device was allocated. 2 more are needed" in response.content.decode()


def test_an_allocated_device_is_issued_to_somebody_else_with_a_tick(
    client: Client, tranche: Tranche, waiting: list[TranchePerson]
) -> None:
    keeps, other = waiting[0], waiting[1].staff_member
    device = DeviceFactory(organisation=tranche.programme.organisation)
    url = f"/devices/{device.pk}/custody/"
    assert "despite_reservation" not in client.get(url).content.decode()
    allocated(keeps, device)
    assert f"It is kept for {keeps.staff_member} by {tranche}." in client.get(url).content.decode()
    today = timezone.localdate()
    issue = {"kind": "issued", "holder": other.staff_number, "at_day": today.day, "at_month": today.month}
    refused: Any = client.post(url, {**issue, "at_year": today.year})
    assert list(refused.context["form"].errors) == ["despite_reservation"]
    client.post(url, {**issue, "at_year": today.year, "despite_reservation": "on"})
    device.refresh_from_db()
    assert device.holder == other


def test_its_numbers_add_up_to_the_people(
    client: Client, tranche: Tranche, waiting: list[TranchePerson]
) -> None:
    TranchePersonFactory(tranche=tranche, state="handed_over")
    TranchePersonFactory(tranche=tranche, state="deferred")
    response: Any = client.get(f"/tranches/{tranche.pk}/allocation/")
    cards = response.context["cards"]
    assert [card.value for card in cards] == ["3", "0", "1"]
    assert [client.get(card.url).context["matched"] for card in cards] == [3, 0, 1]


def test_people_without_an_entitlement_are_said(client: Client, tranche: Tranche) -> None:
    TranchePersonFactory(tranche=tranche)
    text = client.get(f"/tranches/{tranche.pk}/allocation/").content.decode()
    assert "1 person has no entitlement" in text
