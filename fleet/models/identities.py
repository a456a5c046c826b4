"""What each source says of each device, and identities that a person must decide."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.models.deliveries import Delivery
from fleet.models.devices import Device
from fleet.models.organisations import Organisation
from fleet.models.sources import MdmSource
from fleet.vocabulary import ConflictStatus, IdentifierKind

if TYPE_CHECKING:
    from fleet.models.accounts import User


class SourceRecordQuerySet(models.QuerySet["SourceRecord"]):
    def present(self) -> SourceRecordQuerySet:
        return self.filter(missing_since__isnull=True)

    def missing(self) -> SourceRecordQuerySet:
        """Those that the last complete sync of their source did not name."""
        return self.filter(missing_since__isnull=False)


class SourceRecord(models.Model):
    """What one source says of one device: a register of facts, newest observation per field.

    `facts` maps field → value. Every fact was observed at `observed_at` but those in `field_times`
    (field → microseconds since 1970), which are older. A word that no vocabulary knows stands in `facts`
    as sent. `digest` identifies the newest record, so that one that says the same again is known at a glance;
    0 where there is no such record.
    """

    # The indexes below begin with either key.
    mdm_source = models.ForeignKey(
        MdmSource, on_delete=models.CASCADE, related_name="records", db_index=False
    )
    device = models.ForeignKey(
        Device, on_delete=models.CASCADE, related_name="source_records", db_index=False
    )
    source_id = models.CharField(max_length=200, blank=True)
    observed_at = models.DateTimeField()
    digest = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    field_times = models.JSONField(default=dict)
    missing_since = models.DateTimeField(null=True, blank=True)

    objects = SourceRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            # identity by the sender's own id
            models.UniqueConstraint(
                fields=["mdm_source", "source_id"], condition=~Q(source_id=""), name="source_record_id"
            ),
            models.UniqueConstraint(
                fields=["mdm_source", "device"], condition=Q(source_id=""), name="source_record_without_id"
            ),
        ]
        indexes = [
            # what every source says of a device
            models.Index(fields=["device", "mdm_source"], name="source_record_by_device"),
            # what a source no longer has
            models.Index(
                fields=["mdm_source"], condition=Q(missing_since__isnull=False), name="source_record_missing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id or self.device_id}"


class FormerIdentifier(models.Model):
    """An identifier that a device once had: it still names that device, and nobody else's silently."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="former_identifiers")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=100)
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "value", "device"], name="former_identifier_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["serial", "hw_id", "imei"]), name="former_identifier_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class IdentityConflictQuerySet(models.QuerySet["IdentityConflict"]):
    def visible_to(self, user: User) -> IdentityConflictQuerySet:
        return self.filter(user.access.scope("mdm.view", sites=()))

    def open(self) -> IdentityConflictQuerySet:
        return self.filter(status=ConflictStatus.OPEN)


@tracked(exclude=("record",))
class IdentityConflict(models.Model):
    """Records that name more than one device by `kind` = `value`: a person decides, nothing merges silently.

    `record` is the newest record held back, as received (common record), with `observed_at` its time.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identity_conflicts"
    )
    source = models.ForeignKey(MdmSource, on_delete=models.CASCADE, related_name="identity_conflicts")
    delivery = models.ForeignKey(
        Delivery, null=True, on_delete=models.SET_NULL, related_name="identity_conflicts"
    )
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    devices = models.ManyToManyField(Device, related_name="identity_conflicts")
    record = models.JSONField()
    observed_at = models.DateTimeField()
    times_seen = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=10, choices=ConflictStatus, default=ConflictStatus.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolution = models.CharField(max_length=500, blank=True)

    objects = IdentityConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "kind",
                "value",
                Case(When(kind="source_id", then="source"), default=0),
                condition=Q(status="open"),
                name="identity_conflict_open_once",
            ),
            one_of("status", ConflictStatus, name="identity_conflict_status"),
            models.CheckConstraint(
                condition=Q(status="open", resolved_at__isnull=True)
                | (~Q(status="open") & Q(resolved_at__isnull=False) & ~Q(resolution="")),
                name="identity_conflict_state_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{IdentifierKind(self.kind).label} {self.value}"

    @property
    def age(self) -> dt.timedelta:
        return timezone.now() - self.opened_at


class IdentityClaim(models.Model):
    """A record that was held back said that `kind` = `value` goes with `serial` (empty: with none).

    So a conflict is found whichever record came first. Once a person has decided, `device` or `is_ignored`
    says what becomes of the same claim from then on.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(
        MdmSource, null=True, on_delete=models.CASCADE, related_name="+", help_text="Whose source_id it is."
    )
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    serial = models.CharField(max_length=100, blank=True)
    device = models.ForeignKey(Device, null=True, on_delete=models.CASCADE, related_name="+")
    is_ignored = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "value", "serial", "source"],
                nulls_distinct=False,
                name="identity_claim_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="source_id", source__isnull=False)
                | Q(kind__in=["serial", "hw_id", "imei"], source__isnull=True),
                name="identity_claim_kind",
            ),
            models.CheckConstraint(
                condition=Q(device__isnull=True) | Q(is_ignored=False), name="identity_claim_one_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} with serial {self.serial or 'none'}"
