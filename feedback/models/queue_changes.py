"""What a lead did to many threads at once, so that it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.vocabulary import QueueVerb
from fleet.models import Organisation
from fleet.models.constraints import one_of

if TYPE_CHECKING:
    from fleet.models import User


class QueueChangeQuerySet(models.QuerySet["QueueChange"]):
    def visible_to(self, user: User) -> QueueChangeQuerySet:
        return self.filter(user.access.scope("feedback.respond", sites=()))


class QueueChange(models.Model):
    """One verb for `threads` of one organisation.

    `rows` are what it changed, [{"id": …, "before": {field: value}, "after": {field: value}}]. Undo as
    in the fleet goes by the log's entry before the change, which a thread that never changed has not.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="queue_changes")
    verb = models.CharField("change", max_length=15, choices=QueueVerb)
    words = models.CharField("what was done", max_length=300)
    threads = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField("taken back", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone = models.PositiveIntegerField("put back", default=0)

    objects = QueueChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            one_of("verb", QueueVerb, name="queue_change_verb"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone=0), name="queue_change_undone"
            ),
        ]
        indexes = [
            # the list, newest first
            models.Index(fields=["organisation", "-made_at"], name="queue_change_by_time"),
        ]

    def __str__(self) -> str:
        return self.words
