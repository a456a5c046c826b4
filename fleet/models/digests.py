"""Mail about news: one digest a day, and what somebody does not want in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fleet.history import tracked


class Digest(models.Model):
    """The mails of one day: what was new on the days from `since` until the one before `day`.

    Accounts are gone through in the order of their keys; `sent_through` is the last that was dealt with,
    mailed or not, so that a worker that dies goes on where it was.
    """

    day = models.DateField(unique=True)
    since = models.DateField()
    # For what is told once a week: the day from which on; empty on the week's other days.
    week_since = models.DateField(null=True, blank=True)
    sent_through = models.BigIntegerField(default=0)
    mailed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("day")), name="digest_covers_days"),
            models.CheckConstraint(
                condition=Q(week_since=None) | Q(week_since__lte=F("since")), name="digest_week_is_longer"
            ),
        ]

    def __str__(self) -> str:
        return f"Digest of {self.day}"


@tracked()
class UnwantedNews(models.Model):
    """A kind of news that somebody does not want by mail; all kinds are wanted until said otherwise."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unwanted_news")
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="unwanted_news_once")]

    def __str__(self) -> str:
        return self.kind
