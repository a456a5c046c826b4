"""Help in a browser: sound, and at hand on every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from config.help.pictures import Picture, pictures, take
from fleet.models import User
from tests.browser import check_page
from tests.factories import UserFactory

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery staple"


@pytest.mark.parametrize(
    "path", ["", "reference/csv/", "how-to/start-a-small-council/", "explanation/readiness/"]
)
def test_a_guide_is_sound(page: Page, path: str) -> None:
    check_page(page, f"/help/{path}")


def test_help_leads_from_a_page_to_its_guide(page_of: Callable[[User], Page], it_manager: User) -> None:
    page = page_of(it_manager)
    page.goto(reverse("rollouts:programme-list"))
    page.get_by_role("link", name="Help with this page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide on a tranche")


def test_a_picture_is_taken_where_its_title_says(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    UserFactory(email="a@dept.example", password=make_password(PASSWORD))
    text = '![A](../images/a.png "a@dept.example / > Tranche 3 > Gate") ![B](../images/b.png "- /sign-in/")'
    first, second = pictures(text)
    assert (first.who, first.path, first.links) == ("a@dept.example", "/", ("Tranche 3", "Gate"))
    wanted = [second, Picture("c.png", "a@dept.example", "/help/", ("Files of facts",))]
    passwords = {"a@dept.example": PASSWORD}
    take(browser, wanted, address=live_server.url, passwords=passwords, folder=tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"b.png", "c.png"}
