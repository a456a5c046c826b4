"""A tranche's gate: proposed by one person, decided by another, on evidence that is sealed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import User
from rollouts.models import Computation, Gate, Tranche
from rollouts.services.computing import ensure_fresh
from rollouts.services.evidence import (
    blocking_failures,
    blocking_unknowns,
    differs,
    gather_evidence,
    seal,
    waivers_in_force,
)
from rollouts.services.transitions import move, note, require
from rollouts.vocabulary import GateOutcome, GateStatus, Severity, TrancheState

LETS_GO = (GateOutcome.GO, GateOutcome.CONDITIONAL_GO)


def propose(*, tranche: Tranche, recommendation: str, proposal: str, by: User) -> Gate:
    """Planned → gate: locks the tranche's people and seals what readiness says now.

    Raises Invalid naming the field, Conflict while readiness is being computed.
    """
    require(by, tranche, "propose")
    if recommendation not in GateOutcome.values:
        raise Invalid("Choose what you recommend.", field="recommendation")
    if not proposal.strip():
        raise Invalid("Say why you recommend this.", field="proposal")
    ensure_fresh(tranche)
    with transaction.atomic():
        move(tranche, "propose", TrancheState.GATE, by=by, text=proposal, locked_at=timezone.now())
        document = gather_evidence(tranche)
        return Gate.objects.create(
            tranche=tranche,
            recommendation=recommendation,
            proposal=proposal,
            proposed_by=by,
            evidence=document,
            seal=seal(document),
        )


def withdraw_proposal(*, gate: Gate, by: User | None) -> None:
    """Gate → planned: the gate is kept as withdrawn, and the tranche's people follow its criteria again."""
    with transaction.atomic():
        move(gate.tranche, "withdraw_proposal", TrancheState.PLANNED, by=by, locked_at=None)
        _end(gate, status=GateStatus.WITHDRAWN)


def is_outdated(gate: Gate) -> bool:
    """Whether an open gate's evidence no longer says what readiness says now."""
    return differs(gate.evidence, gather_evidence(gate.tranche))


def reseal(*, gate: Gate, by: User | None) -> None:
    """Seals today's evidence in place of the earlier; proposer and decider may both ask for it.

    It is computed, not written, so that neither can shape it.
    """
    require(by, gate.tranche, "reseal")
    ensure_fresh(gate.tranche)
    document = gather_evidence(gate.tranche)
    with transaction.atomic():
        _end(gate, status=GateStatus.OPEN, evidence=document, seal=seal(document))
        note(gate.tranche, "reseal", by=by)


def decide(*, gate: Gate, outcome: str, rationale: str, seen_seal: str, by: User) -> None:
    """Go or conditional go → deploying; no-go or inconclusive → planned, its people following again.

    `seen_seal` is the seal of the evidence that the decider was shown. Raises Forbidden for the proposer,
    Invalid naming the field, and Conflict where the evidence was sealed anew, or does not allow a go.
    """
    require(by, gate.tranche, "decide")
    if by.pk == gate.proposed_by_id:
        raise Forbidden("You proposed this gate, so somebody else has to decide it.")
    if outcome not in GateOutcome.values:
        raise Invalid("Choose go, conditional go, no-go or inconclusive.", field="outcome")
    if not rationale.strip():
        missing = "the conditions" if outcome == GateOutcome.CONDITIONAL_GO else "why you decide so"
        raise Invalid(f"Enter {missing}.", field="rationale")
    if seen_seal != gate.seal:
        raise Conflict("The evidence was sealed anew since you opened this page. Look at it again.")
    if outcome in LETS_GO:
        _require_clear(gate, GateOutcome(outcome))
    _decide(gate, GateOutcome(outcome), rationale, by)


def _decide(gate: Gate, outcome: GateOutcome, rationale: str, by: User) -> None:
    goes = outcome in LETS_GO
    to = TrancheState.DEPLOYING if goes else TrancheState.PLANNED
    text = f"{outcome.label}: {rationale}"
    with transaction.atomic():
        move(gate.tranche, "decide", to, by=by, text=text, **({} if goes else {"locked_at": None}))
        _end(
            gate,
            status=GateStatus.DECIDED,
            outcome=outcome,
            rationale=rationale,
            decided_by=by,
            decided_at=timezone.now(),
        )


def _require_clear(gate: Gate, outcome: GateOutcome) -> None:
    """A go needs every blocking failure waived: in the sealed evidence, and still so now.

    A plain one also needs every blocking check to be answered.
    """
    if failures := blocking_failures(gate.evidence):
        raise Conflict(
            "; ".join(failures) + ". Waive each and refresh the evidence, or choose no-go or inconclusive."
        )
    if outcome == GateOutcome.GO and (unknowns := blocking_unknowns(gate.evidence)):
        raise Conflict(
            "; ".join(unknowns)
            + ". Find the facts and refresh the evidence, or choose conditional go and say "
            "who finds them out."
        )
    sealed = [waiver["id"] for waiver in gate.evidence["waivers"]]
    if sealed != [waiver.pk for waiver in waivers_in_force(gate.tranche)]:
        raise Conflict("Waivers have changed since the evidence was sealed. Refresh it and look again.")
    if _fails_now(gate.tranche):
        raise Conflict("People are blocked who were not when the evidence was sealed. Refresh it.")


def _fails_now(tranche: Tranche) -> bool:
    latest = Computation.objects.filter(tranche=tranche)
    return latest.filter(
        assessment__results__severity=Severity.BLOCKING, assessment__results__failed__gt=0
    ).exists()


def _end(gate: Gate, **fields: object) -> None:
    """Changes the gate while it is open and sealed as loaded; Conflict where somebody was first."""
    if not Gate.objects.filter(pk=gate.pk, status=GateStatus.OPEN, seal=gate.seal).update(**fields):
        raise Conflict("Somebody changed this gate a moment ago. Look at it again.")
    gate.refresh_from_db()
