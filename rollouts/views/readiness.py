"""What a tranche's readiness page says, read from its stored assessment."""

from __future__ import annotations

from functools import cached_property

from fleet.web import text
from fleet.web.parts import Stat, Task
from rollouts.models import Assessment, Computation, ScopeFinding, Tranche
from rollouts.views.check_rows import CheckRow, check_rows
from rollouts.views.frame import tranche_url
from rollouts.vocabulary import Readiness

TONES = {Readiness.BLOCKED: "warning", Readiness.READY: "good"}


class ReadinessReport:
    """Of one tranche; each part is read when a page asks for it, in queries that do not grow with people."""

    def __init__(self, tranche: Tranche) -> None:
        self.tranche = tranche
        self.people_url = tranche_url("tranche-people", tranche)

    @cached_property
    def computation(self) -> Computation | None:
        return Computation.objects.select_related("assessment").filter(tranche=self.tranche).first()

    @property
    def assessment(self) -> Assessment | None:
        return self.computation.assessment if self.computation else None

    @property
    def is_computing(self) -> bool:
        """Whether newer figures are on their way."""
        return self.computation is not None and self.computation.is_pending

    @property
    def people(self) -> int:
        """Everybody who is in the tranche, handed over or not."""
        return self.assessment.people + self.assessment.done if self.assessment else 0

    @cached_property
    def cards(self) -> list[Stat]:
        """The people outstanding by readiness and those who are done: everybody in the tranche."""
        assessment = self.assessment
        if assessment is None:
            return []
        outstanding = [
            Stat(
                text.number(getattr(assessment, state)),
                state.label.lower(),
                f"{self.people_url}?readiness={state}",
                TONES.get(state, "") if getattr(assessment, state) else "",
            )
            for state in reversed(Readiness)
        ]
        done = f"{self.people_url}?state=handed_over&state=accepted"
        return [Stat(text.number(assessment.done), "handed over", done), *outstanding]

    @cached_property
    def by_waiver(self) -> int:
        """How many of those who could go do so by a waiver."""
        return self.tranche.people.ready_by_waiver().count()

    @property
    def by_waiver_url(self) -> str:
        return f"{self.people_url}?readiness=ready&readiness=at_risk&waived=any"

    @cached_property
    def checks(self) -> list[CheckRow]:
        return check_rows(self.assessment, self.people_url) if self.assessment else []

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
