"""The cast: one person for each role of the department, and a stranger who holds them all next door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from fleet.models import ApiToken, Organisation, User
from tests.factories import GrantFactory, OrganisationFactory, StaffMemberFactory, UserFactory, shipped_role
from tests.migrated import name_of_migrated

pytest_plugins = ["tests.browser", "tests.mdm.own_stack"]

ROLES = {
    "it_manager": "it-manager",
    "coordinator": "pilot-coordinator",
    "site_lead": "site-lead",
    "technology_lead": "technology-lead",
    "mdm_administrator": "mdm-administrator",
    "engineer": "engineer",
    "stock_keeper": "stock-keeper",
    "group_leader": "group-leader",
    "auditor": "auditor",
    "staff_user": "staff",
}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each process copies its test database from the migrated one, where the run has one."""
    connection.settings_dict["TEST"]["TEMPLATE"] = name_of_migrated() or None


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Static files under their own names: hashed ones exist only where they have been collected."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def department(db: None) -> Organisation:
    return OrganisationFactory(code="DEPT", name="Department of Examples")


@pytest.fixture
def council(db: None) -> Organisation:
    return OrganisationFactory(code="SHIRE", name="Exampleshire Council", kind="council")


def person_with(role: str, organisation: Organisation, **fields: object) -> User:
    """A user who holds the role with this key in the organisation, at all its sites."""
    user = UserFactory(**fields)
    GrantFactory(user=user, role=shipped_role(role), organisation=organisation)
    return user


def _player(name: str) -> Callable[[Organisation], User]:
    def player(department: Organisation) -> User:
        title = name.replace("_", " ").capitalize()
        return person_with(ROLES[name], department, email=f"{name}@dept.example", name=title)

    player.__name__ = name
    return pytest.fixture(player)


it_manager = _player("it_manager")
coordinator = _player("coordinator")
site_lead = _player("site_lead")
technology_lead = _player("technology_lead")
mdm_administrator = _player("mdm_administrator")
engineer = _player("engineer")
stock_keeper = _player("stock_keeper")
group_leader = _player("group_leader")
auditor = _player("auditor")


@pytest.fixture
def staff_user(department: Organisation) -> User:
    """A member of staff with an account: sees their own record and what they hold."""
    user = person_with("staff", department, email="staff_user@dept.example", name="Staff user")
    StaffMemberFactory(organisation=department, user=user, name="Staff user")
    return user


@pytest.fixture
def stranger(council: Organisation) -> User:
    """Holds every role, in the other organisation."""
    user = UserFactory(email="stranger@shire.example", name="Stranger")
    for role in ROLES.values():
        GrantFactory(user=user, role=shipped_role(role), organisation=council)
    return user


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser without script in which this person has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def api_of() -> Callable[[User], APIClient]:
    """A REST client with a personal token of this person's."""

    def with_token(user: User) -> APIClient:
        _, secret = ApiToken.issue(user=user)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return with_token
