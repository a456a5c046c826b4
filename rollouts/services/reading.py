"""A tranche's latest assessment as somebody may read it: whole, or counted over the people at their sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from fleet.models import User
from rollouts.checks import CHECKS, Check
from rollouts.checks.base import DeviceCheck
from rollouts.models import Assessment, CheckResult, Computation, ScopeFinding, Tranche, TranchePerson
from rollouts.vocabulary import DONE_STATES, CheckScope, Readiness

# What a check can find.
KINDS = ("failed", "unknown", "waived")


@dataclass(frozen=True, slots=True)
class Reading:
    """An assessment and its results; those counted for one reader are stored nowhere."""

    assessment: Assessment
    results: list[CheckResult]


def read(computation: Computation, *, by: User) -> Reading | None:
    """None before the first assessment, and once readiness is past.

    The state is the tranche's own for every reader: one part of it cannot go without the others.
    """
    tranche, assessment = computation.tranche, computation.current
    if assessment is None:
        return None
    results = list(assessment.results.all())
    if tranche.programme.is_wholly_visible_to(by):
        return Reading(assessment, results)
    places = TranchePerson.objects.visible_to(by).filter(tranche=tranche)
    waiting = list(places.found(*Readiness).select_related("staff_member", "readiness"))
    states = Counter(place.readiness.state for place in waiting)
    local = Assessment(
        tranche=tranche,
        computed_at=assessment.computed_at,
        state=assessment.state,
        people=len(waiting),
        done=places.filter(state__in=DONE_STATES).count(),
        **{state.value: states[state.value] for state in Readiness},
    )
    known = [result for result in results if result.check_key in CHECKS]
    return Reading(local, [_recounted(result, waiting) for result in known])


def findings_of(tranche: Tranche, *, by: User) -> QuerySet[ScopeFinding]:
    """What is found of the tranche itself, and of the sites at which this person sees people."""
    findings = ScopeFinding.objects.filter(tranche=tranche).order_by("pk")
    here = by.access.scope("rollouts.view", organisation="tranche__programme__organisation")
    return findings.filter(here) | findings.filter(site__isnull=True)


def _recounted(result: CheckResult, waiting: list[TranchePerson]) -> CheckResult:
    """The check's counts over these people alone."""
    check = CHECKS[result.check_key]
    people, release = _affected(result, waiting)
    counts = {name: getattr(result, name) for name in ("passed", *KINDS)}
    if check.scope != CheckScope.TRANCHE:
        counts = _subjects(check, waiting)
    return CheckResult(
        check_key=result.check_key,
        severity=result.severity,
        people_affected=people,
        would_release=release,
        **counts,
    )


def _affected(result: CheckResult, waiting: list[TranchePerson]) -> tuple[int, int]:
    """(people affected, people whom nothing else blocks); what a tranche check finds holds everybody."""
    if CHECKS[result.check_key].scope == CheckScope.TRANCHE:
        free = [place for place in waiting if not place.readiness.blocking]
        return len(waiting) if result.people_affected else 0, len(free) if result.would_release else 0
    found = [place for place in waiting if {*_kinds(result.check_key, place)} - {"waived"}]
    return len(found), sum(place.readiness.blocking == [result.check_key] for place in waiting)


def _subjects(check: Check, waiting: list[TranchePerson]) -> dict[str, int]:
    """How many of the people, or of their sites, are of each kind."""
    asked = [place for place in waiting if place.device_id or not isinstance(check, DeviceCheck)]
    kinds: dict[str, set[Hashable]] = {kind: set() for kind in KINDS}
    for place in waiting:
        for kind in _kinds(check.key, place):
            kinds[kind].add(_subject(check, place))
    passed = {_subject(check, place) for place in asked} - {None} - set().union(*kinds.values())
    return {"passed": len(passed), **{kind: len(subjects) for kind, subjects in kinds.items()}}


def _subject(check: Check, place: TranchePerson) -> Hashable:
    return place.staff_member.site_id if check.scope == CheckScope.SITE else place.pk


def _kinds(key: str, place: TranchePerson) -> list[str]:
    """What the check found of the person, in the words of `KINDS`."""
    found: list[dict[str, Any]] = [one for one in place.readiness.findings if one["check"] == key]
    return ["waived" if one["waived"] else one["verdict"] for one in found]
