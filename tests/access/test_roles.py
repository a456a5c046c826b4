"""What a role permits can be changed, by those who answer for everybody who holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Organisation, Role, User
from fleet.services.invitations import invite
from fleet.services.roles import add_role, edit_role, remove_role
from tests.access import roles_reference
from tests.factories import GrantFactory, RoleFactory, shipped_role


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


def test_an_organisation_makes_a_role_of_its_own(
    it_manager: User, council: Organisation, stranger: User, client_of: Callable[[User], Client]
) -> None:
    client, engineer = client_of(it_manager), shipped_role("engineer")
    add = reverse("fleet:role-add")
    assert "Engineer (copy)" in client.get(add, {"copy": engineer.pk}).content.decode()
    department = it_manager.grants.get().organisation
    sent = {"organisation": department.pk, "name": "Night engineer", "permissions": ["devices.view"]}
    client.post(add, sent)
    role = Role.objects.get(key="dept-night-engineer")
    assert (role.organisation, role.permissions) == (department, ["devices.view"])
    assert "There is a role of this name" in client.post(add, sent).content.decode()
    edit = reverse("fleet:role-edit", args=[role.pk])
    assert client.get(edit).status_code == 200
    for url in (edit, reverse("fleet:role-remove", args=[role.pk])):
        assert client_of(stranger).post(url).status_code == 404
    assert "Night engineer" not in client_of(stranger).get(reverse("fleet:role-list")).content.decode()


def test_a_role_does_not_take_the_name_of_another_that_is_given_there(it_manager: User) -> None:
    department = it_manager.grants.get().organisation
    fields: Any = {"description": "", "permissions": [], "by": it_manager}
    own = add_role(organisation=department, name="Night engineer", **fields)
    for take in (
        lambda: add_role(organisation=department, name="auditor", **fields),
        lambda: edit_role(role=own, name="Auditor", **fields),
    ):
        with pytest.raises(Invalid, match="There is a role of this name already"):
            take()
    edit_role(role=own, name="Night Engineer", **fields)


def test_nobody_makes_a_role_for_an_organisation_they_do_not_manage(
    it_manager: User, auditor: User, council: Organisation
) -> None:
    for by, organisation in ((it_manager, council), (it_manager, None), (auditor, None)):
        with pytest.raises(Forbidden):
            add_role(organisation=organisation, name="Mine", description="", permissions=[], by=by)


def test_a_role_that_nobody_held_is_deleted_and_any_other_retired(
    it_manager: User, department: Organisation, client_of: Callable[[User], Client]
) -> None:
    new, used = RoleFactory(organisation=department), RoleFactory(organisation=department)
    holder = GrantFactory(organisation=department, role=used).user
    client = client_of(it_manager)
    for role in (new, used):
        client.post(reverse("fleet:role-remove", args=[role.pk]))
    assert not Role.objects.filter(pk=new.pk).exists()
    used.refresh_from_db()
    assert used.retired_at
    assert holder.grants.in_force().exists()
    with pytest.raises(Invalid) as refused:
        invite(email="x@dept.example", role=used, organisation=department, by=it_manager)
    assert refused.value.field == "role"
    client.post(reverse("fleet:role-remove", args=[used.pk]))
    used.refresh_from_db()
    assert used.retired_at is None


def test_the_roles_that_organisations_start_with_stay(it_manager: User) -> None:
    with pytest.raises(Conflict, match="start with"):
        remove_role(role=shipped_role("it-manager"), by=it_manager)


def test_the_reference_says_what_each_shipped_role_permits(db: None) -> None:
    """After a change, `roles_reference.table()` gives the table to put there."""
    shipped_role("engineer")
    assert (settings.BASE_DIR / "docs/reference/roles.md").read_text().endswith(roles_reference.table())
