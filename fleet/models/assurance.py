"""Which platform may hold information of which classification, who approved it, and on what conditions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import in_order, one_of
from fleet.models.organisations import Organisation
from fleet.models.schemes import Classification
from fleet.versions import version_key
from fleet.vocabulary import Control, Platform

if TYPE_CHECKING:
    from fleet.models.accounts import User

EXPIRING = dt.timedelta(days=60)


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, user: User) -> ApprovalQuerySet:
        return self.filter(user.access.scope("assurance.view", sites=()))

    def standing(self) -> ApprovalQuerySet:
        return self.filter(withdrawn_at__isnull=True)

    def expiring(self, on: dt.date) -> ApprovalQuerySet:
        return self.in_force(on).filter(valid_until__lt=on + EXPIRING)

    def covering(self, classification: Classification) -> ApprovalQuerySet:
        """Those for it or for a higher one of its scheme."""
        return self.filter(
            classification__scheme=classification.scheme_id, classification__rank__gte=classification.rank
        )

    def in_force(self, on: dt.date) -> ApprovalQuerySet:
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            valid_from__lte=on,
            withdrawn_at__isnull=True,
        )


@tracked()
class Approval(models.Model):
    """An authority's word that a platform, from a version on, may hold information up to a classification.

    It covers every classification of the same scheme with a lower or equal rank.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="approvals")
    platform = models.CharField(max_length=10, choices=Platform)
    minimum_version = models.CharField(max_length=50)
    minimum_key = ArrayField(models.BigIntegerField(), editable=False)
    classification = models.ForeignKey(Classification, on_delete=models.PROTECT, related_name="approvals")
    authority = models.CharField(max_length=200)
    reference = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # The approval under an earlier scheme whose place this one took when the schemes were switched.
    follows = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="successors"
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["platform", "-valid_from"]
        constraints = [
            one_of("platform", Platform, name="approval_platform"),
            in_order("valid_from", "valid_until", name="approval_valid"),
        ]
        indexes = [models.Index(fields=["organisation", "platform"], name="approval_by_platform")]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.minimum_version} or later for {self.classification}"

    @property
    def state(self) -> str:
        """Today: planned, active, expiring (within 60 days), ended or withdrawn."""
        today = timezone.localdate()
        if self.withdrawn_at:
            return "withdrawn"
        if today < self.valid_from:
            return "planned"
        if self.valid_until is None or today + EXPIRING <= self.valid_until:
            return "active"
        return "expiring" if today <= self.valid_until else "ended"

    def save(self, *args: object, **kwargs: object) -> None:
        self.minimum_key = version_key(self.minimum_version)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


@tracked()
class Condition(models.Model):
    """Something that must hold for an approval to count on a device.

    Encrypted, passcode and supervised are read from the MDM; `software` wants the named control in the
    device's reported software; `statement` wants a signature that has not run out.
    """

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="conditions")
    control = models.CharField(max_length=12, choices=Control)
    name = models.CharField("name of the control, or text of the statement", max_length=300, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("control", Control, name="condition_control"),
            models.CheckConstraint(
                condition=~Q(control__in=["software", "statement"]) | ~Q(name=""), name="condition_is_named"
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | (Q(control="statement") & ~Q(signed_by="")),
                name="condition_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_control_display()}: {self.name}" if self.name else self.get_control_display()
