"""What can be new: each app registers kinds of news, and says for many accounts at once what is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone


class Period(NamedTuple):
    """Whole days, from `since` to the one before `until`: the hour of a mail tells nobody's hour."""

    since: dt.date
    until: dt.date

    @property
    def begins_at(self) -> dt.datetime:
        return _midnight(self.since)

    @property
    def ends_at(self) -> dt.datetime:
        """The first moment that it does not cover."""
        return _midnight(self.until)


class News(NamedTuple):
    """One line for one account: `text` is plain and on one line, `path` is the page that shows it."""

    user_id: int
    text: str
    path: str


Gather = Callable[[Period, Collection[int]], Iterable[News]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`title` heads its part of a mail and names the choice; `hint` says what it tells.

    `gather` gives what is new in a period for these accounts, of what each may see when it is asked, in few
    queries however many they are. `permissions`: one of them is needed to be told. `is_weekly`: told with the
    first digest of a week, for the week.
    """

    key: str
    title: str
    hint: str
    permissions: tuple[str, ...]
    gather: Gather
    is_weekly: bool = False


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """In an AppConfig's `ready`; a digest has the parts in this order."""
    KINDS.update({kind.key: kind for kind in kinds})


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
