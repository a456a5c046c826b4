"""Finding devices: search, filters, order, CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from fleet.filters import DeviceFilter
from fleet.models import Device, Organisation, User
from fleet.versions import version_key
from tests.factories import DeviceFactory, HeartbeatFactory, SiteFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


def found(**params: Any) -> set[Device]:
    asked = QueryDict(urlencode(params, doseq=True))
    filterset = DeviceFilter(asked, queryset=Device.objects.all())
    assert filterset.form.is_valid(), filterset.form.errors
    return set(filterset.qs)


@pytest.mark.parametrize(
    "text",
    ["rd-04", "RD-0412", "dmpx", "DMPXK2", "356938035643809", "0000aa11", "{0000AA", "asha", "Oko", "oko ash",
     "007700", "asha.okoro@", "AOKORO@up"],
)  # fmt: skip
def test_search_finds_by_the_start_of_any_identifier_or_of_its_holder(
    text: str, department: Organisation
) -> None:
    holder = StaffMemberFactory(
        organisation=department,
        name="Asha Okoro",
        staff_number="007700",
        email="asha.okoro@dept.example",
        upn="aokoro@upn.example",
    )
    wanted = DeviceFactory(
        organisation=department,
        asset_tag="RD-0412",
        serial="DMPXK2VAQ1GC",
        imei="356938035643809",
        hw_id="0000aa11-beef",
        holder=holder,
    )
    DeviceFactory(organisation=department, issued=True)
    assert found(q=text) == {wanted}


@pytest.mark.parametrize("text", ["0412", "koro", "nobody", "'", "%", "_", "& | !", "💡"])
def test_search_takes_any_text_and_finds_nothing_inside_words(text: str, department: Organisation) -> None:
    holder = StaffMemberFactory(organisation=department, name="Asha Okoro", staff_number="7")
    DeviceFactory(organisation=department, asset_tag="RD-0412", serial="DMPX", holder=holder)
    assert found(q=text) == set()


def test_version_filter_compares_number_by_number(department: Organisation) -> None:
    devices = {
        version: DeviceFactory(organisation=department, os_version=version, os_key=version_key(version))
        for version in ("9.3.5", "16.7.10", "17", "17.0.1", "")
    }
    assert found(os_below="17.0") == {devices["9.3.5"], devices["16.7.10"]}


def test_seen_filters_share_out_all_devices(department: Organisation) -> None:
    now = timezone.now()
    by_days = {
        days: HeartbeatFactory(
            device=DeviceFactory(organisation=department), last_seen_at=now - timedelta(days=days)
        ).device
        for days in (1, 8, 31, 91)
    }
    never = DeviceFactory(organisation=department)
    assert found(seen="within-7") == {by_days[1]}
    assert found(seen="not-7") == {by_days[8], by_days[31], by_days[91], never}
    assert found(seen="not-30") == {by_days[31], by_days[91], never}
    assert found(seen="not-90") == {by_days[91], never}
    assert found(seen="never") == {never}


def test_what_is_not_known_is_neither_yes_nor_no(department: Organisation) -> None:
    devices = {
        value: DeviceFactory(organisation=department, encrypted=value) for value in (True, False, None)
    }
    assert found(encrypted="true") == {devices[True]}
    assert found(encrypted="false") == {devices[False]}
    assert found(encrypted="unknown") == {devices[None]}


def test_ticks_of_one_filter_widen_and_filters_narrow(department: Organisation) -> None:
    held = DeviceFactory(organisation=department, issued=True)
    in_stock = DeviceFactory(organisation=department)
    assert found(life_cycle=["issued", "in_stock"]) == {held, in_stock}
    assert found(life_cycle=["issued", "in_stock"], has_holder="true") == {held}
    assert found(has_holder="false") == {in_stock}


def test_a_site_of_another_organisation_is_no_choice(
    it_manager: User, council: Organisation, client_of: Callable[[User], Client]
) -> None:
    response = client_of(it_manager).get(
        reverse("fleet:device-list"), {"site": SiteFactory(organisation=council).pk}
    )
    assert response.status_code == 200
    assert "must be one of those listed" in response.content.decode()


def test_csv_holds_codes_that_an_import_reads(
    department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    device = DeviceFactory(organisation=department, issued=True, asset_tag="=cmd")
    response = client_of(it_manager).get(reverse("fleet:device-list"), {"format": "csv"})
    [row] = csv.DictReader(io.StringIO(response.getvalue().decode()))
    assert row["asset_tag"] == "'=cmd"
    assert device.site
    assert device.holder
    assert device.model
    assert row["site"] == device.site.code
    assert row["holder"] == device.holder.staff_number
    assert (row["model"], row["manufacturer"]) == (device.model.name, device.model.manufacturer)
    assert row["life_cycle"] == "issued"


def test_devices_never_seen_come_last_whichever_way_they_are_sorted(
    department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    now = timezone.now()
    never = DeviceFactory(organisation=department)
    old, new = (
        HeartbeatFactory(
            device=DeviceFactory(organisation=department), last_seen_at=now - timedelta(days=days)
        ).device
        for days in (9, 1)
    )
    client = client_of(it_manager)
    for sort, expected in (("seen", [old, new, never]), ("-seen", [new, old, never])):
        response = client.get(reverse("fleet:device-list"), {"sort": sort})
        assert list(response.context["table"].rows) == expected


def test_status_is_another_name_for_the_life_cycle(
    client_of: Callable[[User], Client], it_manager: User, department: Organisation
) -> None:
    DeviceFactory(organisation=department)
    issued = DeviceFactory(organisation=department, issued=True)
    shown = client_of(it_manager).get(f"{reverse('fleet:device-list')}?status=issued").context
    assert list(shown["table"].rows) == [issued]
    assert [(tag.text, tag.url) for tag in shown["chosen"]] == [("Issued", "?")]


def test_what_is_unknown_says_what_of(
    client_of: Callable[[User], Client], it_manager: User, department: Organisation
) -> None:
    DeviceFactory(organisation=department, enrolment="unknown", compliance="unknown")
    html = client_of(it_manager).get(reverse("fleet:device-list")).content.decode()
    assert "Enrolment unknown" in html
    assert "Compliance unknown" in html
