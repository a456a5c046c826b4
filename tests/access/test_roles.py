"""What a role permits can be changed, by those who answer for everybody who holds it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fleet.errors import Forbidden, Invalid
from fleet.models import Organisation, Role, User
from fleet.services.roles import edit_role
from tests.factories import shipped_role


def edit(role: Role, by: User, *permissions: str) -> None:
    edit_role(role=role, name=role.name, description=role.description, permissions=permissions, by=by)


def test_it_counts_at_once_for_those_who_hold_it(it_manager: User, engineer: User) -> None:
    assert not engineer.access.may("devices.change")
    edit(shipped_role("engineer"), it_manager, "devices.view", "devices.change")
    assert User.objects.get(pk=engineer.pk).access.may("devices.change")


def test_nobody_edits_roles_that_another_organisation_uses_too(
    it_manager: User, council: Organisation
) -> None:
    with pytest.raises(Forbidden):
        edit(shipped_role("engineer"), it_manager, "devices.view")


def test_an_organisation_is_never_left_without_somebody_who_gives_roles(it_manager: User) -> None:
    role = shipped_role("it-manager")
    with pytest.raises(Invalid) as refused:
        edit(role, it_manager, "devices.view")
    assert refused.value.field == "permissions"
    role.refresh_from_db()
    assert "access.manage" in role.permissions


def test_the_page_changes_the_role_and_shows_who_did(
    it_manager: User, client_of: Callable[[User], Client]
) -> None:
    client, role = client_of(it_manager), shipped_role("engineer")
    address = reverse("fleet:role-edit", args=[role.pk])
    sent = {"name": "Field engineer", "description": "", "permissions": ["devices.view", "custody.record"]}
    answer = client.post(address, sent, follow=True)
    assert "Field engineer is changed" in answer.content.decode()
    role.refresh_from_db()
    assert role.permissions == ["custody.record", "devices.view"]
    log = client.get(address).content.decode()
    assert "Change log" in log
    assert str(it_manager) in log


def test_a_role_can_ask_for_a_second_factor(it_manager: User, client_of: Callable[[User], Client]) -> None:
    client, role = client_of(it_manager), shipped_role("engineer")
    address = reverse("fleet:role-edit", args=[role.pk])
    sent = {"name": "Engineer", "description": "", "permissions": ["devices.view"]}
    client.post(address, sent | {"requires_second_factor": "on"})
    role.refresh_from_db()
    assert role.requires_second_factor
    client.post(address, sent)
    role.refresh_from_db()
    assert not role.requires_second_factor


def test_a_permission_that_does_not_exist_is_named(
    it_manager: User, client_of: Callable[[User], Client]
) -> None:
    role = shipped_role("engineer")
    address = reverse("fleet:role-edit", args=[role.pk])
    answer = client_of(it_manager).post(address, {"name": "Engineer", "permissions": ["devices.eat"]})
    assert "What it permits must be one of those listed" in answer.content.decode()
