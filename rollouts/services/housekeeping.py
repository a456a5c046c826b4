"""What keeps rollouts' tables small."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from rollouts.models import Assessment, Computation

# The trend keeps every change of the last week, and before that the last word of each day.
KEEP_ALL_DAYS = 7


def thin_assessments() -> int:
    """Deletes what the trend no longer needs; returns how many assessments went."""
    before = timezone.now() - dt.timedelta(days=KEEP_ALL_DAYS)
    newest_first = Window(
        RowNumber(),
        partition_by=["tranche", TruncDate("computed_at")],
        order_by=[F("computed_at").desc(), F("pk").desc()],
    )
    latest = Computation.objects.filter(assessment__isnull=False).values("assessment")
    ranked = Assessment.objects.filter(computed_at__lt=before).annotate(position=newest_first)
    surplus = list(ranked.exclude(pk__in=latest).filter(position__gt=1).values_list("pk", flat=True))
    Assessment.objects.filter(pk__in=surplus).delete()
    return len(surplus)
