"""Takes the pictures of the guides from a running demo: `make pictures`, beside `make run`.

A picture's title in its guide says where it is taken: who has signed in, an address, and the links to follow
from there: `![…](../images/today.png "it.manager@revenue.example / > Tranche 3")`. `-` is nobody.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from config.help.library import DOCS, IMAGES
from config.paths import VAR

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURE = re.compile(r'!\[[^\]]*\]\(\.\./images/([\w-]+\.png) "(\S+) (/\S*)((?: > [^"]+)?)"\)')
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = {"width": 1200, "height": 800}
ADDRESS = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Picture:
    """`who` signs in (an e-mail address, or `-`), opens `path` and follows `links` by their words."""

    name: str
    who: str
    path: str
    links: tuple[str, ...]


def pictures(text: str) -> Iterator[Picture]:
    """The pictures that a guide asks for."""
    for name, who, path, links in PICTURE.findall(text):
        yield Picture(name, who, path, tuple(filter(None, links.split(" > "))))


def take(
    browser: Browser, wanted: Iterable[Picture], *, address: str, passwords: Mapping[str, str], folder: Path
) -> None:
    """Write each picture to `folder`, as `browser` shows the service at `address`."""
    pages: dict[str, Page] = {}
    for picture in wanted:
        if picture.who not in pages:
            pages[picture.who] = _signed_in(browser, address, picture.who, passwords)
        _take(pages[picture.who], picture, folder)


@contextmanager
def _browser() -> Iterator[Browser]:
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def _signed_in(browser: Browser, address: str, who: str, passwords: Mapping[str, str]) -> Page:
    page = browser.new_context(base_url=address, viewport=SIZE, locale="en-GB").new_page()  # type: ignore[arg-type]
    if who != "-":
        page.goto("/sign-in/")
        page.locator("[name=username]").fill(who)
        page.locator("[name=password]").fill(passwords[who])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def _take(page: Page, picture: Picture, folder: Path) -> None:
    page.goto(picture.path)
    for link in picture.links:
        page.get_by_role("main").get_by_role("link", name=re.compile(f"^{re.escape(link)}")).first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / picture.name, animations="disabled")


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else ADDRESS
    accounts = json.loads((VAR / "demo-accounts.json").read_text(encoding="utf-8"))
    passwords = {account["email"]: account["password"] for account in accounts}
    guides = sorted(DOCS.rglob("*.md"))
    wanted = {one.name: one for guide in guides for one in pictures(guide.read_text(encoding="utf-8"))}
    IMAGES.mkdir(exist_ok=True)
    with _browser() as browser:
        take(browser, wanted.values(), address=address, passwords=passwords, folder=IMAGES)
    print(f"{len(wanted)} pictures are taken.")


if __name__ == "__main__":
    main()
