"""Keeping readiness fresh: who may compute a tranche now, and what a run consists of."""

from __future__ import annotations

import datetime as dt
import time

from django.db.models import Q, QuerySet
from django.utils import timezone

from fleet.errors import Conflict
from fleet.models import User
from rollouts.models import Computation, Tranche
from rollouts.services.assessing import STEPS, assess
from rollouts.services.handover import follow_facts
from rollouts.services.membership import refresh_membership
from rollouts.services.staleness import mark_dirty
from rollouts.services.transitions import require
from rollouts.vocabulary import ASSESSED_STATES

# Longer than any run; after it the sweep takes the tranche from a worker that died.
LEASE = dt.timedelta(minutes=2)
PROGRESS_EVERY_SECONDS = 0.25


def recompute(*, tranche: Tranche, by: User | None) -> None:
    """Asks for a new assessment, whether facts changed or not; a worker makes it."""
    require(by, tranche, "recompute")
    mark_dirty(Tranche.objects.filter(pk=tranche.pk))


def compute(*, tranche_id: int) -> bool:
    """Brings a dirty tranche's people and readiness up to date; returns whether it is dirty again already.

    Does nothing where the tranche is clean or another worker holds its lease. What went wrong is kept in
    `Computation.error` and raised; such a tranche waits for the next change, or for somebody to ask again.
    """
    claimed = _claim(tranche_id)
    if claimed is None:
        return False
    try:
        _run(tranche_id)
    except Exception as error:
        _computation(tranche_id).update(claimed_until=None, error=str(error)[:500])
        raise
    _computation(tranche_id).filter(dirty_at=claimed).update(dirty_at=None)
    _computation(tranche_id).update(claimed_until=None, steps_done=STEPS)
    return _computation(tranche_id).filter(dirty_at__isnull=False).exists()


def ensure_fresh(tranche: Tranche) -> Computation:
    """The tranche's computation, made now where facts have moved since.

    Raises Conflict while a worker is at it.
    """
    computation = _computation(tranche.pk).filter(assessment__isnull=False, dirty_at__isnull=True).first()
    if computation is None:
        mark_dirty(Tranche.objects.filter(pk=tranche.pk))
        compute(tranche_id=tranche.pk)
        computation = Computation.objects.select_related("assessment").get(pk=tranche.pk)
        if computation.dirty_at is not None:
            raise Conflict("Readiness is being computed just now. Try again in a few seconds.")
    return computation


def waiting(now: dt.datetime) -> list[int]:
    """The dirty tranches that nobody computes and that did not fail: their message was lost."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    return list(
        Computation.objects.filter(free, dirty_at__isnull=False, error="").values_list("pk", flat=True)
    )


def mark_outdated(today: dt.date) -> list[int]:
    """Marks assessed tranches that were last looked at on an earlier day."""
    fresh = Computation.objects.filter(
        Q(computed_at__date__gte=today) | Q(dirty_at__isnull=False),
    )
    return mark_dirty(Tranche.objects.filter(state__in=ASSESSED_STATES).exclude(pk__in=fresh.values("pk")))


def _claim(tranche_id: int) -> dt.datetime | None:
    """Takes the lease; gives the mark that this run will have dealt with, or None."""
    now = timezone.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    taken = (
        _computation(tranche_id)
        .filter(free, dirty_at__isnull=False)
        .update(claimed_until=now + LEASE, steps_done=0, steps_total=STEPS, error="")
    )
    return _computation(tranche_id).values_list("dirty_at", flat=True).get() if taken else None


def _run(tranche_id: int) -> None:
    tranche = Tranche.objects.select_related("programme").get(pk=tranche_id)
    if tranche.state not in ASSESSED_STATES:
        return
    at = timezone.now()
    refresh_membership(tranche=tranche)
    follow_facts(tranche_ids=[tranche_id])
    assess(tranche, at=at, step=_Progress(tranche_id))


class _Progress:
    """Writes how far a run is, often enough for a page that is watched and no oftener."""

    def __init__(self, tranche_id: int) -> None:
        self.tranche_id = tranche_id
        self.done = 0
        self.written_at = time.monotonic()

    def __call__(self) -> None:
        self.done += 1
        if time.monotonic() - self.written_at >= PROGRESS_EVERY_SECONDS:
            _computation(self.tranche_id).update(steps_done=self.done)
            self.written_at = time.monotonic()


def _computation(tranche_id: int) -> QuerySet[Computation]:
    return Computation.objects.filter(pk=tranche_id)
