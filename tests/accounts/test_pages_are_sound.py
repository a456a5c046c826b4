"""The pages of the door and of one's account in a real browser, and the way through both steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from playwright.sync_api import Page

from fleet.models import Grant, User
from fleet.services.digests.choosing import stop_token
from tests.accounts.conftest import PASSWORD, code_now
from tests.browser import check_page
from tests.factories import SecondFactorFactory, SessionFactory, SignInEventFactory

pytestmark = pytest.mark.browser


def test_pages_before_signing_in(page: Page, manager: User) -> None:
    key = urlsafe_base64_encode(force_bytes(manager.pk))
    token = default_token_generator.make_token(manager)
    for name, args in (
        ("sign-in", []),
        ("password-reset", []),
        ("password-reset-sent", []),
        ("password-set", [key, "not-a-token"]),
        ("password-set", [key, token]),
        ("stop-mail", [stop_token(manager.pk)]),
    ):
        check_page(page, reverse(f"fleet:{name}", args=args))


def test_pages_of_ones_account(manager: User, engineer: User, page_of: Callable[[User], Page]) -> None:
    page = page_of(manager)
    check_page(page, reverse("fleet:second-factor"))
    check_page(page, reverse("fleet:second-factor-set-up"))
    SecondFactorFactory(user=manager)
    SecondFactorFactory(user=engineer)
    other: Any = SessionFactory(user=manager)
    SignInEventFactory(user=manager, outcome="wrong_password")
    names = ("account", "session-list", "session-end-others", "own-sign-in-list", "sign-in-list", "own-mail")
    for name in (*names, "second-factor", "second-factor-codes", "second-factor-turn-off"):
        check_page(page, reverse(f"fleet:{name}"))
    check_page(page, reverse("fleet:session-end", args=[other.pk]))
    grant = Grant.objects.get(user=engineer)
    for name in ("grant-detail", "grant-end-sessions", "grant-reset-second-factor"):
        check_page(page, reverse(f"fleet:{name}", args=[grant.pk]))


def test_a_role_that_asks_leads_from_password_to_app_to_code(page: Page, manager: User) -> None:
    """The manager signs in, must set up an app, signs out, and comes back with a code."""
    manager.grants.get().role.__class__.objects.update(requires_second_factor=True)
    page.goto("/devices/")
    _give_password(page, manager)
    page.get_by_role("heading", name="Set up a second factor").wait_for()
    check_page(page, page.url)
    key = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("Code that the app shows").fill(code_now(key))
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("heading", name="Your second factor is on").wait_for()
    assert len(page.locator("main code").inner_text().split()) == 10
    code = page.locator("main code").inner_text().split()[0]
    page.get_by_role("button", name="Sign out").click()
    _give_password(page, manager)
    page.get_by_role("heading", name="Enter a code").wait_for()
    check_page(page, page.url)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="It manager").wait_for()


def _give_password(page: Page, user: User) -> None:
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
