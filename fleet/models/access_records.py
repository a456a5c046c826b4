"""Who saw personal data: one row for each page, export or answer of the API that showed some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.history import append_only
from fleet.models.constraints import one_of
from fleet.models.people import StaffMember
from fleet.vocabulary import SeenThrough

if TYPE_CHECKING:
    from fleet.models.accounts import User


class AccessRecordQuerySet(models.QuerySet["AccessRecord"]):
    def visible_to(self, user: User) -> AccessRecordQuerySet:
        """Where one may read the change log: of whole organisations, or of the people at one's sites."""
        scope = user.access.scope(
            "history.view", organisation="person__organisation", sites=("person__site",)
        )
        whole = sorted(user.access.whole_organisation_ids("history.view"))
        return self.filter(scope | Q(organisations__overlap=whole))


class AccessRecord(models.Model):
    """`what` was shown (a key of `fleet.services.access_log.KINDS`): one person's data, or those of `rows`.

    `filters` says by which filters a list was narrowed, without what a person typed into a box.
    """

    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        verbose_name="who looked",
    )
    channel = models.CharField(max_length=5, choices=SeenThrough)
    request_id = models.CharField(max_length=64, blank=True)
    what = models.CharField(max_length=40)
    is_export = models.BooleanField(default=False)
    person = models.ForeignKey(
        StaffMember,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name="who was looked at",
    )
    object_id = models.BigIntegerField(null=True)
    rows = models.PositiveIntegerField(default=1)
    filters = models.CharField(max_length=500, blank=True)
    organisations = ArrayField(models.BigIntegerField())

    objects = AccessRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [one_of("channel", SeenThrough, name="access_record_channel")]
        triggers = [append_only()]
        indexes = [
            # the access log, newest first, and its pruning
            models.Index(fields=["at", "id"], name="access_record_at"),
            # who has seen this person's record
            models.Index(
                fields=["person", "at"], condition=Q(person__isnull=False), name="access_record_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} seen {self.at:%Y-%m-%d %H:%M}"
