"""What an assessment says in numbers, counted from its findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from rollouts.checks import CHECKS, Check
from rollouts.models import Assessment, Tranche
from rollouts.vocabulary import DONE_STATES, CheckScope, Readiness, Severity


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """One check's counts; see `CheckResult`."""

    check_key: str
    severity: str
    passed: int
    failed: int
    unknown: int
    waived: int
    people_affected: int
    would_release: int

    def fields(self) -> dict[str, int | str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything that is counted in one run; `totals` are the assessment's own columns."""

    totals: dict[str, int | str]
    checks: list[CheckCounts]

    def equal(self, assessment: Assessment) -> bool:
        """Whether a stored assessment says the same."""
        names = CheckCounts.__slots__
        before = {tuple(row) for row in assessment.results.values_list(*names)}
        now = {tuple(one.fields().values()) for one in self.checks}
        return before == now and all(getattr(assessment, name) == n for name, n in self.totals.items())


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one check's findings: how many of each kind, and at how many people those not waived point."""

    failed: int = 0
    unknown: int = 0
    waived: int = 0
    people: int = 0


_TALLIES = """
    SELECT finding.check_key, count(*) FILTER (WHERE NOT is_waived AND verdict = 'failed'),
        count(*) FILTER (WHERE NOT is_waived AND verdict = 'unknown'), count(*) FILTER (WHERE is_waived),
        coalesce(sum(
            CASE finding.scope WHEN 'person' THEN 1 WHEN 'site' THEN here.people ELSE everywhere.people END
        ) FILTER (WHERE NOT is_waived), 0)
    FROM readiness_findings finding
    LEFT JOIN (SELECT site_id, count(*) AS people FROM readiness_base GROUP BY site_id) AS here
        ON here.site_id = finding.site_id
    CROSS JOIN (SELECT count(*) AS people FROM readiness_base) AS everywhere
    GROUP BY finding.check_key
"""
_RELEASES = """
    SELECT blocking[1], count(*) FROM readiness_people WHERE cardinality(blocking) = 1 GROUP BY 1
"""
_STATES = "SELECT state, count(*) FROM readiness_people GROUP BY state"


def count(cursor: CursorWrapper, tranche: Tranche) -> Counts:
    """Counts the findings that stand in the temporary tables, waivers applied."""
    states: dict[str, int] = dict(_rows(cursor, _STATES))
    tallies = {str(key): Tally(*numbers) for key, *numbers in _rows(cursor, _TALLIES)}
    releases = dict(_rows(cursor, _RELEASES)) | _held_by_tranche_checks(states, tallies)
    subjects = _subjects(cursor)
    people = {state.value: states.get(state.value, 0) for state in Readiness}
    totals: dict[str, int | str] = {
        "state": worst(states, tallies),
        "people": sum(people.values()),
        "done": tranche.people.filter(state__in=DONE_STATES).count(),
        **people,
    }
    checks = [
        _check_counts(check, tallies.get(key, Tally()), subjects[key], releases.get(key, 0))
        for key, check in CHECKS.items()
    ]
    return Counts(totals, checks)


def worst(states: dict[str, int], tallies: dict[str, Tally]) -> Readiness:
    """The state of the whole: the worst of its people, its sites and itself."""
    found = {state for state, people in states.items() if people}
    for key, tally in tallies.items():
        found.update(_states_of(CHECKS[key], tally))
    return next((state for state in Readiness if state.value in found), Readiness.READY)


def _states_of(check: Check, tally: Tally) -> Iterable[str]:
    if check.severity == Severity.ADVISORY:
        return [Readiness.AT_RISK] if tally.failed or tally.unknown else []
    blocked = [Readiness.BLOCKED] if tally.failed else []
    return [*blocked, Readiness.UNKNOWN] if tally.unknown else blocked


def _held_by_tranche_checks(states: dict[str, int], tallies: dict[str, Tally]) -> dict[str, int]:
    """A failed tranche check holds everybody who is not blocked otherwise, if no other one does."""
    holding = [
        key
        for key, tally in tallies.items()
        if tally.failed
        and CHECKS[key].scope == CheckScope.TRANCHE
        and CHECKS[key].severity == Severity.BLOCKING
    ]
    free = sum(people for state, people in states.items() if state != Readiness.BLOCKED)
    return {holding[0]: free} if len(holding) == 1 else {}


def _subjects(cursor: CursorWrapper) -> dict[str, int]:
    asked = ", ".join(check.subjects for check in CHECKS.values())
    [row] = _rows(cursor, f"SELECT {asked} FROM readiness_base base")  # noqa: S608 (constants alone)
    return dict(zip(CHECKS, row, strict=True))


def _check_counts(check: Check, tally: Tally, subjects: int, would_release: int) -> CheckCounts:
    return CheckCounts(
        check_key=check.key,
        severity=check.severity.value,
        passed=subjects - tally.failed - tally.unknown - tally.waived,
        failed=tally.failed,
        unknown=tally.unknown,
        waived=tally.waived,
        people_affected=tally.people,
        would_release=would_release,
    )


def _rows(cursor: CursorWrapper, sql: str) -> list[Any]:
    cursor.execute(sql)
    return list(cursor.fetchall())
