"""An access manager invites somebody, who accepts, works, and hands over to another; in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from fleet.models import Grant, Invitation, Organisation, User
from fleet.services.invitation_mail import send_invitation
from tests.factories import SiteFactory, shipped_role

pytestmark = pytest.mark.browser


def test_from_invitation_to_hand_over(
    department: Organisation,
    it_manager: User,
    engineer: User,
    page_of: Callable[[User], Page],
    browser: Browser,
    live_server: Any,
    mailoutbox: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("fleet.views.invitations.post_mail", lambda _task, pk: send_invitation(pk))
    SiteFactory(organisation=department, name="Ash House")
    shipped_role("stock-keeper")
    manager = page_of(it_manager)
    manager.goto(reverse("fleet:invitation-list"))
    manager.get_by_role("link", name="Invite somebody").or_(
        manager.get_by_role("button", name="Invite somebody")
    ).first.click()
    manager.get_by_label("Email address").fill("new@dept.example")
    manager.get_by_label("Role", exact=True).select_option(label="Stock keeper")
    manager.get_by_role("button", name="Invite").click()
    expect(manager.get_by_text("is on its way to new@dept.example")).to_be_visible()
    [path] = re.findall(r"/invitation/[\w-]+/", mailoutbox[0].body)
    _accept(browser, live_server.url, path)
    grant = Grant.objects.get(user__email="new@dept.example")
    assert Invitation.objects.get().grant == grant
    _hand_over(manager, grant, engineer)
    assert not Grant.objects.in_force().filter(user=grant.user).exists()
    assert Grant.objects.in_force().filter(user=engineer, role=grant.role).exists()


def _accept(browser: Browser, address: str, path: str) -> None:
    """In a browser of the invited person's own: they make an account, and see what the role shows."""
    context = browser.new_context(base_url=address)
    invited = context.new_page()
    invited.goto(path)
    assert path not in invited.url
    invited.get_by_label("Your name").fill("New Keeper")
    invited.get_by_label("Password", exact=True).fill("correct horse battery")
    invited.get_by_label("Password again").fill("correct horse battery")
    invited.get_by_role("button", name="Accept").click()
    expect(invited.get_by_text("You are Stock keeper in Department of Examples now.")).to_be_visible()
    invited.goto(reverse("fleet:site-list"))
    expect(invited.get_by_role("link", name="Ash House")).to_be_visible()
    assert invited.goto(reverse("fleet:grant-list")).status == 404  # type: ignore[union-attr]
    context.close()


def _hand_over(manager: Page, grant: Grant, to: User) -> None:
    manager.goto(reverse("fleet:grant-detail", args=[grant.pk]))
    manager.get_by_role("link", name="Hand over").or_(
        manager.get_by_role("button", name="Hand over")
    ).first.click()
    manager.get_by_label("To whom").fill(to.email)
    manager.get_by_role("button", name="Show what goes over").click()
    expect(manager.get_by_text("Stock keeper in Department of Examples")).to_be_visible()
    manager.get_by_role("button", name="Hand over now").click()
    expect(manager.get_by_text(f"1 thing went from New Keeper to {to}")).to_be_visible()
