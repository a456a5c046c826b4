"""Celery's side of readiness: ids in, one service called."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from fleet.history import acting
from rollouts.dispatch import send_compute
from rollouts.models import Programme
from rollouts.services import computing
from rollouts.services.forecasting import record_forecast
from rollouts.services.housekeeping import thin_assessments

# Marks that come in a burst are dealt with by one run.
RERUN_AFTER_SECONDS = 2.0


@shared_task(name="rollouts.compute_tranche")
def compute_tranche(tranche_id: int) -> None:
    """Computes one dirty tranche, and comes back where it became dirty meanwhile."""
    with acting(channel="worker"):
        is_dirty_again = computing.compute(tranche_id=tranche_id)
    if is_dirty_again:
        send_compute([tranche_id], after_seconds=RERUN_AFTER_SECONDS)


@shared_task(name="rollouts.sweep_tranches")
def sweep_tranches() -> None:
    """Picks up what a lost broker or a killed worker left, and what a new day made stale."""
    computing.mark_outdated(timezone.localdate())
    send_compute(computing.waiting(timezone.now()))


@shared_task(name="rollouts.keep_house")
def keep_house() -> None:
    """Keeps the trend small and writes down what is forecast today."""
    thin_assessments()
    for programme in Programme.objects.all():
        record_forecast(programme)
