"""What needs a person's decision today, from every app that has something to ask.

`register(source)` in an AppConfig's `ready`; a source is a function of the user that yields decisions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone

from fleet.models import User

DUE_SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Decision:
    """`what` to do and `why`, at which `url`."""

    what: str
    why: str
    url: str
    due_on: dt.date | None = None

    @property
    def urgency(self) -> str:
        """A status word: `overdue`, `due_soon` (within a week) or `to_do`."""
        if self.due_on is None:
            return "to_do"
        days = (self.due_on - timezone.localdate()).days
        return "overdue" if days < 0 else "due_soon" if days <= DUE_SOON_DAYS else "to_do"


Source = Callable[[User], Iterable[Decision]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask `source` too."""
    if source not in _sources:
        _sources.append(source)


def decisions_for(user: User) -> list[Decision]:
    """Everything that this person can decide, what is due first on top, what has no day last."""
    found = [decision for source in _sources for decision in source(user)]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or dt.date.max, one.what))
