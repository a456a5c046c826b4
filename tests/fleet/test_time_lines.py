"""An object's page tells its changes, hand-overs, deliveries and decisions in one order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.history import acting
from fleet.models import Device, Organisation, User
from fleet.services.custody import record_custody
from fleet.services.time_lines import PAGE, time_line
from fleet.vocabulary import CustodyKind
from tests.factories import DeliveryFactory, DeviceFactory, MdmSourceFactory, StaffMemberFactory
from tests.queries import queries_of
from tests.rollouts.factories import TranchePersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(department: Organisation, it_manager: User) -> Device:
    device: Device = DeviceFactory(organisation=department, life_cycle="in_stock")
    person = StaffMemberFactory(organisation=department, name="Asha Okoro")
    an_hour_ago = timezone.now() - timedelta(hours=1)
    record_custody(device=device, kind=CustodyKind.ISSUED, at=an_hour_ago, holder=person, by=it_manager)
    delivery = DeliveryFactory(source=MdmSourceFactory(organisation=department))
    with acting(channel="worker", delivery=str(delivery.pk), source="Jamf"):
        Device.objects.filter(pk=device.pk).update(compliance="noncompliant")
    TranchePersonFactory(device=device, staff_member=person)
    return device


def test_all_sorts_stand_in_one_order(device: Device) -> None:
    found = time_line(device)
    assert [one.place for one in found] == sorted((one.place for one in found), reverse=True)
    assert {one.sort for one in found} == {"changes", "deliveries", "custody", "decisions"}
    assert {one.title for one in found} >= {"Issued", "Changed: Compliance"}
    assert any(one.title.startswith("Joined ") for one in found)


def test_a_person_s_tells_what_they_had_and_which_tranche_they_joined(device: Device) -> None:
    device.refresh_from_db()
    found = time_line(device.holder)
    assert {one.sort for one in found} == {"changes", "custody", "decisions"}
    assert any(one.detail.startswith(f"{device} to Asha Okoro") for one in found)


def test_it_is_narrowed_by_sort(device: Device) -> None:
    assert [one.title for one in time_line(device, sort="custody")] == ["Issued"]
    assert [one.title for one in time_line(device, sort="deliveries")] == ["Changed: Compliance"]


def test_pages_neither_repeat_nor_skip(device: Device) -> None:
    for number in range(PAGE + 10):
        Device.objects.filter(pk=device.pk).update(os_build=f"A{number}")
    first = time_line(device)
    rest = time_line(device, before=first[-1].key)
    keys = [one.key for one in first + rest]
    assert len(first) == PAGE
    assert len(keys) == len(set(keys)) == PAGE + 10 + 5


def test_the_page_shows_it_to_those_who_may_read_history(
    device: Device, auditor: User, engineer: User, client_of: Callable[[User], Client]
) -> None:
    url = reverse("fleet:device-detail", args=[device.pk])
    page: Any = client_of(auditor).get(url, {"history": "custody"})
    assert [event.title for event in page.context["history"]] == ["Issued"]
    assert "history" not in client_of(engineer).get(url).context
    for wrong in ({"history": "nonsense"}, {"before": "x"}):
        assert client_of(auditor).get(url, wrong).status_code == 404


def test_the_page_takes_the_same_queries_however_much_happened(
    device: Device, auditor: User, client_of: Callable[[User], Client]
) -> None:
    client, url = client_of(auditor), reverse("fleet:device-detail", args=[device.pk])

    def change(number: int) -> None:
        with acting(channel="page", actor_id=auditor.pk):
            Device.objects.filter(pk=device.pk).update(os_build=f"A{number}")

    change(0)
    one = queries_of(client, url)
    for number in range(1, 15):
        change(number)
    assert queries_of(client, url) == one
