"""Help in a browser: sound, and at hand on every page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from fleet.models import User
from tests.browser import check_page

pytestmark = pytest.mark.browser


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
