"""Bulk changes through the API: the same checks, count and undo as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from fleet.models import BulkChange, Device, Organisation, StaffMember, User
from tests.factories import DeviceFactory, SiteFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db
DEVICES, PEOPLE = "/api/v1/devices/bulk/", "/api/v1/staff/bulk/"


@pytest.fixture
def api(api_of: Callable[[User], Any], it_manager: User) -> Any:
    return api_of(it_manager)


def test_a_dry_run_says_what_would_happen_and_does_nothing(api: Any, department: Organisation) -> None:
    DeviceFactory(organisation=department)
    DeviceFactory(organisation=department, issued=True)
    asked = {"change": "life-cycle", "value": {"kind": "repaired"}, "filters": {}, "dry_run": True}
    answer = api.post(DEVICES, asked, format="json")
    assert answer.status_code == 200
    assert answer.json() == {
        "matched": 2,
        "changing": 0,
        "unchanged": 1,
        "left_out": 1,
        "reasons": [{"why": "It is issued now.", "count": 1}],
        "fingerprint": answer.json()["fingerprint"],
    }
    assert not BulkChange.objects.exists()


def test_it_is_done_when_the_count_is_right_and_refused_with_the_new_one_when_not(
    api: Any, department: Organisation, it_manager: User
) -> None:
    there = SiteFactory(organisation=department)
    for _ in range(3):
        DeviceFactory(organisation=department)
    DeviceFactory(organisation=department, life_cycle="retired")
    asked = {"change": "site", "value": {"site": there.pk}, "filters": {"life_cycle": ["in_stock"]}}
    wrong = api.post(DEVICES, {**asked, "expected_count": 2}, format="json")
    assert (wrong.status_code, wrong.json()["count"]) == (409, 3)
    assert wrong.json()["errors"][0]["field"] == "expected_count"
    assert not Device.objects.filter(site=there).exists()
    assert not BulkChange.objects.exists()
    done = api.post(DEVICES, {**asked, "expected_count": 3}, format="json")
    assert done.status_code == 201
    assert (done.json()["changed"], done.json()["made_by"]) == (3, it_manager.email)
    assert Device.objects.filter(site=there).count() == 3
    undo = reverse("api-bulk-change-undo", args=[done.json()["id"]])
    assert api.post(undo, {"dry_run": True}, format="json").json()["put_back"] == 3
    assert Device.objects.filter(site=there).count() == 3
    assert api.post(undo, {}, format="json").json() == {
        "put_back": 3,
        "back_already": 0,
        "staying": 0,
        "reasons": [],
    }
    assert api.post(undo, {}, format="json").json()["back_already"] == 3
    assert not Device.objects.filter(site=there).exists()


def test_rows_by_id(api: Any, department: Organisation, council: Organisation) -> None:
    mine, other = (StaffMemberFactory(organisation=department) for _ in range(2))
    theirs = StaffMemberFactory(organisation=council)
    asked = {"change": "group", "value": {"group": "Blue"}, "ids": [mine.pk, theirs.pk], "expected_count": 1}
    assert api.post(PEOPLE, asked, format="json").status_code == 201
    groups = dict(StaffMember.objects.values_list("pk", "group"))
    assert groups == {mine.pk: "Blue", other.pk: "", theirs.pk: ""}


def test_a_fingerprint_of_a_dry_run_is_held_against_what_would_happen(
    api: Any, department: Organisation
) -> None:
    device = DeviceFactory(organisation=department)
    asked = {"change": "life-cycle", "value": {"kind": "retired"}, "filters": {}}
    seen = api.post(DEVICES, {**asked, "dry_run": True}, format="json").json()
    Device.objects.filter(pk=device.pk).update(life_cycle="disposed")
    told = {"expected_count": seen["matched"], "fingerprint": seen["fingerprint"]}
    assert api.post(DEVICES, asked | told, format="json").status_code == 409


def test_asset_tags_come_with_the_request(api: Any, department: Organisation) -> None:
    device = DeviceFactory(organisation=department, serial="AAA111")
    value = {"devices": [{"serial": "aaa111", "new_asset_tag": "NEW-1"}]}
    asked = {"change": "asset-tag", "value": value, "filters": {}, "expected_count": 1}
    assert api.post(DEVICES, asked, format="json").status_code == 201
    assert Device.objects.get(pk=device.pk).asset_tag == "NEW-1"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"value": {"group": "A"}, "expected_count": 1}, "ids"),
        ({"value": {"group": "A"}, "ids": [1], "filters": {}, "expected_count": 1}, "ids"),
        ({"value": {"group": "A"}, "filters": {}}, "expected_count"),
        ({"value": {"group": "A"}, "filters": {"gruop": "B"}, "expected_count": 1}, "filters"),
        ({"value": {"group": "A" * 101}, "filters": {}, "expected_count": 1}, "value.group"),
        ({"value": {"colour": "A"}, "filters": {}, "expected_count": 1}, "value.colour"),
        ({"change": "holder", "value": {}, "filters": {}, "expected_count": 1}, "change"),
    ],
)
def test_what_cannot_be_taken_is_named(
    asked: dict[str, Any], field: str, api: Any, department: Organisation
) -> None:
    answer = api.post(PEOPLE, {"change": "group", **asked}, format="json")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_who_may_record_custody_may_not_change_tags(
    api_of: Callable[[User], Any], engineer: User, auditor: User, department: Organisation
) -> None:
    value = {"devices": [{"serial": "A", "new_asset_tag": "B"}]}
    asked = {"change": "asset-tag", "value": value, "filters": {}, "dry_run": True}
    assert api_of(engineer).post(DEVICES, asked, format="json").status_code == 403
    assert api_of(auditor).post(DEVICES, asked, format="json").status_code == 403
