"""The pages of roles and tokens in a real browser, with rows and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fleet.models import ApiToken, Organisation, User
from tests.browser import check_page
from tests.factories import GrantFactory, InvitationFactory, RoleFactory, SiteFactory

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "name",
    [
        "grant-list",
        "invitation-list",
        "invitation-send",
        "access-review",
        "role-list",
        "role-add",
        "token-list",
        "api-token-list",
        "api-token-make",
    ],
)
def test_pages_without_an_object(name: str, it_manager: User, page_of: Callable[[User], Page]) -> None:
    check_page(page_of(it_manager), reverse(f"fleet:{name}"))


def test_pages_of_rows(department: Organisation, it_manager: User, page_of: Callable[[User], Page]) -> None:
    grant = GrantFactory(organisation=department, sites=[SiteFactory(organisation=department)])
    token: Any = ApiToken.issue(user=it_manager, name="Nightly report")[0]
    page = page_of(it_manager)
    role = RoleFactory(organisation=department)
    rows = (
        ("grant-detail", grant),
        ("grant-end", grant),
        ("grant-hand-over", grant),
        ("api-token-revoke", token),
        ("role-edit", role),
        ("role-remove", role),
    )
    for name, row in rows:
        check_page(page, reverse(f"fleet:{name}", args=[row.pk]))
    check_page(page, reverse("fleet:api-token-list"))


def test_pages_of_an_invitation(
    department: Organisation, it_manager: User, page_of: Callable[[User], Page]
) -> None:
    invitation = InvitationFactory(organisation=department, sites=[SiteFactory(organisation=department)])
    page = page_of(it_manager)
    check_page(page, reverse("fleet:invitation-list"))
    for name in ("detail", "renew", "withdraw"):
        check_page(page, reverse(f"fleet:invitation-{name}", args=[invitation.pk]))
