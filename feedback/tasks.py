"""What feedback does by itself."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from feedback.services import promising


@shared_task(name="feedback.follow_commitments")
def follow_commitments() -> None:
    """Once a day, after the fleet was counted."""
    promising.follow_commitments(timezone.localdate())
