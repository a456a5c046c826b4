"""Planning a programme on its pages: the programme, its entitlements, its lowest versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from fleet.models import Organisation, User
from rollouts.models import Computation, Entitlement, PlatformMinimum, Programme
from tests.factories import DeviceModelFactory, StaffMemberFactory
from tests.rollouts.factories import EntitlementFactory, PlatformMinimumFactory
from tests.rollouts.pages.conftest import Scene

ClientOf = Callable[[User], Client]
PLAN = {
    "name": "Laptops",
    "code": "laptops",
    "goal": "",
    "goal_quantity": "250",
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2027",
    "ends_on_day": "31",
    "ends_on_month": "3",
    "ends_on_year": "2028",
    "classification": "",
    "double_touch_weeks": "8",
    "seen_within_days": "7",
    "facts_stale_after_days": "30",
    "network_mbps_per_head": "0.5",
}


@pytest.fixture
def client(client_of: ClientOf, it_manager: User) -> Client:
    return client_of(it_manager)


def errors(response: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = response.context["form"].errors
    return found


def test_a_programme_is_created(client: Client, department: Organisation) -> None:
    response = client.post("/programmes/new/", {**PLAN, "organisation": department.pk})
    programme = Programme.objects.get(code="laptops")
    assert response["Location"] == f"/programmes/{programme.pk}/"
    assert (programme.organisation, programme.goal_quantity) == (department, 250)


@pytest.mark.parametrize(
    ("field", "values", "message"),
    [
        ("name", {"name": ""}, "Enter the name"),
        ("ends_on", {"ends_on_year": "2026"}, "Ends must be the same as or after Starts."),
        ("goal_quantity", {"goal_quantity": "0"}, "Devices to hand out must be 1 or more"),
        ("seen_within_days", {"seen_within_days": "0"}, "Seen within must be 1 or more."),
        (
            "seen_within_days",
            {"seen_within_days": "40"},
            "Facts are stale after 30 days, so enter 30 or fewer.",
        ),
        ("network_mbps_per_head", {"network_mbps_per_head": "-1"}, "Network per head must be 0 or more."),
        ("code", {"code": "two words"}, "Code must have letters, digits, hyphens and underscores only"),
    ],
)
def test_an_error_names_its_field(
    client: Client, department: Organisation, field: str, values: dict[str, str], message: str
) -> None:
    response = client.post("/programmes/new/", {**PLAN, "organisation": department.pk, **values})
    assert errors(response) == {field: [message]}
    assert not Programme.objects.exists()


def test_a_code_is_used_once(client: Client, programme: Programme) -> None:
    values = {**PLAN, "organisation": programme.organisation_id, "code": programme.code}
    response = client.post("/programmes/new/", values)
    assert errors(response) == {
        "code": [f"Code {programme.code} is taken by another programme; enter another code"]
    }


def test_another_organisation_is_not_on_offer(client: Client, council: Organisation) -> None:
    client.post("/programmes/new/", {**PLAN, "organisation": council.pk})
    assert not Programme.objects.filter(organisation=council).exists()


def around_its_tranches(programme: Programme) -> Programme:
    """With handovers in the time of `PLAN`."""
    days = {"handover_starts_on": date(2027, 5, 3), "handover_ends_on": date(2027, 5, 28)}
    programme.tranches.update(**days)
    return programme


@pytest.mark.parametrize(
    ("field", "day", "message"),
    [
        ("starts_on", date(2027, 5, 4), "Handovers are planned from 3 May 2027."),
        ("ends_on", date(2027, 5, 27), "Handovers are planned until 28 May 2027."),
    ],
)
def test_a_programme_keeps_its_tranches_within(
    client: Client, scene: Scene, field: str, day: date, message: str
) -> None:
    programme = around_its_tranches(scene.programme)
    moved = {f"{field}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    values = {**PLAN, "organisation": programme.organisation_id, **moved}
    response = client.post(f"/programmes/{programme.pk}/edit/", values)
    [said] = errors(response)[field]
    assert said.startswith(message)


def test_a_changed_threshold_makes_readiness_stale(client: Client, scene: Scene) -> None:
    programme = around_its_tranches(scene.programme)
    values = {**PLAN, "organisation": programme.organisation_id, "seen_within_days": "3"}
    client.post(f"/programmes/{programme.pk}/edit/", values)
    assert Programme.objects.get(pk=programme.pk).seen_within_days == 3
    assert Computation.objects.get(pk=scene.tranche.pk).dirty_at is not None


def test_an_entitlement_is_added(client: Client, programme: Programme) -> None:
    model = DeviceModelFactory(organisation=programme.organisation)
    StaffMemberFactory(organisation=programme.organisation, job_role="Valuer")
    values = {
        "user_case": "Valuer",
        "device_model": model.pk,
        "job_roles": ["Valuer"],
        "work_styles": ["mobile"],
        "priority": "20",
    }
    client.post(f"/programmes/{programme.pk}/entitlements/new/", values)
    entitlement = Entitlement.objects.get(programme=programme)
    assert (entitlement.job_roles, entitlement.work_styles) == (["Valuer"], ["mobile"])


def test_a_user_case_and_a_priority_are_used_once(client: Client, programme: Programme) -> None:
    first = EntitlementFactory(programme=programme)
    values = {"user_case": first.user_case, "device_model": first.device_model_id, "priority": first.priority}
    response = client.post(f"/programmes/{programme.pk}/entitlements/new/", values)
    assert set(errors(response)) == {"user_case", "priority"}


def test_an_unused_entitlement_is_deleted(client: Client, programme: Programme) -> None:
    entitlement = EntitlementFactory(programme=programme)
    assert "Delete" in client.get(f"/entitlements/{entitlement.pk}/delete/").content.decode()
    client.post(f"/entitlements/{entitlement.pk}/delete/")
    assert not Entitlement.objects.exists()


def test_a_used_entitlement_stays(client: Client, scene: Scene) -> None:
    entitlement = scene.ready.entitlement
    assert entitlement is not None
    response = client.post(f"/entitlements/{entitlement.pk}/delete/")
    assert response.status_code == 409
    assert "3 people in tranches have this entitlement" in response.content.decode()
    assert Entitlement.objects.filter(pk=entitlement.pk).exists()


def test_a_lowest_version_is_added_changed_and_deleted(client: Client, programme: Programme) -> None:
    client.post(f"/programmes/{programme.pk}/minimums/new/", {"platform": "ipados", "version": "17.4"})
    minimum = PlatformMinimum.objects.get(programme=programme)
    client.post(f"/minimums/{minimum.pk}/edit/", {"platform": "ipados", "version": "18"})
    assert PlatformMinimum.objects.get(pk=minimum.pk).version_key == [18]
    client.post(f"/minimums/{minimum.pk}/delete/")
    assert not PlatformMinimum.objects.exists()


def test_a_version_needs_a_number_and_a_platform_comes_once(client: Client, programme: Programme) -> None:
    PlatformMinimumFactory(programme=programme, platform="ipados")
    response = client.post(
        f"/programmes/{programme.pk}/minimums/new/", {"platform": "ipados", "version": "-1"}
    )
    assert errors(response) == {
        "platform": ["iPadOS has a lowest version already; change that one instead"],
        "version": ["Lowest version must begin with a number, like 17.4"],
    }


def test_a_warning_never_stands_without_words(client: Client, programme: Programme) -> None:
    entitlement = EntitlementFactory(programme=programme)
    html = client.get(f"/entitlements/{entitlement.pk}/delete/").content.decode()
    assert "Warning</span> This cannot be undone." in html
