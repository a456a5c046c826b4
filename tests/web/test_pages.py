"""Signing in, and the kit's own pages, in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fleet.models import Organisation, User
from tests.browser import check_page
from tests.factories import SiteFactory

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery staple"


@pytest.mark.parametrize("url", ["/sign-in/"])
def test_public_page_is_sound(page: Page, url: str) -> None:
    check_page(page, url)


@pytest.mark.parametrize("url", ["/account/", "/account/password/"])
def test_own_account_is_sound(page_of: Callable[[User], Page], it_manager: User, url: str) -> None:
    check_page(page_of(it_manager), url)


@pytest.mark.usefixtures("gallery")
@pytest.mark.parametrize("url", ["/components/", "/form/", "/sites/?kind=depot&sort=-name", "/sites/?sort=x"])
def test_component_is_sound(
    page_of: Callable[[User], Page], it_manager: User, department: Organisation, url: str
) -> None:
    SiteFactory.create_batch(60, organisation=department, kind="depot")
    check_page(page_of(it_manager), url)


@pytest.mark.usefixtures("gallery")
def test_empty_list_says_what_to_do_first(page_of: Callable[[User], Page], it_manager: User) -> None:
    page = page_of(it_manager)
    check_page(page, "/sites/")
    expect(page.get_by_role("main")).to_contain_text("Load your sites from a file first.")


def test_signing_in_leads_to_the_page_that_was_asked_for(page: Page, it_manager: User) -> None:
    it_manager.set_password(PASSWORD)
    it_manager.save()
    page.goto("/account/password/")
    page.get_by_label("Email address").fill(it_manager.email.upper())
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url("/account/password/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.usefixtures("gallery")
def test_error_summary_has_the_focus_and_leads_to_the_first_control(
    page_of: Callable[[User], Page], it_manager: User
) -> None:
    page = page_of(it_manager)
    page.goto("/form/")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title("Error: Add a site – Department of Examples – Tranche")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    for message, control in (
        ("Select the style", "#id_style_0"),
        ("Enter the opening day", "#id_opens_on_0"),
    ):
        page.get_by_role("link", name=message).click()
        expect(page.locator(control)).to_be_focused()


@pytest.mark.usefixtures("gallery")
def test_work_in_progress_renews_itself(page_of: Callable[[User], Page], it_manager: User) -> None:
    page = page_of(it_manager)
    page.goto("/progress/")
    expect(page.locator("#work")).to_contain_text("Done")
