"""A tranche's way from draft to closed, apart from its gate (see `gates`)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import User
from rollouts.models import ExitCriterion, Hold, Reflection, Tranche
from rollouts.services.membership import refresh_membership
from rollouts.services.transitions import move, note, require
from rollouts.vocabulary import PersonState, TrancheState


def plan(*, tranche: Tranche, by: User | None) -> None:
    """Draft → planned. Raises Invalid where nobody matches the criteria, else as `transitions.move`."""
    with transaction.atomic():
        require(by, tranche, "plan")
        refresh_membership(tranche=tranche)
        if not tranche.people.counted().exists():
            raise Invalid("Nobody is in this tranche. Choose sites, job roles, work styles or groups first.")
        move(tranche, "plan", TrancheState.PLANNED, by=by)


def unplan(*, tranche: Tranche, by: User | None) -> None:
    """Planned → draft: its people may be in another tranche again."""
    move(tranche, "unplan", TrancheState.DRAFT, by=by)


def hold(*, tranche: Tranche, reason: str, by: User | None) -> Hold:
    """Deploying → held, with an open hold."""
    _wanted(reason, "reason", "Say why the tranche is held.")
    with transaction.atomic():
        move(tranche, "hold", TrancheState.HELD, by=by, text=reason)
        return Hold.objects.create(tranche=tranche, reason=reason, placed_by=by)


def release(*, tranche: Tranche, reason: str, by: User | None) -> None:
    """Held → deploying; ends the open hold."""
    _wanted(reason, "reason", "Say what changed, so that the tranche can go on.")
    with transaction.atomic():
        move(tranche, "release", TrancheState.DEPLOYING, by=by, text=reason)
        tranche.holds.filter(released_at__isnull=True).update(
            released_at=timezone.now(), released_by=by, release_reason=reason
        )


def start_hypercare(*, tranche: Tranche, reason: str = "", by: User | None) -> None:
    """Deploying → hypercare. Those who still wait are deferred with `reason`; devices get free.

    Raises Invalid where somebody waits and no reason says why it starts all the same.
    """
    waiting = tranche.people.outstanding()
    if not reason.strip() and (count := waiting.count()):
        raise Invalid(
            f"{_people(count)} no device yet. Hand over, defer or withdraw them, or say why hypercare starts "
            "all the same: they are then deferred for that reason.",
            field="reason",
        )
    started = {"hypercare_starts_on": timezone.localdate()}
    with transaction.atomic():
        move(tranche, "start_hypercare", TrancheState.HYPERCARE, by=by, text=reason, **started)
        if reason.strip():
            waiting.update(state=PersonState.DEFERRED, reason=reason, device=None)


def hypercare_ends_on(tranche: Tranche) -> dt.date | None:
    """The first day on which hypercare can end; None before it started."""
    started = tranche.hypercare_starts_on
    return started and started + dt.timedelta(days=tranche.hypercare_days)


def missing_for_exit(tranche: Tranche) -> list[str]:
    """What keeps hypercare from ending, a sentence each; empty where it can end today."""
    missing = [f"“{one}” is not met." for one in tranche.exit_criteria.filter(met_at__isnull=True)]
    # After hypercare nobody's place can be changed, and what is allocated would never be free again.
    if waiting := tranche.people.outstanding().count():
        missing.append(f"{_people(waiting)} no device yet: defer or withdraw them.")
    ends_on = hypercare_ends_on(tranche)
    if ends_on and timezone.localdate() < ends_on:
        missing.append(f"Its {tranche.hypercare_days} days run until {ends_on:%-d %B %Y}.")
    return missing


def end_hypercare(*, tranche: Tranche, by: User | None) -> None:
    """Hypercare → reflecting. Conflict lists what is missing: open criteria, people, days."""
    require(by, tranche, "end_hypercare")
    if missing := missing_for_exit(tranche):
        raise Conflict("Hypercare cannot end yet. " + " ".join(missing))
    move(tranche, "end_hypercare", TrancheState.REFLECTING, by=by)


def add_exit_criterion(*, tranche: Tranche, text: str, by: User | None) -> ExitCriterion:
    """Another thing that must be true before hypercare ends."""
    require(by, tranche, "set_exit_criteria")
    _wanted(text, "text", "Enter what must be true before hypercare ends.")
    return ExitCriterion.objects.create(tranche=tranche, text=text)


def meet_exit_criterion(*, criterion: ExitCriterion, by: User | None) -> None:
    """Says that the criterion is met. Conflict where somebody said so before."""
    require(by, criterion.tranche, "set_exit_criteria")
    open_ones = ExitCriterion.objects.filter(pk=criterion.pk, met_at__isnull=True)
    if not open_ones.update(met_at=timezone.now(), met_by=by):
        raise Conflict(f"“{criterion}” is met already.")


def record_reflection(
    *, tranche: Tranche, what_happened: str, lessons: str, owner: User | None, by: User | None
) -> Reflection:
    """Records what the next tranche's check reads; a second call replaces the first while reflecting."""
    require(by, tranche, "record_reflection")
    _wanted(what_happened, "what_happened", "Say what happened.")
    _wanted(
        lessons, "lessons", "Say what the next tranche should do differently, or that nothing should change."
    )
    with transaction.atomic():
        reflection, _ = Reflection.objects.update_or_create(
            tranche=tranche,
            defaults={
                "what_happened": what_happened,
                "lessons": lessons,
                "owner": owner,
                "recorded_by": by,
            },
        )
        note(tranche, "record_reflection", by=by)
    return reflection


def close(*, tranche: Tranche, by: User | None) -> None:
    """Reflecting → closed. Conflict while no reflection is recorded."""
    require(by, tranche, "close")
    if not Reflection.objects.filter(tranche=tranche).exists():
        raise Conflict(f"{tranche} has no reflection yet. Record what happened and its lessons first.")
    move(tranche, "close", TrancheState.CLOSED, by=by)


def _people(count: int) -> str:
    return "1 person has" if count == 1 else f"{count:,} people have"


def _wanted(text: str, field: str, message: str) -> None:
    if not text.strip():
        raise Invalid(message, field=field)
