"""Adding and changing facts on pages: what is refused says where and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fleet.models import CustodyEvent, Device, DeviceModel, Organisation, Site, StaffMember, User
from fleet.services.custody import record_custody
from fleet.vocabulary import CustodyKind
from tests.factories import (
    DeviceFactory,
    DeviceModelFactory,
    GrantFactory,
    SiteFactory,
    SourceRecordFactory,
    StaffMemberFactory,
    shipped_role,
)

pytestmark = pytest.mark.django_db
SITE = {"code": "S9", "name": "Cedar House", "kind": "depot"}
PERSON = {"staff_number": "9", "name": "Asha Okoro", "fte": "1", "work_style": "office"}
MODEL = {"manufacturer": "Maker", "name": "Tablet", "platform": "ipados", "form_factor": "tablet"}


def day(name: str, year: int) -> dict[str, str]:
    return {f"{name}_day": "1", f"{name}_month": "2", f"{name}_year": str(year)}


@pytest.fixture
def client(client_of: Callable[[User], Client], it_manager: User) -> Client:
    return client_of(it_manager)


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def test_a_site_is_added_and_shown(client: Client, department: Organisation) -> None:
    response = client.post(reverse("fleet:site-add"), SITE | day("opens_on", 2020), follow=True)
    site = Site.objects.get(organisation=department, code="S9")
    assert response.redirect_chain[-1][0] == reverse("fleet:site-detail", args=[site.pk])
    assert "Cedar House is added." in response.content.decode()


def test_a_person_is_added_with_needs(client: Client) -> None:
    client.post(reverse("fleet:person-add"), PERSON | {"assistive_needs": ["captions", "screen_reader"]})
    assert StaffMember.objects.get(staff_number="9").assistive_needs == ["captions", "screen_reader"]


def test_a_price_in_pounds_is_kept_in_pence(client: Client) -> None:
    client.post(reverse("fleet:model-add"), MODEL | {"price_pence": "£1,049.50"})
    model = DeviceModel.objects.get(name="Tablet")
    assert model.price_pence == 104950
    form = client.get(reverse("fleet:model-edit", args=[model.pk])).content.decode()
    assert 'value="1049.50"' in form


@pytest.mark.parametrize("typed", ["12,5", "1049,50", "1,04,950"])
def test_a_comma_that_parts_no_thousands_is_asked_about(client: Client, typed: str) -> None:
    page = client.post(reverse("fleet:model-add"), MODEL | {"price_pence": typed}).content.decode()
    assert "such as 1,250.50" in page
    assert not DeviceModel.objects.filter(name="Tablet").exists()


def test_a_missing_day_is_asked_for_in_words(client: Client) -> None:
    assert "Enter the day on which the contract starts" in client.post("/contracts/add/").content.decode()


@pytest.mark.parametrize(
    ("url_name", "data", "field", "message"),
    [
        ("site", SITE | {"code": "TAKEN"}, "code", "Code TAKEN is taken by another site, Ash House."),
        ("site", SITE | day("opens_on", 2026) | day("closes_on", 2025), "closes_on", "close after it opens"),
        ("person", PERSON | {"staff_number": "7"}, "staff_number", "is taken by another staff member, Ben"),
        ("person", PERSON | {"fte": "1.5"}, "fte", "more than 0 and at most 1"),
        (
            "person",
            PERSON | day("starts_on", 2026) | day("leaves_on", 2025),
            "leaves_on",
            "on or after the first",
        ),
        ("model", MODEL | {"identifier": "TAKEN,1"}, "identifier", "is taken by another device model"),
        ("device", {"life_cycle": "in_stock"}, "asset_tag", "Enter an asset tag, a serial"),
        (
            "device",
            {"life_cycle": "in_stock", "asset_tag": "TAKEN"},
            "asset_tag",
            "is taken by another device",
        ),
        (
            "device",
            {"life_cycle": "in_stock", "serial": " sn1 "},
            "serial",
            "is taken by another device, TAKEN",
        ),
        ("device", {"life_cycle": "in_stock", "imei": "356938035643800"}, "imei", "Dial *#06#"),
        ("device", {"life_cycle": "issued", "asset_tag": "NEW"}, "life_cycle", "must be one of those listed"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(
    url_name: str, data: dict[str, str], field: str, message: str, client: Client, department: Organisation
) -> None:
    SiteFactory(organisation=department, code="TAKEN", name="Ash House")
    StaffMemberFactory(organisation=department, staff_number="7", name="Ben")
    DeviceModelFactory(organisation=department, identifier="taken,1")
    DeviceFactory(organisation=department, asset_tag="TAKEN", serial="SN1")
    found = errors(client.post(reverse(f"fleet:{url_name}-add"), data))
    assert list(found) == [field]
    assert message in found[field][0]


def test_codes_of_another_organisation_are_free(client: Client, council: Organisation) -> None:
    SiteFactory(organisation=council, code="S9")
    assert client.post(reverse("fleet:site-add"), SITE).status_code == 302


def test_rows_of_another_organisation_are_no_choice(client: Client, council: Organisation) -> None:
    theirs = SiteFactory(organisation=council)
    assert "site" in errors(client.post(reverse("fleet:person-add"), PERSON | {"site": theirs.pk}))


def test_who_works_for_two_organisations_says_for_which(
    client: Client, it_manager: User, department: Organisation, council: Organisation
) -> None:
    GrantFactory(user=it_manager, organisation=council, role=shipped_role("it-manager"))
    assert "organisation" in errors(client.post(reverse("fleet:site-add"), SITE))
    theirs = SiteFactory(organisation=department)
    mixed = SITE | {"organisation": council.pk, "replaced_by": theirs.pk}
    assert "replaced_by" in errors(client.post(reverse("fleet:site-add"), mixed))
    client.post(reverse("fleet:site-add"), SITE | {"organisation": council.pk})
    assert Site.objects.get(code="S9").organisation == council


def test_identifiers_that_an_mdm_reports_cannot_be_changed_here(
    client: Client, department: Organisation
) -> None:
    device = DeviceFactory(organisation=department, serial="SN1")
    SourceRecordFactory(device=device)
    client.post(reverse("fleet:device-edit", args=[device.pk]), {"asset_tag": "NEW", "serial": "SN2"})
    device.refresh_from_db()
    assert (device.asset_tag, device.serial) == ("NEW", "SN1")


def test_custody_is_recorded_for_somebody_named_by_their_address(
    client: Client, department: Organisation, it_manager: User
) -> None:
    device = DeviceFactory(organisation=department)
    person = StaffMemberFactory(organisation=department, email="Asha@dept.example")
    today = dict(zip(("at_year", "at_month", "at_day"), _today(), strict=True))
    url = reverse("fleet:device-custody", args=[device.pk])
    response = client.post(url, {"kind": "issued", "holder": "asha@DEPT.example", **today}, follow=True)
    assert "Issued is recorded of" in response.content.decode()
    event = CustodyEvent.objects.get(device=device)
    assert (event.holder, event.recorded_by) == (person, it_manager)


def test_custody_that_is_refused_says_so_at_its_field(client: Client, department: Organisation) -> None:
    device = DeviceFactory(organisation=department)
    url = reverse("fleet:device-custody", args=[device.pk])
    today = dict(zip(("at_year", "at_month", "at_day"), _today(), strict=True))
    found = errors(client.post(url, {"kind": "issued", "holder": "nobody", **today}))
    assert found["holder"][0].startswith("Nobody has the number or address nobody.")
    assert errors(client.post(url, {"kind": "issued", **today})) == {"holder": ["Say who takes the device."]}


def test_the_second_of_two_people_is_told_what_happened(
    client: Client, department: Organisation, engineer: User
) -> None:
    device = DeviceFactory(organisation=department, issued=True)
    url = reverse("fleet:device-custody", args=[device.pk])
    choices = [str(value) for value, _ in client.get(url).context["form"].fields["kind"].choices]
    assert "returned" in choices
    record_custody(device=device, kind=CustodyKind.RETURNED, at=_now(), by=engineer)
    today = dict(zip(("at_year", "at_month", "at_day"), _today(), strict=True))
    response = client.post(url, {"kind": "returned", **today})
    assert "kind" in errors(response)
    assert Device.objects.get(pk=device.pk).life_cycle == "in_stock"


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _today() -> list[str]:
    local = _now().astimezone()
    return [str(local.year), str(local.month), str(local.day)]
