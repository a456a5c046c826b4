"""Sending work to the workers. The dirty mark is the queue of record: a broker that is down loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Collection

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def send_compute(tranche_ids: Collection[int], *, after_seconds: float = 0.0) -> None:
    """Wakes workers for these tranches; says so once where the broker cannot be reached."""
    for tranche_id in tranche_ids:
        try:
            current_app.send_task(
                "rollouts.compute_tranche", args=[tranche_id], countdown=after_seconds, retry=False
            )
        except OperationalError as error:
            logger.warning("The broker cannot be reached; the sweep will compute %s: %s", tranche_ids, error)
            return
