"""The admin is for those who run the installation; no role opens it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fleet.models import Organisation, User
from fleet.web import door
from tests.access.world import World
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of: Callable[[User], Client]) -> Client:
    """Of somebody who has signed in with a second factor."""
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    session = client.session
    session[door.VERIFIED] = True
    session.save()
    return client


def test_no_role_opens_the_admin(world: World) -> None:
    for name in ("admin:index", "admin:fleet_user_changelist", "admin:fleet_organisation_changelist"):
        for actor in world.pages:
            response = world.ask(actor, "get", reverse(name))
            assert response.status_code == 302, (name, actor)
            assert "/admin/login/" in response["Location"] or "/sign-in/" in response["Location"]


def test_it_opens_with_a_second_factor_alone(client_of: Callable[[User], Client]) -> None:
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(reverse("admin:index"))["Location"] == reverse("fleet:second-factor-set-up")


def test_its_sign_in_page_leads_to_ours(staff_user: User, client_of: Callable[[User], Client]) -> None:
    address = reverse("admin:login")
    answer = Client().get(f"{address}?next=/admin/fleet/user/")
    assert answer["Location"] == "/sign-in/?next=%2Fadmin%2Ffleet%2Fuser%2F"
    assert Client().post(address, {"username": "a", "password": "b"})["Location"].startswith("/sign-in/")
    assert client_of(staff_user).get(reverse("admin:index"), follow=True).status_code == 404


def test_its_page_for_a_new_password_leads_to_ours(client: Client) -> None:
    assert client.get(reverse("admin:password_change"))["Location"] == reverse("fleet:password-change")


def test_whoever_runs_it_names_organisations_and_closes_accounts(
    client: Client, department: Organisation, engineer: User
) -> None:
    url = reverse("admin:fleet_organisation_change", args=[department.pk])
    named = {"name": "Ministry of Examples", "kind": "department", "brand_colour": "#00703c"}
    client.post(url, named | {"bank_holidays": "WLS"})
    department.refresh_from_db()
    assert (department.code, department.name) == ("DEPT", "Ministry of Examples")
    client.post(reverse("admin:fleet_user_change", args=[engineer.pk]), {"email": engineer.email, "name": ""})
    engineer.refresh_from_db()
    assert not engineer.is_active


@pytest.mark.parametrize("model", ["organisation", "user"])
def test_rows_are_neither_made_nor_removed_there(client: Client, model: str) -> None:
    assert client.get(reverse(f"admin:fleet_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:fleet_{model}_add")).status_code == 403
