"""Threads that are overdue are brought before everybody who answers for the organisation."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from feedback.models import Thread


@transaction.atomic
def escalate(today: dt.date) -> int:
    """Marks what is overdue and was not brought up since anybody last said what becomes of it; how many.

    The next digest tells all who may answer there, not the owner alone.
    """
    overdue = Thread.objects.overdue(today).filter(escalated_at=None)
    return overdue.update(escalated_at=timezone.now())
