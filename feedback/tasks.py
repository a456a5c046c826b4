"""What feedback does by itself."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from feedback.services import escalating, promising
from fleet.history import acting


@shared_task(name="feedback.follow_commitments")
def follow_commitments() -> None:
    """Once a day, after the fleet was counted."""
    promising.follow_commitments(timezone.localdate())


@shared_task(name="feedback.escalate")
def escalate() -> None:
    """Once a day, before the digests go out."""
    with acting(channel="worker"):
        escalating.escalate(timezone.localdate())
