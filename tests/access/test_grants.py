"""Giving and ending roles: by whom, to whom, and what may never happen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Organisation, User
from fleet.services.accounts import end_role, give_role
from tests.factories import GrantFactory, RoleFactory, SiteFactory, UserFactory, shipped_role


def held_by(email: str) -> list[tuple[str, str]]:
    grants = Grant.objects.in_force().filter(user__email=email).order_by("role__key")
    return list(grants.values_list("role__key", "organisation__code"))


def test_a_new_address_gets_an_account_that_can_sign_in(department: Organisation, it_manager: User) -> None:
    _, account = give_role(
        email="New@dept.example", role=shipped_role("engineer"), organisation=department, by=it_manager
    )
    assert held_by("new@dept.example") == [("engineer", "DEPT")]
    assert User.objects.get(email="new@dept.example").check_password(account.password)


def test_somebody_with_an_account_keeps_their_password(department: Organisation, it_manager: User) -> None:
    UserFactory(email="old@dept.example")
    _, account = give_role(
        email="OLD@dept.example", role=shipped_role("auditor"), organisation=department, by=it_manager
    )
    assert account.password == ""
    assert User.objects.filter(email__iexact="old@dept.example").count() == 1


def test_a_role_is_held_once(department: Organisation, it_manager: User, engineer: User) -> None:
    with pytest.raises(Conflict, match="already"):
        give_role(email=engineer.email, role=shipped_role("engineer"), organisation=department, by=it_manager)


def test_a_role_can_be_given_again_after_it_ended(
    department: Organisation, it_manager: User, engineer: User
) -> None:
    end_role(grant=engineer.grants.get(), by=it_manager)
    give_role(email=engineer.email, role=shipped_role("engineer"), organisation=department, by=it_manager)
    assert held_by(engineer.email) == [("engineer", "DEPT")]


@pytest.mark.parametrize("name", ["auditor", "engineer", "mdm_administrator", "stranger"])
def test_nobody_gives_roles_without_managing_access_there(
    name: str, department: Organisation, request: pytest.FixtureRequest
) -> None:
    by: User = request.getfixturevalue(name)
    with pytest.raises(Forbidden):
        give_role(email=by.email, role=shipped_role("it-manager"), organisation=department, by=by)
    assert ("it-manager", "DEPT") not in held_by(by.email)


def test_who_manages_some_sites_cannot_give_themselves_all(department: Organisation) -> None:
    user = UserFactory()
    GrantFactory(user=user, organisation=department, sites=[SiteFactory(organisation=department)])
    with pytest.raises(Forbidden):
        give_role(email=user.email, role=shipped_role("auditor"), organisation=department, by=user)


def test_sites_must_be_the_organisations(
    department: Organisation, council: Organisation, it_manager: User
) -> None:
    with pytest.raises(Invalid) as caught:
        give_role(
            email="lead@dept.example",
            role=shipped_role("site-lead"),
            organisation=department,
            sites=[SiteFactory(organisation=council)],
            by=it_manager,
        )
    assert caught.value.field == "sites"


def test_the_last_who_manages_access_stays(department: Organisation, it_manager: User) -> None:
    GrantFactory(organisation=department, user=UserFactory(is_active=False))
    GrantFactory(organisation=department, sites=[SiteFactory(organisation=department)])
    with pytest.raises(Conflict, match="Nobody could give roles"):
        end_role(grant=it_manager.grants.get(), by=it_manager)
    assert held_by(it_manager.email) == [("it-manager", "DEPT")]


def test_one_of_two_who_manage_access_may_go(department: Organisation, it_manager: User) -> None:
    custom = RoleFactory(permissions=["access.manage"])
    GrantFactory(organisation=department, role=custom)
    end_role(grant=it_manager.grants.get(), by=it_manager)
    assert held_by(it_manager.email) == []


def test_a_role_ends_once(it_manager: User, engineer: User) -> None:
    grant = engineer.grants.get()
    end_role(grant=grant, by=it_manager)
    with pytest.raises(Conflict, match="ended already"):
        end_role(grant=grant, by=it_manager)


def test_a_password_is_shown_once_and_works(
    department: Organisation, it_manager: User, client_of: Any
) -> None:
    client = client_of(it_manager)
    data = {
        "email": "new@dept.example",
        "name": "New Person",
        "organisation": department.pk,
        "role": shipped_role("engineer").pk,
    }
    answer = client.post(reverse("fleet:grant-give"), data)
    assert "no-store" in answer["Cache-Control"]
    [password] = re.findall(r"<code>([\w-]{16})</code>", answer.content.decode())
    assert User.objects.get(email="new@dept.example").check_password(password)
    assert password not in client.get(reverse("fleet:grant-list")).content.decode()


def test_a_site_lead_of_named_sites(department: Organisation, it_manager: User, client_of: Any) -> None:
    site = SiteFactory(organisation=department, code="NORTH")
    UserFactory(email="lead@dept.example")
    data = {
        "email": "lead@dept.example",
        "organisation": department.pk,
        "role": shipped_role("site-lead").pk,
        "sites": "NORTH, SOUTH",
    }
    url = reverse("fleet:grant-give")
    assert "No site has the code SOUTH" in client_of(it_manager).post(url, data).content.decode()
    assert client_of(it_manager).post(url, data | {"sites": "NORTH"}).status_code == 302
    assert [*Grant.objects.get(user__email="lead@dept.example").sites.all()] == [site]


def test_the_page_says_why_a_role_cannot_end(it_manager: User, client_of: Any) -> None:
    url = reverse("fleet:grant-end", args=[it_manager.grants.get().pk])
    answer = client_of(it_manager).post(url)
    assert "Nobody could give roles" in answer.content.decode()
    assert held_by(it_manager.email) == [("it-manager", "DEPT")]


def test_pages_of_access_by_actor(
    it_manager: User, auditor: User, engineer: User, stranger: User, client_of: Any
) -> None:
    grant = engineer.grants.get()
    table = {
        "fleet:grant-list": (200, 200, 404, 200),
        "fleet:role-list": (200, 200, 404, 200),
        "fleet:grant-give": (200, 404, 404, 200),
        "fleet:grant-detail": (200, 200, 404, 404),
        "fleet:grant-end": (200, 404, 404, 404),
    }
    for name, expected in table.items():
        url = reverse(name, args=[grant.pk] if name in ("fleet:grant-detail", "fleet:grant-end") else [])
        actors = (it_manager, auditor, engineer, stranger)
        assert tuple(client_of(actor).get(url).status_code for actor in actors) == expected, name


def test_a_list_page_takes_the_same_queries_for_one_row_and_fifty(
    department: Organisation,
    it_manager: User,
    client_of: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client, url = client_of(it_manager), reverse("fleet:grant-list")
    # session, user, their grants, sites of these, organisation, count, keys, rows, sites of these,
    # roles to filter by
    with django_assert_num_queries(10):
        client.get(url)
    GrantFactory.create_batch(50, organisation=department, role=shipped_role("engineer"))
    with django_assert_num_queries(10):
        client.get(url)


def test_csv_names_sites_by_code(department: Organisation, it_manager: User, client_of: Any) -> None:
    sites = [SiteFactory(organisation=department, code=code) for code in ("A1", "B2")]
    GrantFactory(organisation=department, user__email="lead@dept.example", sites=sites)
    answer = client_of(it_manager).get(reverse("fleet:grant-list"), {"format": "csv", "q": "lead@"})
    header, row = b"".join(answer.streaming_content).decode().splitlines()
    assert header.split(",")[:5] == ["name", "email", "role", "organisation", "sites"]
    assert "lead@dept.example,it-manager,DEPT,A1;B2" in row


def test_roles_are_given_and_ended_through_the_api(
    department: Organisation, it_manager: User, api_of: Any
) -> None:
    api = api_of(it_manager)
    SiteFactory(organisation=department, code="NORTH")
    asked = {"email": "lead@dept.example", "role": "site-lead", "organisation": "DEPT", "sites": ["NORTH"]}
    given = api.post("/api/v1/grants/", asked)
    assert given.status_code == 201
    assert given.data["sites"] == ["NORTH"]
    assert User.objects.get(email="lead@dept.example").check_password(given.data["password"])
    ended = api.post(f"/api/v1/grants/{given.data['id']}/end/")
    assert ended.data["ends_at"]
    assert api.post(f"/api/v1/grants/{given.data['id']}/end/").status_code == 409
    assert held_by("lead@dept.example") == []


def test_the_api_gives_roles_only_where_one_manages_access(
    department: Organisation, auditor: User, stranger: User, api_of: Any
) -> None:
    asked = {"email": "x@dept.example", "role": "it-manager", "organisation": "DEPT"}
    assert api_of(auditor).post("/api/v1/grants/", asked).status_code == 403
    refused = api_of(stranger).post("/api/v1/grants/", asked)
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (400, "organisation")
    assert not User.objects.filter(email="x@dept.example").exists()


def test_the_api_lists_ones_own_organisations_grants(
    it_manager: User, engineer: User, stranger: User, api_of: Any
) -> None:
    seen = {row["organisation"] for row in api_of(stranger).get("/api/v1/grants/").data["results"]}
    assert seen == {"SHIRE"}
    assert api_of(engineer).get("/api/v1/grants/").data["count"] == 0
    assert api_of(engineer).get("/api/v1/roles/").data["count"] == 0
    roles = api_of(it_manager).get("/api/v1/roles/").data["results"]
    assert "access.manage" in next(role for role in roles if role["key"] == "it-manager")["permissions"]


def test_the_api_lists_grants_in_the_same_queries_for_one_row_and_fifty(
    department: Organisation, it_manager: User, api_of: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api = api_of(it_manager)
    api.get("/api/v1/grants/")
    # token and its user, their grants, sites of these, count, keys, rows, sites of the rows
    with django_assert_num_queries(7):
        api.get("/api/v1/grants/")
    GrantFactory.create_batch(50, organisation=department, role=shipped_role("engineer"))
    with django_assert_num_queries(7):
        api.get("/api/v1/grants/")
