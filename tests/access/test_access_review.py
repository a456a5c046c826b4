"""Who may see and do what here: who is on the list, on which day, and what it draws attention to."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from fleet.models import Organisation, User
from tests.factories import (
    ApiTokenFactory,
    GrantFactory,
    SiteFactory,
    StaffMemberFactory,
    UserFactory,
    shipped_role,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
URL = reverse("fleet:access-review")
NOW = timezone.now()


def rows_of(client: Any, **filters: Any) -> list[dict[str, str]]:
    answer = client.get(URL, {**filters, "format": "csv"})
    assert answer.status_code == 200
    return [*csv.DictReader(b"".join(answer.streaming_content).decode().splitlines())]


def emails_of(client: Any, **filters: Any) -> set[str]:
    return {row["email"] for row in rows_of(client, **filters)}


def test_it_says_who_sees_and_does_what(
    auditor: User, it_manager: User, engineer: User, stranger: User, client_of: Any
) -> None:
    ApiTokenFactory(user=engineer)
    rows = {row["email"]: row for row in rows_of(client_of(auditor))}
    assert stranger.email not in rows
    does = "Receive, issue and take back devices; Raise feedback, support and reply to it"
    assert rows[engineer.email]["does"] == does
    assert "staff" in rows[engineer.email]["sees"]
    assert rows[engineer.email]["tokens_live"] == "1"
    assert rows[auditor.email]["does"] == ""
    assert "Give and end roles" in rows[it_manager.email]["does"]


def test_who_may_see_staff_at_a_site(
    auditor: User, department: Organisation, group_leader: User, staff_user: User, client_of: Any
) -> None:
    here, elsewhere, third = SiteFactory.create_batch(3, organisation=department)
    lead, other = (
        GrantFactory(organisation=department, role=shipped_role("site-lead"), sites=[site, third])
        for site in (here, elsewhere)
    )
    found = emails_of(client_of(auditor), permission="people.view", site=here.pk)
    assert found == {auditor.email, group_leader.email, lead.user.email}
    assert other.user.email not in found
    assert staff_user.email not in found


def test_it_tells_of_another_day(auditor: User, department: Organisation, client_of: Any) -> None:
    role, day = shipped_role("engineer"), dt.timedelta(days=1)
    past = GrantFactory(organisation=department, role=role, starts_at=NOW - 10 * day, ends_at=NOW - 5 * day)
    ahead = GrantFactory(organisation=department, role=role, ends_at=NOW + 5 * day)
    client, today = client_of(auditor), timezone.localdate()
    assert emails_of(client) == {auditor.email, ahead.user.email}
    assert emails_of(client, on=today - 7 * day) == {past.user.email}
    assert emails_of(client, on=today + 7 * day) == {auditor.email}


def test_it_draws_attention(
    auditor: User, it_manager: User, engineer: User, department: Organisation, client_of: Any
) -> None:
    long_ago = NOW - dt.timedelta(days=91)
    StaffMemberFactory(
        organisation=department, user=engineer, leaves_on=timezone.localdate() - dt.timedelta(days=1)
    )
    unused = GrantFactory(organisation=department, role=shipped_role("engineer"), starts_at=long_ago)
    used = GrantFactory(organisation=department, role=shipped_role("engineer"), starts_at=long_ago)
    ApiTokenFactory(user=used.user, last_used_at=NOW)
    closed = GrantFactory(
        organisation=department, role=shipped_role("engineer"), user=UserFactory(is_active=False)
    )
    client = client_of(auditor)
    assert emails_of(client, flag="left") == {engineer.email}
    assert emails_of(client, flag="unused") == {unused.user.email}
    assert emails_of(client, flag="alone") == {it_manager.email}
    assert emails_of(client, flag="closed") == {closed.user.email}
    GrantFactory(organisation=department)
    assert emails_of(client, flag="alone") == set()


def test_page_csv_and_api_agree(
    auditor: User, it_manager: User, engineer: User, client_of: Any, api_of: Any
) -> None:
    for filters in ({}, {"permission": "access.manage"}, {"q": engineer.email}):
        listed = rows_of(client_of(auditor), **filters)
        answer = api_of(auditor).get("/api/v1/access-review/", filters).data
        assert answer["count"] == len(listed) > 0
        assert {row["email"] for row in answer["results"]} == {row["email"] for row in listed}
        assert f"{len(listed)} role" in client_of(auditor).get(URL, filters).content.decode()


def test_it_takes_the_same_queries_for_one_and_fifty(
    auditor: User, department: Organisation, client_of: Any, api_of: Any
) -> None:
    urls = ((client_of(auditor), URL), (api_of(auditor), "/api/v1/access-review/"))
    before = [queries_of(client, url) for client, url in urls]
    for grant in GrantFactory.create_batch(50, organisation=department, role=shipped_role("engineer")):
        grant.sites.add(SiteFactory(organisation=department))
        ApiTokenFactory(user=grant.user)
    assert [queries_of(client, url) for client, url in urls] == before


def test_a_site_leads_to_who_may_see_it(
    auditor: User, site_lead: User, department: Organisation, client_of: Any
) -> None:
    site = SiteFactory(organisation=department)
    link = f"{URL}?permission=sites.view&amp;site={site.pk}"
    page = reverse("fleet:site-detail", args=[site.pk])
    assert link in client_of(auditor).get(page).content.decode()
    assert "Who may see this" not in client_of(site_lead).get(page).content.decode()
