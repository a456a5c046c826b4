"""Where MDM, register, carrier bill and staff list contradict each other, and what was decided about it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.models.devices import Device
from fleet.models.lines import Line
from fleet.models.organisations import Organisation
from fleet.models.people import StaffMember
from fleet.models.sites import Site
from fleet.vocabulary import DiscrepancyKind, DiscrepancyState, Stake

if TYPE_CHECKING:
    from fleet.models.accounts import User


OF_LINES = (
    DiscrepancyKind.GHOST,
    DiscrepancyKind.UNASSIGNED,
    DiscrepancyKind.LINE_OF_LEAVER,
    DiscrepancyKind.UNUSED,
)


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    def in_force(self, day: dt.date | None = None) -> DismissalQuerySet:
        return self.filter(withdrawn_at=None, until__gte=day or timezone.localdate())


@tracked()
class Dismissal(models.Model):
    """Somebody accepts a discrepancy up to and on a day, with a reason. It outlasts the finding itself."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="dismissals")
    kind = models.CharField(max_length=20, choices=DiscrepancyKind)
    subject = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    until = models.DateField()
    dismissed_at = models.DateTimeField(default=timezone.now)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "subject"],
                condition=Q(withdrawn_at=None),
                name="dismissal_once",
            ),
            one_of("kind", DiscrepancyKind, name="dismissal_kind"),
            models.CheckConstraint(condition=~Q(reason=""), name="dismissal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"


class DiscrepancyQuerySet(models.QuerySet["Discrepancy"]):
    def visible_to(self, user: User) -> DiscrepancyQuerySet:
        devices = Q(line=None) & user.access.scope("devices.view")
        return self.filter(devices | Q(line__isnull=False) & user.access.scope("lines.view"))

    def search(self, text: str) -> DiscrepancyQuerySet:
        """Those of a device or line that `text` finds, or of a kind whose label holds it."""
        devices = Device.objects.search(text).order_by().values("pk")
        lines = Q(line__msisdn__contains=text.replace(" ", "")) | Q(line__holder__name__icontains=text)
        kinds = [value for value, label in DiscrepancyKind.choices if text.lower() in str(label).lower()]
        return self.filter(Q(device__in=devices) | Q(kind__in=kinds) | lines)

    def with_state(self) -> DiscrepancyQuerySet:
        """Adds `state`: dismissed while a dismissal is in force, open otherwise."""
        dismissed = Dismissal.objects.in_force().filter(
            organisation=OuterRef("organisation"), kind=OuterRef("kind"), subject=OuterRef("subject")
        )
        return self.annotate(
            state=Case(
                When(Exists(dismissed), then=Value(DiscrepancyState.DISMISSED.value)),
                default=Value(DiscrepancyState.OPEN.value),
                output_field=models.CharField(),
            )
        )


class Discrepancy(models.Model):
    """One contradiction as the last reconciliation found it: those that it no longer finds are gone.

    `subject` names what it is about from one day to the next. `other_person` is whom another record names.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="discrepancies",
        db_index=False,  # discrepancy_once begins with it
    )
    kind = models.CharField(max_length=20, choices=DiscrepancyKind)
    subject = models.CharField(max_length=40)
    device = models.ForeignKey(Device, null=True, on_delete=models.CASCADE, related_name="discrepancies")
    line = models.ForeignKey(Line, null=True, on_delete=models.CASCADE, related_name="discrepancies")
    person = models.ForeignKey(StaffMember, null=True, on_delete=models.CASCADE, related_name="+")
    other_person = models.ForeignKey(StaffMember, null=True, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, null=True, on_delete=models.CASCADE, related_name="+")
    since = models.DateField("contradicts since", null=True)
    pence_at_stake = models.PositiveIntegerField("at stake (pence)", null=True)
    first_found_at = models.DateTimeField("first found")
    last_found_at = models.DateTimeField()

    objects = DiscrepancyQuerySet.as_manager()

    class Meta:
        ordering = ["-pence_at_stake", "pk"]
        verbose_name_plural = "discrepancies"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "subject"], name="discrepancy_once"),
            one_of("kind", DiscrepancyKind, name="discrepancy_kind"),
            models.CheckConstraint(
                condition=Q(device__isnull=False, line=None) | Q(device=None, line__isnull=False),
                name="discrepancy_of_one_thing",
            ),
        ]
        indexes = [
            # the list at some sites
            models.Index(fields=["site", "kind"], name="discrepancy_by_site"),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.get_kind_display()}"

    @property
    def about(self) -> str:
        """What the device or line is called."""
        return str(self.line or self.device)

    @property
    def stake(self) -> Stake:
        return Stake.MONTH if self.line_id else Stake.DEVICE

    @property
    def change_permission(self) -> str:
        """What a person needs to dismiss it."""
        return "lines.manage" if self.line_id else "devices.change"


class DiscrepancyCountQuerySet(models.QuerySet["DiscrepancyCount"]):
    def visible_to(self, user: User) -> DiscrepancyCountQuerySet:
        of_lines = Q(kind__in=OF_LINES)
        devices = ~of_lines & user.access.scope("devices.view")
        return self.filter(devices | of_lines & user.access.scope("lines.view"))


class DiscrepancyCount(models.Model):
    """How many discrepancies of a kind a day's last comparison found at a site, and what they are worth."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    kind = models.CharField(max_length=20, choices=DiscrepancyKind)
    site = models.ForeignKey(Site, null=True, on_delete=models.CASCADE, related_name="+")
    found = models.PositiveIntegerField()
    dismissed = models.PositiveIntegerField()
    pence_at_stake = models.PositiveBigIntegerField()

    objects = DiscrepancyCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "day", "kind", "site"],
                nulls_distinct=False,
                name="discrepancy_count_once",
            ),
            one_of("kind", DiscrepancyKind, name="discrepancy_count_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.found}"
