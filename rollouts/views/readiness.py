"""What a tranche's readiness page says, read from its stored assessment."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Q

from fleet.models import User
from fleet.web import text
from fleet.web.parts import Stat, Task
from rollouts.models import Assessment, Computation, ScopeFinding, Tranche, TranchePerson
from rollouts.services.reading import Reading, read
from rollouts.views.check_rows import CheckRow, check_rows
from rollouts.views.frame import tranche_url
from rollouts.vocabulary import (
    ASSESSED_STATES,
    DONE_STATES,
    IN_STATES,
    LEFT_STATES,
    OUTSTANDING_STATES,
    PersonState,
    Readiness,
)

TONES = {Readiness.BLOCKED: "warning", Readiness.READY: "good"}


class ReadinessReport:
    """Of one tranche, over the people whom `user` may see; each part is read when a page asks for it."""

    def __init__(self, tranche: Tranche, user: User) -> None:
        self.tranche = tranche
        self.user = user
        self.places = TranchePerson.objects.visible_to(user).filter(tranche=tranche)
        self.people_url = tranche_url("tranche-people", tranche)

    @cached_property
    def computation(self) -> Computation | None:
        found = Computation.objects.select_related("assessment", "tranche__programme")
        return found.filter(tranche=self.tranche).first()

    @cached_property
    def reading(self) -> Reading | None:
        return read(self.computation, by=self.user) if self.computation else None

    @property
    def assessment(self) -> Assessment | None:
        return self.reading.assessment if self.reading else None

    @property
    def is_past(self) -> bool:
        """Whether nobody's readiness matters any more."""
        return self.tranche.state not in ASSESSED_STATES

    @property
    def is_computing(self) -> bool:
        """Whether newer figures are on their way."""
        return self.computation is not None and self.computation.is_pending

    @cached_property
    def people(self) -> int:
        """Everybody who is in the tranche, handed over or not."""
        if self.assessment is None:
            return sum(self.standing[state] for state in IN_STATES)
        return self.assessment.people + self.assessment.done

    @property
    def left(self) -> int:
        """Those deferred or withdrawn, who are in none of the numbers."""
        return sum(self.standing[state] for state in LEFT_STATES)

    @property
    def left_url(self) -> str:
        return self._people(*LEFT_STATES)

    @cached_property
    def standing(self) -> dict[str, int]:
        """People by the state of their place."""
        counts = {state: Count("pk", filter=Q(state=state)) for state in PersonState.values}
        return self.places.aggregate(**counts)

    def _people(self, *states: str) -> str:
        return f"{self.people_url}?{urlencode({'state': states}, doseq=True)}"

    @cached_property
    def cards(self) -> list[Stat]:
        """The people outstanding by readiness and those who are done: everybody in the tranche."""
        assessment = self.assessment
        if assessment is None:
            return self._last_cards if self.is_past else []
        outstanding = [
            Stat(
                text.number(getattr(assessment, state)),
                state.label.lower(),
                f"{self.people_url}?readiness={state}",
                TONES.get(state, "") if getattr(assessment, state) else "",
            )
            for state in reversed(Readiness)
        ]
        return [Stat(text.number(assessment.done), "handed over", self._people(*DONE_STATES)), *outstanding]

    @property
    def _last_cards(self) -> list[Stat]:
        """How the people of a tranche that is over ended."""
        ends = {"handed over": DONE_STATES, "without a device": OUTSTANDING_STATES}
        counts = [
            (label, states, sum(self.standing[state] for state in states)) for label, states in ends.items()
        ]
        return [Stat(text.number(count), label, self._people(*states)) for label, states, count in counts]

    @cached_property
    def by_waiver(self) -> int:
        """How many of those who could go do so by a waiver."""
        return self.places.ready_by_waiver().count()

    @property
    def by_waiver_url(self) -> str:
        return f"{self.people_url}?readiness=ready&readiness=at_risk&waived=any"

    @cached_property
    def checks(self) -> list[CheckRow]:
        return check_rows(self.reading.results, self.people_url) if self.reading else []

    @property
    def tasks(self) -> list[Task]:
        """The checks that somebody has to look at."""
        return [row.task for row in self.checks if row.is_open]

    @property
    def passed(self) -> list[CheckRow]:
        return [row for row in self.checks if row.is_passed]

    @property
    def unasked(self) -> list[CheckRow]:
        return [row for row in self.checks if row.is_unasked]

    @property
    def tranche_findings(self) -> list[tuple[CheckRow, ScopeFinding]]:
        """What the checks of the tranche itself say."""
        found = self.tranche.scope_findings.filter(site__isnull=True).order_by("check_key")
        rows = {row.check.key: row for row in self.checks}
        return [(rows[finding.check_key], finding) for finding in found if finding.check_key in rows]
