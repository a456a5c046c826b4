"""Promises that are measured: a target, a day, and the fleet's own figure over time against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.models.threads import Post, Thread
from feedback.vocabulary import CommitmentState
from fleet.history import append_only, tracked
from fleet.models import Organisation, Site
from fleet.models.constraints import one_of

if TYPE_CHECKING:
    from fleet.models import User


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: User) -> CommitmentQuerySet:
        seen = user.access.scope("feedback.view", sites=())
        is_shown = Q(thread__hidden_at__isnull=True) & (
            Q(post__isnull=True) | Q(post__hidden_at__isnull=True)
        )
        return self.filter(seen & (is_shown | user.access.scope("feedback.moderate", sites=())))

    def open(self) -> CommitmentQuerySet:
        return self.filter(state=CommitmentState.OPEN)


@tracked()
class Commitment(models.Model):
    """Made with an official response: `measure` (a key of `feedback.measures`) with its `parameters` reaches
    `target_percent` by the end of `due_on`. It is kept on the first day the figure is there, missed after
    that day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="commitments")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="commitments")
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    text = models.CharField("what is promised", max_length=300)
    measure = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict, blank=True)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    target_percent = models.DecimalField(
        "target", max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    due_on = models.DateField("by the end of")
    state = models.CharField(max_length=10, choices=CommitmentState, default=CommitmentState.OPEN)
    decided_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField("why it is withdrawn", max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            one_of("state", CommitmentState, name="commitment_state"),
            models.CheckConstraint(
                condition=Q(target_percent__gte=0, target_percent__lte=100), name="commitment_target"
            ),
            models.CheckConstraint(
                condition=Q(state=CommitmentState.OPEN) ^ Q(decided_on__isnull=False),
                name="commitment_decided_with_day",
            ),
            models.CheckConstraint(
                condition=Q(state=CommitmentState.WITHDRAWN) ^ Q(withdrawn_because=""),
                name="commitment_withdrawn_with_reason",
            ),
        ]
        indexes = [
            # what is measured each day
            models.Index(fields=["due_on"], condition=Q(state="open"), name="commitment_open"),
        ]

    def __str__(self) -> str:
        return self.text


class CommitmentReading(models.Model):
    """What the measure was on a day: `part` of `whole`; both are counts, and the share is `part / whole`."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="readings")
    day = models.DateField()
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "day"], name="commitment_reading_once"),
            models.CheckConstraint(condition=Q(part__lte=models.F("whole")), name="commitment_reading_part"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.day}: {self.part} of {self.whole}"

    @property
    def percent(self) -> float | None:
        return 100 * self.part / self.whole if self.whole else None
