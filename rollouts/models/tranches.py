"""A tranche, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fleet.history import append_only, tracked
from fleet.models import Site
from fleet.models.constraints import in_order, one_of
from fleet.vocabulary import WorkStyle
from rollouts.models.programmes import Programme
from rollouts.vocabulary import (
    ASSESSED_STATES,
    HoldKind,
    TrancheState,
)

if TYPE_CHECKING:
    from fleet.models import User


class TrancheQuerySet(models.QuerySet["Tranche"]):
    def visible_to(self, user: User) -> TrancheQuerySet:
        return self.filter(
            user.access.scope("rollouts.view", organisation="programme__organisation", sites=())
        )

    def assessed(self) -> TrancheQuerySet:
        return self.filter(state__in=ASSESSED_STATES)


@tracked()
class Tranche(models.Model):
    """A batch of a programme that is decided on as one.

    Membership follows the criteria while draft or planned and is frozen when the tranche is locked.
    An empty criterion does not restrict; a tranche with no criterion at all has nobody.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tranches")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=TrancheState, default=TrancheState.DRAFT)
    handover_starts_on = models.DateField("handover starts")
    handover_ends_on = models.DateField("handover ends")
    decision_due_on = models.DateField("decision due", null=True, blank=True)

    sites = models.ManyToManyField(Site, blank=True, related_name="tranches")
    job_roles = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    work_styles = ArrayField(models.CharField(max_length=10, choices=WorkStyle), default=list, blank=True)
    groups = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)

    hypercare_days = models.PositiveSmallIntegerField("hypercare (days)", default=14)
    hypercare_starts_on = models.DateField(null=True, blank=True, editable=False)

    objects = TrancheQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="tranche_number"),
            one_of("state", TrancheState, name="tranche_state"),
            in_order("handover_starts_on", "handover_ends_on", name="tranche_handover_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "planned"], locked_at__isnull=True)
                | (~Q(state__in=["draft", "planned"]) & Q(locked_at__isnull=False)),
                name="tranche_locked_from_gate_on",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["hypercare", "reflecting"]) | Q(hypercare_starts_on__isnull=False),
                name="tranche_hypercare_has_start",
            ),
        ]

    def __str__(self) -> str:
        return f"Tranche {self.number} – {self.name}"


class TrancheEvent(models.Model):
    """What was done to a tranche; the database refuses to edit it."""

    tranche = models.ForeignKey(Tranche, on_delete=models.CASCADE, related_name="events")
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False
    )

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


@tracked()
class Hold(models.Model):
    """A stop on a tranche, open until somebody releases it."""

    tranche = models.ForeignKey(Tranche, on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=10, choices=HoldKind, default=HoldKind.PERSON)
    reason = models.CharField(max_length=500)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    placed_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    release_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche"], condition=Q(released_at__isnull=True), name="hold_one_open_a_tranche"
            ),
            one_of("kind", HoldKind, name="hold_kind"),
        ]

    def __str__(self) -> str:
        return self.reason


@tracked()
class ExitCriterion(models.Model):
    """What must be true before hypercare ends; met when somebody says so, by name and day."""

    tranche = models.ForeignKey(Tranche, on_delete=models.CASCADE, related_name="exit_criteria")
    text = models.CharField(max_length=300)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "exit criteria"

    def __str__(self) -> str:
        return self.text


@tracked()
class Reflection(models.Model):
    """The lessons of a tranche: recorded in the pause after it, read by the next one's check."""

    tranche = models.OneToOneField(Tranche, on_delete=models.CASCADE, related_name="reflection")
    what_happened = models.TextField()
    lessons = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Reflection on {self.tranche}"
