"""Comments brought in from elsewhere, checked before they are taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.vocabulary import FeedbackImportStatus
from fleet.history import tracked
from fleet.models import Organisation
from fleet.models.constraints import one_of

if TYPE_CHECKING:
    from fleet.models import User


class FeedbackImportQuerySet(models.QuerySet["FeedbackImport"]):
    def visible_to(self, user: User) -> FeedbackImportQuerySet:
        return self.filter(user.access.scope("feedback.moderate", sites=()))


@tracked(exclude=("content", "report"))
class FeedbackImport(models.Model):
    """One file of comments. `source` names where they were said: ids are unique within it, so that the same
    file, or a longer one, adds only what is new. `content` is kept until it is decided on.
    `report`: what its check found row by row (`feedback.services.importing.reports`)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="feedback_imports")
    source = models.CharField("where they were said", max_length=100)
    name = models.CharField("file", max_length=255)
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    status = models.CharField(
        max_length=10, choices=FeedbackImportStatus, default=FeedbackImportStatus.CHECKED
    )
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            one_of("status", FeedbackImportStatus, name="feedback_import_status"),
            models.CheckConstraint(
                condition=Q(status=FeedbackImportStatus.CHECKED)
                ^ Q(content__isnull=True, decided_at__isnull=False),
                name="feedback_import_content_until_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.name
