"""What follows a switch of classification schemes: rows of any app that name a classification, and people
whose readiness it changes. fleet knows its own; the apps above register theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Model, QuerySet

from fleet.models import SchemeSwitch, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Rows that name a `classification` and move to what it becomes.

    `list_url_name` is a list that can be narrowed by `?classification=`, none where there is no such list.
    """

    key: str
    model: type[Model]
    noun: str
    permission: str
    list_url_name: str = ""

    def rows(self, switch: SchemeSwitch) -> QuerySet[Any]:
        """Those that name a classification of the old scheme."""
        found: QuerySet[Any] = self.model._default_manager.filter(
            organisation=switch.organisation_id, classification__scheme=switch.from_scheme_id
        )
        return found

    def counts(self, switch: SchemeSwitch) -> dict[int, int]:
        """Classification id → rows."""
        counted = self.rows(switch).order_by().values_list("classification")
        return dict(counted.annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Somebody whose readiness on the day of their handover is another with the switch than without."""

    group: str
    name: str
    url: str
    day: dt.date
    before: str
    after: str
    state_before: str
    state_after: str
    because: str

    @property
    def becomes_blocked(self) -> bool:
        return self.state_after == "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A tranche: how many people are handed over from the day on, and what the switch does to them."""

    title: str
    url: str
    people: int
    blocked: int
    released: int


@dataclass(frozen=True, slots=True)
class Effects:
    groups: Sequence[Group] = field(default_factory=list)
    people: Sequence[Affected] = field(default_factory=list)


# What a person may see of the effects of a switch.
Foresee = Callable[[SchemeSwitch, User], Effects]

FOLLOWERS: dict[str, Follower] = {}
_foresee: list[Foresee] = []


def register(*followers: Follower) -> None:
    """An app adds its rows that name classifications when it is ready."""
    FOLLOWERS.update({one.key: one for one in followers})


def register_effects(foresee: Foresee) -> None:
    """Ask `foresee`, too, what a switch does."""
    if foresee not in _foresee:
        _foresee.append(foresee)


def effects_of(switch: SchemeSwitch, user: User) -> Effects:
    """Nothing is written, and a draft is looked at as if it were scheduled."""
    found = [foresee(switch, user) for foresee in _foresee]
    return Effects(
        [group for one in found for group in one.groups], [person for one in found for person in one.people]
    )
