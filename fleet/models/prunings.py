"""That a history forgot what was past its time."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from fleet.history import append_only


class Pruning(models.Model):
    """`rows` of `what` (changes, contexts, access, days, forecasts or pictures) that were older than
    `before`."""

    what = models.CharField(max_length=10)
    before = models.DateTimeField()
    rows = models.PositiveIntegerField()
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-done_at", "-pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.rows} {self.what} before {self.before:%Y-%m-%d}"
