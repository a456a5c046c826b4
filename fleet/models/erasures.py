"""That a person was erased: who asked, who did it, why and how many rows, and nothing of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from fleet.history import append_only
from fleet.models.constraints import one_of
from fleet.models.organisations import Organisation
from fleet.models.people import StaffMember
from fleet.vocabulary import ErasureAskedBy

if TYPE_CHECKING:
    from fleet.models.accounts import User


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def visible_to(self, user: User) -> ErasureQuerySet:
        return self.filter(user.access.scope("history.view", sites=()))


class Erasure(models.Model):
    """`digest` is a keyed hash of the staff number, so that an old HR file is known when it names the person.

    `counts`: kind of rows → how many were changed.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="erasures")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="erasures")
    digest = models.CharField(max_length=64, editable=False)
    asked_by = models.CharField(max_length=10, choices=ErasureAskedBy)
    reason = models.CharField(max_length=500)
    is_forced = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    done_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            one_of("asked_by", ErasureAskedBy, name="erasure_asked_by"),
            # an import asks whether any of its new staff numbers was erased
            models.UniqueConstraint(fields=["organisation", "digest"], name="erasure_once"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"Erasure {self.pk}"
