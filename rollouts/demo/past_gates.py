"""Gates that were decided before today, with the evidence that lay before them: all were ready."""

from __future__ import annotations

import datetime as dt

from fleet.models import User
from rollouts.checks import CHECKS
from rollouts.demo.copying import copy_rows
from rollouts.models import Assessment, CheckResult, Computation, Gate, PersonReadiness, Tranche
from rollouts.services.evidence import gather_evidence, seal
from rollouts.vocabulary import GateOutcome, GateStatus, Readiness


def pass_gate(
    tranche: Tranche,
    users: dict[str, User],
    *,
    proposed_at: dt.datetime,
    decided_at: dt.datetime,
    proposal: str,
    rationale: str,
) -> None:
    """A go, while everybody in the tranche is still planned."""
    _all_ready(tranche, proposed_at)
    document = gather_evidence(tranche)
    gate = Gate.objects.create(
        tranche=tranche,
        recommendation=GateOutcome.GO,
        proposal=proposal,
        proposed_by=users["technology-lead"],
        evidence=document,
        seal=seal(document),
    )
    Gate.objects.filter(pk=gate.pk).update(
        status=GateStatus.DECIDED,
        outcome=GateOutcome.GO,
        rationale=rationale,
        proposed_at=proposed_at,
        decided_by=users["it-manager"],
        decided_at=decided_at,
    )


def _all_ready(tranche: Tranche, at: dt.datetime) -> None:
    people = list(tranche.people.values_list("pk", flat=True))
    assessment = Assessment.objects.create(
        tranche=tranche,
        computed_at=at,
        state=Readiness.READY,
        people=len(people),
        ready=len(people),
        **dict.fromkeys(("at_risk", "unknown", "blocked", "done"), 0),
    )
    CheckResult.objects.bulk_create(_passed(assessment, key, len(people)) for key in CHECKS)
    copy_rows(PersonReadiness, ({"person_id": pk, "state": Readiness.READY.value} for pk in people))
    Computation.objects.create(tranche=tranche, assessment=assessment, computed_at=at)


def _passed(assessment: Assessment, key: str, people: int) -> CheckResult:
    nothing = dict.fromkeys(("failed", "unknown", "waived", "people_affected", "would_release"), 0)
    return CheckResult(
        assessment=assessment, check_key=key, severity=CHECKS[key].severity, passed=people, **nothing
    )
