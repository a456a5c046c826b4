"""A real browser for the page tests: fixtures, and what every page must pass.

Without Chromium they are skipped, which the summary says; in CI that is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from fleet.models import User

# Playwright's loop runs in the tests' own thread, where Django would take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome")
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # the rest is not told in full, which takes longer than to find it
}
NARROW = ViewportSize(width=320, height=900)
WIDE = ViewportSize(width=1280, height=900)
# What a page says, save for the controls that script adds and for times that pass: as it stands, or as a
# browser without script reads the HTML that was sent.
WORDS = """(html) => {
  const read = html ? new DOMParser().parseFromString(html, "text/html") : document;
  const main = read.querySelector("main").cloneNode(true);
  main.querySelectorAll(".app-made, time").forEach((part) => part.remove());
  return main.textContent.split(/\\s+/).filter(Boolean).join(" ");
}"""


def pytest_itemcollected(item: pytest.Item) -> None:
    """What a browser runs is left out of the coverage, which would take as long again."""
    if item.get_closest_marker("browser"):
        item.add_marker("no_cover")


def chromium() -> str:
    """The path of the system's Chromium; skips where there is none, and fails in CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"NO BROWSER: the page tests need one of {', '.join(NAMES)} on the path")
    return str(found)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        launched = playwright.chromium.launch(executable_path=path, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of a fresh browser whose addresses begin at the test's server."""
    context = browser.new_context(
        base_url=live_server.url, viewport=WIDE, locale="en-GB", timezone_id="Europe/London"
    )
    # A busy machine is slow, not wrong.
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def page_of(page: Page, live_server: LiveServer) -> Callable[[User], Page]:
    """The page of a browser in which this person has signed in."""

    def sign_in(user: User) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return sign_in


def check_page(page: Page, url: str) -> None:
    """Open `url` and hold it against everything that each page must pass.

    WCAG 2.2 AA as far as axe can tell, nothing wider than a screen of 320 px, a silent console, and the same
    words without script.
    """
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", note)
    page.set_viewport_size(WIDE)
    response = page.goto(url)
    assert response is not None
    assert response.status == 200, f"{url} answered {response.status}"
    page.locator("body.js-enabled").wait_for()
    assert page.evaluate(WORDS) == page.evaluate(WORDS, response.text()), (
        f"{url} says something else without script"
    )
    _check_axe(page, url)
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"], f"{url} is {width} px wide on a screen of {NARROW['width']} px"
    assert said == [], f"{url} wrote to the console"
    page.remove_listener("console", note)


def _check_axe(page: Page, url: str) -> None:
    results = Axe().run(page, options=STANDARD)
    assert results.violations_count == 0, f"{url}\n{results.generate_report()}"
