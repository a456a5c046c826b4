"""Roles held and ended: by whom, and what may never happen. How they are given: test_invitations.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fleet.errors import Conflict
from fleet.models import Grant, GrantSite, Organisation, User
from fleet.services.grants import end_of, end_role, last_day_of
from tests.factories import GrantFactory, RoleFactory, SiteFactory, UserFactory, shipped_role


def held_by(email: str) -> list[tuple[str, str]]:
    grants = Grant.objects.in_force().filter(user__email=email).order_by("role__key")
    return list(grants.values_list("role__key", "organisation__code"))


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
        "fleet:invitation-send": (200, 404, 404, 200),
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
    # saved views, roles to filter by, the access log
    with django_assert_num_queries(11):
        client.get(url)
    GrantFactory.create_batch(50, organisation=department, role=shipped_role("engineer"))
    with django_assert_num_queries(11):
        client.get(url)


def test_csv_names_sites_by_code(department: Organisation, it_manager: User, client_of: Any) -> None:
    sites = [SiteFactory(organisation=department, code=code) for code in ("A1", "B2")]
    GrantFactory(organisation=department, user__email="lead@dept.example", sites=sites)
    answer = client_of(it_manager).get(reverse("fleet:grant-list"), {"format": "csv", "q": "lead@"})
    header, row = b"".join(answer.streaming_content).decode().splitlines()
    assert header.split(",")[:5] == ["name", "email", "role", "organisation", "sites"]
    assert "lead@dept.example,it-manager,DEPT,A1;B2" in row


def test_roles_are_ended_through_the_api(it_manager: User, engineer: User, api_of: Any) -> None:
    api, url = api_of(it_manager), f"/api/v1/grants/{engineer.grants.get().pk}/end/"
    assert api.post(url).data["ends_at"]
    assert api.post(url).status_code == 409
    assert held_by(engineer.email) == []


def test_a_role_can_end_on_a_day_to_come(it_manager: User, engineer: User) -> None:
    grant, today = engineer.grants.get(), timezone.localdate()
    end_role(grant=grant, by=it_manager, last_day=today)
    assert held_by(engineer.email) == [("engineer", "DEPT")]
    with time_machine.travel(end_of(today) or 0, tick=False):
        assert held_by(engineer.email) == []
    end_role(grant=grant, by=it_manager, last_day=today + timedelta(days=3))
    grant.refresh_from_db()
    assert grant.ends_at is not None
    assert last_day_of(grant.ends_at) == today + timedelta(days=3)


def test_a_last_day_that_has_passed_is_refused(it_manager: User, engineer: User, client_of: Any) -> None:
    url = reverse("fleet:grant-end", args=[engineer.grants.get().pk])
    day = {"last_day_day": "1", "last_day_month": "2", "last_day_year": "2020"}
    assert "The last day must be today or later" in client_of(it_manager).post(url, day).content.decode()
    assert held_by(engineer.email) == [("engineer", "DEPT")]


def test_the_last_who_manages_access_gets_no_end_either(it_manager: User) -> None:
    with pytest.raises(Conflict, match="Nobody could give roles"):
        end_role(grant=it_manager.grants.get(), by=it_manager, last_day=timezone.localdate())


def test_sites_of_a_role_are_in_the_change_log(
    department: Organisation, it_manager: User, client_of: Any
) -> None:
    site = SiteFactory(organisation=department)
    grant = GrantFactory(organisation=department, role=shipped_role("engineer"), sites=[site])
    grant.sites.remove(site)
    labels = GrantSite.objects.model.changes.rel.related_model.objects.filter(grant=grant)
    assert [*labels.order_by("pgh_id").values_list("pgh_label", "site")] == [
        ("insert", site.pk),
        ("delete", site.pk),
    ]
    page = client_of(it_manager).get(reverse("fleet:change-log"), {"kind": "role-sites"}).content.decode()
    assert "Deleted" in page


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
    # token and its user, their grants, sites of these, count, keys, rows, sites of the rows, access log
    with django_assert_num_queries(7):
        api.get("/api/v1/grants/")
    GrantFactory.create_batch(50, organisation=department, role=shipped_role("engineer"))
    with django_assert_num_queries(7):
        api.get("/api/v1/grants/")
