"""What tranches ask of a person today: one function for each kind of question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from fleet.models import User
from fleet.web import text
from fleet.web.decisions import Decision
from rollouts.checks import CHECKS
from rollouts.models import Gate, Hold, Tranche, Waiver
from rollouts.services.lifecycle import hypercare_ends_on
from rollouts.services.transitions import may
from rollouts.vocabulary import ASSESSED_STATES, TrancheState

SOON = dt.timedelta(days=14)
EXPIRING = dt.timedelta(days=7)


def rollout_decisions(user: User) -> Iterator[Decision]:
    """All of them, from a number of queries that does not grow with the tranches."""
    today = timezone.localdate()
    for tranche in _tranches(user):
        yield from _gate(user, tranche)
        yield from _proposal(user, tranche, today)
        yield from _hold(user, tranche)
        yield from _hypercare(user, tranche, today)
        yield from _reflection(user, tranche)
    yield from _waivers(user, today)


def _tranches(user: User) -> list[Tranche]:
    gates = Gate.objects.open().select_related("proposed_by").defer("evidence")
    open_gates = Prefetch("gates", gates, to_attr="open_gates")
    open_holds = Prefetch("holds", Hold.objects.filter(released_at__isnull=True), to_attr="open_holds")
    visible = Tranche.objects.visible_to(user).exclude(state__in=[TrancheState.DRAFT, TrancheState.CLOSED])
    related = visible.select_related("programme", "computation__assessment", "reflection")
    return list(related.prefetch_related(open_gates, open_holds))


def _gate(user: User, tranche: Tranche) -> Iterator[Decision]:
    for gate in tranche.open_gates:  # type: ignore[attr-defined]
        if may(user, tranche, "decide") and gate.proposed_by_id != user.pk:
            yield Decision(
                what=f"Decide on {tranche}",
                why=f"{gate.proposed_by} recommends {gate.get_recommendation_display().lower()}. "
                + _readiness(tranche),
                url=reverse("rollouts:tranche-gate", args=[tranche.pk]),
                due_on=tranche.decision_due_on or tranche.handover_starts_on,
            )


def _proposal(user: User, tranche: Tranche, today: dt.date) -> Iterator[Decision]:
    due_on = tranche.decision_due_on or tranche.handover_starts_on
    if due_on <= today + SOON and may(user, tranche, "propose"):
        yield Decision(
            what=f"Propose the gate of {tranche}",
            why=f"Handover starts on {tranche.handover_starts_on:%-d %B}. {_readiness(tranche)}",
            url=reverse("rollouts:tranche-gate", args=[tranche.pk]),
            due_on=due_on,
        )


def _hold(user: User, tranche: Tranche) -> Iterator[Decision]:
    for hold in tranche.open_holds:  # type: ignore[attr-defined]
        if may(user, tranche, "release"):
            yield Decision(
                what=f"Release the hold of {tranche}",
                why=f"Held since {timezone.localdate(hold.placed_at):%-d %B}: {hold.reason}",
                url=reverse("rollouts:tranche-detail", args=[tranche.pk]),
            )


def _hypercare(user: User, tranche: Tranche, today: dt.date) -> Iterator[Decision]:
    ends_on = hypercare_ends_on(tranche)
    if may(user, tranche, "end_hypercare") and ends_on and ends_on <= today + EXPIRING:
        yield Decision(
            what=f"End hypercare of {tranche}",
            why=f"Its {tranche.hypercare_days} days end on {ends_on:%-d %B}.",
            url=reverse("rollouts:tranche-hypercare", args=[tranche.pk]),
            due_on=ends_on,
        )


def _reflection(user: User, tranche: Tranche) -> Iterator[Decision]:
    if not may(user, tranche, "close"):
        return
    is_recorded = hasattr(tranche, "reflection")
    yield Decision(
        what=f"Close {tranche}" if is_recorded else f"Record the reflection on {tranche}",
        why="Its reflection is recorded." if is_recorded else "The next tranche's check waits for it.",
        url=reverse("rollouts:tranche-hypercare", args=[tranche.pk]),
    )


def _waivers(user: User, today: dt.date) -> Iterator[Decision]:
    expiring = Waiver.objects.in_force().filter(
        expires_on__lte=today + EXPIRING,
        tranche__in=Tranche.objects.visible_to(user).filter(state__in=ASSESSED_STATES),
    )
    for waiver in expiring.select_related("tranche__programme", "owner"):
        if may(user, waiver.tranche, "waive"):
            yield Decision(
                what=f"Renew or end a waiver of {waiver.tranche}",
                why=f"“{CHECKS[waiver.check_key].title}”, owned by {waiver.owner}, runs out.",
                url=reverse("rollouts:waiver-list", args=[waiver.tranche_id]),
                due_on=waiver.expires_on,
            )


def _readiness(tranche: Tranche) -> str:
    computation = getattr(tranche, "computation", None)
    assessment = computation and computation.assessment
    if assessment is None:
        return "Its readiness is not known yet."
    people = text.counted(assessment.people, "person", "people")
    return f"Of {people}, {assessment.blocked:,} blocked and {assessment.unknown:,} unknown."
