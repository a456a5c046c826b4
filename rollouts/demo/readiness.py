"""Readiness as the engine computes it today, tranche 3 at its gate, and a plausible way there."""

from __future__ import annotations

import datetime as dt
import random

from django.db import connection

from fleet.models import Device, Heartbeat, StaffMember
from rollouts.demo.chance import chance_of
from rollouts.demo.copying import analyse
from rollouts.demo.stage import Stage
from rollouts.models import Assessment, CheckResult, Computation, PersonReadiness, Tranche, TranchePerson
from rollouts.services.computing import compute
from rollouts.services.gates import propose
from rollouts.services.staleness import mark_dirty
from rollouts.services.waivers import grant_waiver
from rollouts.vocabulary import GateOutcome, Readiness

TREND_DAYS = 20
PROPOSAL = (
    "Most devices are in the depot and in order. What is left can be put right before the first hand-overs, "
    "save for people whose office closes and those whose needs the planned tablet does not meet."
)


def assess_programme(stage: Stage, tranches: dict[int, Tranche]) -> None:
    """Everything that the pages show of readiness. Leaves tranche 3 waiting for the IT manager's decision."""
    _prepare_planner()
    third = tranches[3]
    _compute([third])
    _waive(stage, third)
    propose(
        tranche=third,
        recommendation=GateOutcome.CONDITIONAL_GO,
        proposal=PROPOSAL,
        by=stage.users["technology-lead"],
    )
    _compute([tranches[number] for number in (2, 3, 4, 5)])
    for number in (2, 3, 4):
        _tell_trend(tranches[number], chance_of(f"trend {number}"))


def _prepare_planner() -> None:
    """Readiness joins small sets, for which nested loops are right."""
    analyse(StaffMember, Device, Heartbeat, TranchePerson)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = on")


def _compute(tranches: list[Tranche]) -> None:
    mark_dirty(Tranche.objects.filter(pk__in=[tranche.pk for tranche in tranches]))
    for tranche in tranches:
        compute(tranche_id=tranche.pk)


def _waive(stage: Stage, tranche: Tranche) -> None:
    """Tranche 2 is still under way; one person has agreed to a device that others could not use."""
    today = stage.today
    by, owner = stage.users["it-manager"], stage.users["technology-lead"]
    grant_waiver(
        tranche=tranche,
        check_key="previous_reflection",
        owner=owner,
        reason="Tranche 2 still runs. Its lessons so far were gone through in the weekly meeting.",
        expires_on=today + dt.timedelta(days=30),
        by=by,
    )
    held = PersonReadiness.objects.filter(
        person__tranche=tranche, blocking__contains=["assistive_supported"]
    ).order_by("person")
    if found := held.select_related("person").first():
        grant_waiver(
            tranche=tranche,
            check_key="assistive_supported",
            person=found.person,
            owner=owner,
            reason="Tried the tablet at the regional centre and prefers it to waiting for a laptop.",
            expires_on=today + dt.timedelta(days=5),
            by=by,
        )


def _tell_trend(tranche: Tranche, chance: random.Random) -> None:
    """One assessment a day before today's, on the way to where the engine finds the tranche now."""
    computation = Computation.objects.select_related("assessment").get(pk=tranche.pk)
    today = computation.assessment
    assert today is not None
    results = list(today.results.all())
    for days in range(TREND_DAYS, 0, -1):
        behind = 1 + 0.045 * days + chance.uniform(-0.05, 0.05)
        at = today.computed_at - dt.timedelta(days=days, minutes=chance.randrange(240))
        earlier = Assessment.objects.create(**_earlier(today, at, behind))
        CheckResult.objects.bulk_create(_earlier_result(one, earlier, behind) for one in results)


def _earlier(today: Assessment, at: dt.datetime, behind: float) -> dict[str, object]:
    """The same people with `behind` times as many blocked and unknown."""
    blocked = min(round(today.blocked * behind), today.people)
    unknown = min(round(today.unknown * behind), today.people - blocked)
    at_risk = min(round(today.at_risk * behind), today.people - blocked - unknown)
    return {
        "tranche": today.tranche,
        "computed_at": at,
        "state": Readiness.BLOCKED if blocked else today.state,
        "people": today.people,
        "blocked": blocked,
        "unknown": unknown,
        "at_risk": at_risk,
        "ready": today.people - blocked - unknown - at_risk,
        "done": today.done,
    }


def _earlier_result(result: CheckResult, assessment: Assessment, behind: float) -> CheckResult:
    asked = result.passed + result.failed + result.unknown + result.waived
    failed = min(round(result.failed * behind), asked - result.waived)
    unknown = min(round(result.unknown * behind), asked - result.waived - failed)
    return CheckResult(
        assessment=assessment,
        check_key=result.check_key,
        severity=result.severity,
        passed=asked - result.waived - failed - unknown,
        failed=failed,
        unknown=unknown,
        waived=result.waived,
        people_affected=min(round(result.people_affected * behind), assessment.people),
        would_release=min(round(result.would_release * behind), assessment.blocked),
    )
