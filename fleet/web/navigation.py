"""The places a person may go: apps register their pages here when they are ready.

A section stands in the service navigation and opens its first permitted page; its pages are the
sub-navigation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from fleet.models import User

SECTIONS = ("Today", "Fleet", "Rollouts", "Trials", "Feedback", "Sites", "Reports", "Settings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A list or dashboard that navigation leads to.

    `permissions`: holding any of them opens it; empty means that everybody who signed in may.
    `is_whole`: a role at some sites of an organisation does not do, since the page would be empty.
    `also`: other beginnings of addresses that belong to it, such as those of its objects' parts.
    """

    section: str
    title: str
    url_name: str
    permissions: tuple[str, ...] = ()
    is_whole: bool = False
    order: int = 0
    also: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def is_open_to(self, user: User) -> bool:
        return not self.permissions or user.access.may_any(self.permissions, is_whole=self.is_whole)

    def covers(self, path: str) -> bool:
        """Whether `path` is this page or lies below it; the front page covers itself alone."""
        return path == self.url if self.url == "/" else path.startswith((self.url, *self.also))


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a navigation; `current` is the value of aria-current, or empty."""

    title: str
    url: str
    current: str = ""


_pages: dict[str, Page] = {}


def register(*pages: Page) -> None:
    """Add pages to the navigation.

    Raises ValueError for a section that is not in `SECTIONS`.
    """
    for page in pages:
        if page.section not in SECTIONS:
            raise ValueError(f"{page.section} is not one of {', '.join(SECTIONS)}")
        _pages[page.url_name] = page


class Navigation:
    """What one person may open, and where in it they are."""

    def __init__(self, user: User, path: str) -> None:
        self.path = path
        permitted = [page for page in _pages.values() if page.is_open_to(user)]
        self.pages = sorted(permitted, key=lambda page: (SECTIONS.index(page.section), page.order))

    @cached_property
    def here(self) -> Page | None:
        """The page that the address lies at or below, the closest one."""
        covering = [page for page in self.pages if page.covers(self.path)]
        return max(covering, key=lambda page: len(page.url), default=None)

    @cached_property
    def section(self) -> str:
        return self.here.section if self.here else ""

    @property
    def sections(self) -> list[Link]:
        first: dict[str, Page] = {}
        for page in self.pages:
            first.setdefault(page.section, page)
        return [
            Link(title, page.url, self._mark(title == self.section, page.url))
            for title, page in first.items()
        ]

    @property
    def siblings(self) -> list[Link]:
        """The pages of the section one is in; empty where it has no more than one."""
        pages = [page for page in self.pages if page.section == self.section]
        links = [Link(page.title, page.url, self._mark(page is self.here, page.url)) for page in pages]
        return links if len(links) > 1 else []

    def _mark(self, is_within: bool, url: str) -> str:
        if not is_within:
            return ""
        return "page" if self.path == url else "true"
