"""The admin is for those who run the installation; no role opens it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fleet.models import Role, User
from tests.access.world import World
from tests.factories import UserFactory, shipped_role

pytestmark = pytest.mark.django_db


def test_no_role_opens_the_admin(world: World) -> None:
    for name in ("admin:index", "admin:fleet_role_changelist", "admin:fleet_organisation_changelist"):
        for actor in world.pages:
            response = world.ask(actor, "get", reverse(name))
            assert response.status_code == 302, (name, actor)
            assert "/admin/login/" in response["Location"] or "/sign-in/" in response["Location"]


def test_whoever_runs_it_edits_what_a_role_permits(client_of: Callable[[User], Client]) -> None:
    role = shipped_role("engineer")
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    url = reverse("admin:fleet_role_change", args=[role.pk])
    facts = {"key": role.key, "name": role.name, "description": role.description}
    assert client.post(url, facts | {"permissions": ["devices.view"]}).status_code == 302
    assert Role.objects.get(pk=role.pk).permissions == ["devices.view"]
    assert client.post(url, facts | {"permissions": ["no.such"]}).status_code == 200
    assert Role.objects.get(pk=role.pk).permissions == ["devices.view"]


def test_organisations_are_neither_made_nor_removed_there(client_of: Callable[[User], Client]) -> None:
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(reverse("admin:fleet_organisation_changelist")).status_code == 200
    assert client.get(reverse("admin:fleet_organisation_add")).status_code == 403
