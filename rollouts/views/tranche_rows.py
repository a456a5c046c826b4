"""The tranches of a programme as a table, on Today and on the programme's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.safestring import SafeString

from fleet.models import User
from fleet.web.tables import Column, Table, to
from rollouts.models import Assessment, Programme, Tranche, TranchePerson
from rollouts.views.shown import readiness_tag, state_tag
from rollouts.vocabulary import ASSESSED_STATES, DONE_STATES, OUTSTANDING_STATES, Readiness


@dataclass(frozen=True, slots=True)
class TrancheRow:
    """A tranche with the people in it, counted: `people` = handed over + ready + in between + blocked."""

    tranche: Tranche
    people: int = 0
    done: int = 0
    ready_now: int = 0
    blocked_now: int = 0

    @property
    def assessment(self) -> Assessment | None:
        """The latest; None before the first, and once readiness is past."""
        computation = getattr(self.tranche, "computation", None)
        return computation.assessment if computation and self.tranche.state in ASSESSED_STATES else None

    @property
    def is_assessed(self) -> bool:
        return self.assessment is not None

    @property
    def ready(self) -> int | None:
        return self.ready_now if self.is_assessed else None

    @property
    def in_between(self) -> int | None:
        """At risk or unknown; those who joined since the last assessment are unknown, too."""
        return self.people - self.done - self.ready_now - self.blocked_now if self.is_assessed else None

    @property
    def blocked(self) -> int | None:
        return self.blocked_now if self.is_assessed else None

    @property
    def readiness(self) -> SafeString | None:
        """Of the tranche as a whole."""
        return readiness_tag(self.assessment.state) if self.assessment else None


COUNTED = ("people", "done", "ready_now", "blocked_now")
COLUMNS = (
    Column(key="name", title="Tranche", value="tranche", link=to("rollouts:tranche-detail", "tranche.pk")),
    Column(key="people", title="People", is_numeric=True),
    Column(key="done", title="Handed over", is_numeric=True),
    Column(key="ready", title="Ready", is_numeric=True, empty="–"),
    Column(key="in_between", title="At risk or unknown", is_numeric=True, empty="–"),
    Column(key="blocked", title="Blocked", is_numeric=True, empty="–"),
    Column(key="starts", title="Starts", value="tranche.handover_starts_on"),
    Column(key="state", title="State", value=lambda row: state_tag(row.tranche)),
    Column(key="readiness", title="Readiness", empty="–"),
)


def tranche_table(programme: Programme, user: User) -> Table:
    """With the number of people in each whom this person may see."""
    tranches = programme.tranches.select_related("computation__assessment").order_by("number")
    counts = _counts(programme, user)
    rows = [TrancheRow(tranche, **counts.get(tranche.pk, {})) for tranche in tranches]
    whose = "" if programme.is_wholly_visible_to(user) else ": people at your sites"
    return Table(columns=COLUMNS, rows=rows, caption=f"Tranches{whose}")


def _counts(programme: Programme, user: User) -> dict[int, dict[str, int]]:
    """By tranche, what a `TrancheRow` holds besides it."""
    waiting = {
        f"{state}_now": Count("pk", filter=Q(state__in=OUTSTANDING_STATES, readiness__state=state))
        for state in (Readiness.READY, Readiness.BLOCKED)
    }
    places = TranchePerson.objects.of_programme(programme, by=user).counted().order_by()
    counted: Any = places.values("tranche").annotate(
        people=Count("pk"), done=Count("pk", filter=Q(state__in=DONE_STATES)), **waiting
    )
    return {row["tranche"]: {name: row[name] for name in COUNTED} for row in counted}
