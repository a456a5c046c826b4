"""Facts over REST: the same rules as on pages, one shape for what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from fleet.models import ApiToken, Device, Organisation, Site, User
from tests.factories import (
    ClassificationFactory,
    DeviceFactory,
    GrantFactory,
    HeartbeatFactory,
    SiteFactory,
    SourceRecordFactory,
    StaffMemberFactory,
    shipped_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(api_of: Callable[[User], Any], it_manager: User) -> Any:
    return api_of(it_manager)


def fields(response: Any) -> list[str]:
    body = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert (body["type"], body["status"]) == ("about:blank", response.status_code)
    assert set(body) == {"type", "title", "status", "detail", "errors"}
    return [error["field"] for error in body["errors"]]


def test_a_device_is_found_by_its_identifiers_however_they_are_spelt(
    api: Any, department: Organisation
) -> None:
    device = DeviceFactory(organisation=department, serial="SN1", imei="356938035643809", hw_id="ab-12")
    HeartbeatFactory(device=device, battery_level=80)
    DeviceFactory(organisation=department)
    for query in ({"serial": " sn1"}, {"imei": "35 693803 564380 9"}, {"hw_id": "{AB-12}"}):
        found = api.get(reverse("api-device-list"), query).json()
        assert [row["id"] for row in found["results"]] == [device.pk], query
    assert found["results"][0]["battery_level"] == 80
    assert api.get(reverse("api-device-list"), {"serial": "0"}).json()["count"] == 0


def test_a_late_page_holds_what_follows_in_order(api: Any, department: Organisation) -> None:
    devices = [DeviceFactory(organisation=department).pk for _ in range(5)]
    first = api.get(reverse("api-device-list"), {"page_size": 2}).json()
    page = api.get(first["next"]).json()
    assert (page["count"], [row["id"] for row in page["results"]]) == (5, devices[2:4])
    assert [row["id"] for row in api.get(page["previous"]).json()["results"]] == devices[:2]
    assert api.get(page["next"]).json()["next"] is None
    assert len(api.get(reverse("api-device-list"), {"page_size": 5000}).json()["results"]) == 5


def test_format_is_a_parameter_like_any_other(api: Any) -> None:
    assert fields(api.get(reverse("api-site-list"), {"format": "csv"})) == ["format"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"code": "S1"}, "name"),
        ({"code": "TAKEN", "name": "Ash"}, "code"),
        ({"code": "S1", "name": "Ash", "kind": "castle"}, "kind"),
        ({"code": "S1", "name": "Ash", "latitude": "90.1"}, "latitude"),
        ({"code": "S1", "name": "Ash", "longitude": "-500"}, "longitude"),
        ({"code": "S1", "name": "Ash", "opens_on": "2026-02-01", "closes_on": "2025-02-01"}, "closes_on"),
        ({"code": "S1", "name": "Ash", "organisation": "SHIRE"}, "organisation"),
    ],
)
def test_what_cannot_be_is_refused_and_named(
    data: dict[str, str], field: str, api: Any, department: Organisation, council: Organisation
) -> None:
    SiteFactory(organisation=department, code="TAKEN")
    response = api.post(reverse("api-site-list"), data)
    assert response.status_code == 400
    assert fields(response) == [field]
    assert not Site.objects.filter(code="S1").exists()


def test_a_row_keeps_its_organisation(api: Any, it_manager: User, council: Organisation) -> None:
    GrantFactory(user=it_manager, organisation=council, role=shipped_role("it-manager"))
    data = {"code": "S1", "name": "Ash"}
    assert fields(api.post(reverse("api-site-list"), data)) == ["organisation"]
    created = api.post(reverse("api-site-list"), data | {"organisation": "SHIRE"}).json()
    url = reverse("api-site-detail", args=[created["id"]])
    assert api.patch(url, {"organisation": "DEPT", "name": "Birch"}).json()["organisation"] == "SHIRE"


def test_rows_of_another_organisation_cannot_be_named(
    api: Any, department: Organisation, council: Organisation
) -> None:
    person, theirs = StaffMemberFactory(organisation=department), SiteFactory(organisation=council)
    response = api.patch(reverse("api-staff-detail", args=[person.pk]), {"site": theirs.pk})
    assert fields(response) == ["site"]


def test_register_facts_change_and_the_others_do_not(api: Any, department: Organisation) -> None:
    device = DeviceFactory(organisation=department)
    url = reverse("api-device-detail", args=[device.pk])
    for name, value in (
        ("life_cycle", "lost"),
        ("holder", 1),
        ("compliance", "compliant"),
        ("colour", "red"),
    ):
        refused = api.patch(url, {"asset_tag": "NEW", name: value})
        assert (refused.status_code, fields(refused)) == (400, [name])
    assert "/custody/" in api.patch(url, {"life_cycle": "lost"}).json()["detail"]
    assert fields(api.post(reverse("api-device-list"), {"asset_tag": "A2", "holder": 1})) == ["holder"]
    read = api.get(url).json()
    assert api.put(url, read | {"asset_tag": "NEW"}).json() == read | {"asset_tag": "NEW"}
    SourceRecordFactory(device=device)
    assert fields(api.patch(url, {"serial": "OTHER"})) == ["serial"]
    assert fields(api.patch(url, {"imei": "1"})) == ["imei"]


def test_custody_is_recorded_and_refused_as_on_the_page(api: Any, department: Organisation) -> None:
    device = DeviceFactory(organisation=department)
    holder = StaffMemberFactory(organisation=department)
    url = reverse("api-device-custody", args=[device.pk])
    assert fields(api.post(url, {"kind": "issued"})) == ["holder"]
    response = api.post(url, {"kind": "issued", "holder": holder.pk})
    assert (response.status_code, response.json()["holder"]) == (201, holder.pk)
    again = api.post(url, {"kind": "issued", "holder": holder.pk})
    assert again.status_code == 409
    assert "is issued now" in again.json()["detail"]
    late = {"kind": "returned", "at": (timezone.now() - timedelta(days=1)).isoformat()}
    assert fields(api.post(url, late)) == ["at"]
    assert [event["kind"] for event in api.get(url).json()["results"]] == ["issued"]
    assert Device.objects.get(pk=device.pk).holder == holder


def test_an_approval_goes_through_its_life(api: Any, department: Organisation) -> None:
    classification = ClassificationFactory(organisation=department)
    data = {
        "platform": "ipados",
        "minimum_version": "17.4",
        "classification": classification.pk,
        "authority": "Board",
        "valid_from": "2026-02-01",
        "conditions": [{"control": "encrypted"}, {"control": "statement", "name": "Briefed."}],
    }
    unnamed = data | {"conditions": [{"control": "encrypted"}, {"control": "software"}]}
    assert fields(api.post(reverse("api-approval-list"), unnamed)) == ["conditions.1.name"]
    approval = api.post(reverse("api-approval-list"), data).json()
    _, statement = approval["conditions"]
    sign = reverse("api-approval-sign", args=[approval["id"], statement["id"]])
    signed = api.post(sign, {"signed_by": "Asha", "signed_on": "2026-02-02"}).json()
    assert signed["conditions"][1]["signed_by"] == "Asha"
    withdraw = reverse("api-approval-withdraw", args=[approval["id"]])
    assert api.post(withdraw).json()["state"] == "withdrawn"
    assert api.post(withdraw).status_code == 409


@pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_a_token_that_has_ended_lets_nobody_in(
    change: dict[str, Any], api: Any, it_manager: User, department: Organisation
) -> None:
    ApiToken.objects.filter(user=it_manager).update(**change)
    response = api.get(reverse("api-site-list"))
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    fields(response)


def test_use_of_a_token_is_noted_once_a_minute(
    api: Any, it_manager: User, django_assert_num_queries: Any
) -> None:
    api.get(reverse("api-site-list"))
    noted = ApiToken.objects.get(user=it_manager).last_used_at
    assert noted is not None
    api.get(reverse("api-site-list"))
    assert ApiToken.objects.get(user=it_manager).last_used_at == noted


def test_an_unknown_filter_is_refused_by_name(api: Any, department: Organisation) -> None:
    DeviceFactory(organisation=department)
    for name in ("api-device-list", "api-role-list", "api-tranche-list"):
        refused = api.get(reverse(name), {"bogus": "1", "sort": "", "page_size": "5"})
        assert (refused.status_code, fields(refused)) == (400, ["bogus"])
    assert api.get(reverse("api-device-list"), {"status": "issued"}).json()["count"] == 0


def test_a_number_of_rows_that_is_none_is_refused(api: Any) -> None:
    for asked in ("many", "0", "-5", ""):
        assert fields(api.get(reverse("api-site-list"), {"page_size": asked})) == ["page_size"]
