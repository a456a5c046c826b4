"""A tranche, its people, and what happened to it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fleet.history import append_only, tracked
from fleet.models import Device, Site, StaffMember
from fleet.models.constraints import in_order, one_of
from fleet.vocabulary import WorkStyle
from rollouts.models.programmes import Entitlement, Programme
from rollouts.vocabulary import (
    ASSESSED_STATES,
    DONE_STATES,
    IN_STATES,
    OUTSTANDING_STATES,
    HoldKind,
    PersonState,
    Readiness,
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


_CAN_GO = Q(readiness__state__in=[Readiness.READY, Readiness.AT_RISK], tranche__state__in=ASSESSED_STATES)
# Each place that is counted at all is behind exactly one of these.
FIGURES = {
    "handed_over": Q(state__in=DONE_STATES),
    "can_go": Q(state__in=OUTSTANDING_STATES) & _CAN_GO,
    "stuck": Q(state__in=OUTSTANDING_STATES) & (~_CAN_GO | Q(readiness__isnull=True)),
}


# The lists of check keys of `PersonReadiness` that are not waived.
_NOT_WAIVED = ("blocking", "unknowns", "advisory")


class TranchePersonQuerySet(models.QuerySet["TranchePerson"]):
    def visible_to(self, user: User) -> TranchePersonQuerySet:
        scope = user.access.scope(
            "rollouts.view", organisation="tranche__programme__organisation", sites=("staff_member__site",)
        )
        return self.filter(scope | Q(staff_member__user=user))

    def counted(self) -> TranchePersonQuerySet:
        """Those who are in: not deferred, not withdrawn."""
        return self.filter(state__in=IN_STATES)

    def outstanding(self) -> TranchePersonQuerySet:
        """Those who still wait for their device."""
        return self.filter(state__in=OUTSTANDING_STATES)

    def held_up_by(self, check_key: str) -> TranchePersonQuerySet:
        """Those of whom this check found something that is not waived."""
        found = [Q(**{f"readiness__{words}__contains": [check_key]}) for words in _NOT_WAIVED]
        return self.filter(reduce(or_, found))

    def figure(self, name: str) -> TranchePersonQuerySet:
        """The places behind one of a programme's numbers: `handed_over`, `can_go` or `stuck`."""
        return self.filter(FIGURES[name])


@tracked()
class TranchePerson(models.Model):
    """One person's place in a tranche. `handed_over_at` follows from facts, never from a form."""

    tranche = models.ForeignKey(Tranche, on_delete=models.CASCADE, related_name="people")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="tranche_places")
    entitlement = models.ForeignKey(
        Entitlement, null=True, blank=True, on_delete=models.SET_NULL, related_name="tranche_people"
    )
    device = models.ForeignKey(
        Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="tranche_places"
    )
    state = models.CharField(max_length=12, choices=PersonState, default=PersonState.PLANNED)
    reason = models.CharField("reason for deferral or withdrawal", max_length=300, blank=True)
    planned_on = models.DateField("handover planned", null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TranchePersonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["tranche", "staff_member"], name="tranche_person_once"),
            models.UniqueConstraint(
                fields=["device"],
                condition=Q(state__in=["allocated", "handed_over", "accepted"]),
                name="tranche_device_allocated_once",
            ),
            one_of("state", PersonState, name="tranche_person_state"),
            models.CheckConstraint(
                condition=Q(state="planned", handed_over_at__isnull=True)
                | Q(state="allocated", device__isnull=False, handed_over_at__isnull=True)
                | Q(state="handed_over", handed_over_at__isnull=False, accepted_at__isnull=True)
                | Q(state="accepted", handed_over_at__isnull=False, accepted_at__isnull=False)
                | (Q(state__in=["deferred", "withdrawn"]) & ~Q(reason="")),
                name="tranche_person_state_is_whole",
            ),
        ]
        indexes = [
            # the S-curve and the rate behind the forecast
            models.Index(fields=["tranche", "handed_over_at"], name="tranche_person_handed_over"),
            # a device's place in a tranche
            models.Index(fields=["tranche", "state"], name="tranche_person_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member} in {self.tranche}"


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
