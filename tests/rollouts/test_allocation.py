"""Devices from stock for those who wait."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Device, User
from fleet.services.custody import record_custody
from rollouts.models import Tranche, TranchePerson
from rollouts.services.allocation import allocate_devices, stock_needs
from rollouts.services.people import release_allocation
from tests.factories import DeviceFactory, SiteFactory, StaffMemberFactory
from tests.rollouts.factories import TrancheFactory, TranchePersonFactory, allocated, ready_place


def waiting(tranche: Tranche, **staff: object) -> TranchePerson:
    organisation = tranche.programme.organisation
    person = StaffMemberFactory(organisation=organisation, **staff)
    return TranchePersonFactory(
        tranche=tranche, staff_member=person, entitlement=tranche.programme.entitlements.get()
    )


def stock(tranche: Tranche, **fields: object) -> Device:
    entitlement = tranche.programme.entitlements.get()
    fields = {"model": entitlement.device_model, **fields}
    return DeviceFactory(organisation=tranche.programme.organisation, **fields)


def test_own_site_first_then_a_depot_then_anywhere(tranche: Tranche) -> None:
    organisation = tranche.programme.organisation
    home = SiteFactory(organisation=organisation)
    depot = SiteFactory(organisation=organisation, kind="depot")
    places = [waiting(tranche, site=home, name=name) for name in ("Ann", "Bob", "Cat", "Dan")]
    elsewhere, central, here = stock(tranche), stock(tranche, site=depot), stock(tranche, site=home)
    result = allocate_devices(tranche=tranche, by=None)
    given = [TranchePerson.objects.get(pk=place.pk).device for place in places]
    assert given == [here, central, elsewhere, None]
    assert result.allocated == 3
    [short] = result.shortfall
    assert (short.wanted, short.in_stock, short.short) == (1, 0, 1)
    assert tranche.events.get(verb="allocate").note == "3 devices allocated, 1 short."


def test_what_is_allocated_goes_to_somebody_else_only_on_purpose(tranche: Tranche) -> None:
    place = allocated(waiting(tranche, name="Jane Bates"), stock(tranche))
    assert place.device
    other = StaffMemberFactory(organisation=place.device.organisation)
    issue = partial(record_custody, device=place.device, kind="issued", at=timezone.now(), by=None)
    with pytest.raises(Invalid, match=f"It is kept for Jane Bates by {tranche}") as refused:
        issue(holder=other)
    assert refused.value.field == "despite_reservation"
    assert Device.objects.get(pk=place.device.pk).life_cycle == "in_stock"
    assert issue(holder=other, despite_reservation=True).holder == other


def test_what_is_allocated_goes_to_its_person_without_asking(tranche: Tranche) -> None:
    place = allocated(waiting(tranche), stock(tranche))
    assert place.device
    record_custody(device=place.device, kind="issued", at=timezone.now(), holder=place.staff_member, by=None)
    assert Device.objects.get(pk=place.device.pk).holder == place.staff_member


def test_only_what_is_in_stock_of_the_right_model_and_free(tranche: Tranche) -> None:
    place = waiting(tranche)
    stock(tranche, issued=True)
    stock(tranche, life_cycle="in_repair")
    DeviceFactory(organisation=tranche.programme.organisation)
    taken = ready_place(tranche)
    assert taken.device is not None
    assert allocate_devices(tranche=tranche, by=None).allocated == 0
    assert [need.short for need in stock_needs(tranche)] == [1]
    place.refresh_from_db()
    assert place.device is None


def test_a_second_run_changes_nothing(tranche: Tranche) -> None:
    place = waiting(tranche)
    stock(tranche)
    stock(tranche)
    allocate_devices(tranche=tranche, by=None)
    place.refresh_from_db()
    device = place.device
    assert allocate_devices(tranche=tranche, by=None).allocated == 0
    place.refresh_from_db()
    assert place.device == device


def test_a_released_device_is_free_again(tranche: Tranche) -> None:
    place = waiting(tranche)
    allocated(place, stock(tranche))
    release_allocation(person=place, by=None)
    assert (place.state, place.device) == ("planned", None)
    assert [need.short for need in stock_needs(tranche)] == [0]
    with pytest.raises(Conflict):
        release_allocation(person=place, by=None)


def test_a_draft_takes_nothing_from_stock(tranche: Tranche) -> None:
    draft = TrancheFactory(programme=tranche.programme, state="draft")
    with pytest.raises(Conflict, match="needs a tranche that is planned"):
        allocate_devices(tranche=draft, by=None)


def test_an_auditor_allocates_nothing(tranche: Tranche, auditor: User) -> None:
    with pytest.raises(Forbidden):
        allocate_devices(tranche=tranche, by=auditor)


def test_as_many_queries_for_many_people_as_for_few(tranche: Tranche) -> None:
    counts = []
    for people in (2, 30):
        for _ in range(people):
            waiting(tranche)
            stock(tranche)
        with CaptureQueriesContext(connection) as captured:
            assert allocate_devices(tranche=tranche, by=None).allocated == people
        counts.append(len(captured))
    assert counts[0] == counts[1]
