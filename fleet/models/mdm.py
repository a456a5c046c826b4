"""MDM sources, what they delivered, what each says of each device, identities that a person must decide."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from fleet.history import tracked
from fleet.models.accounts import Token
from fleet.models.constraints import one_of
from fleet.models.devices import Device
from fleet.models.organisations import Organisation
from fleet.vocabulary import ConflictStatus, DeliveryStatus, IdentifierKind, SourceKind

if TYPE_CHECKING:
    from fleet.models.accounts import User


class MdmSourceQuerySet(models.QuerySet["MdmSource"]):
    def visible_to(self, user: User) -> MdmSourceQuerySet:
        return self.filter(user.access.scope("mdm.view", sites=()))

    def with_health(self) -> MdmSourceQuerySet:
        """Adds `last_delivery_at`, `waiting`, `failed` (deliveries) and `missing` (devices)."""
        deliveries = Delivery.objects.filter(source=OuterRef("pk"))
        missing = SourceRecord.objects.filter(mdm_source=OuterRef("pk"), missing_since__isnull=False)
        latest = deliveries.order_by("-received_at").values("received_at")[:1]
        return self.annotate(
            last_delivery_at=Subquery(latest),
            waiting=_number_of(deliveries.waiting(), "source"),
            failed=_number_of(deliveries.filter(status=DeliveryStatus.FAILED), "source"),
            missing=_number_of(missing, "mdm_source"),
        )


def _number_of(rows: models.QuerySet[Any], key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@tracked()
class MdmSource(models.Model):
    """One system that pushes inventory for one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mdm_sources")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.NATIVE)
    is_active = models.BooleanField(default=True)
    silent_after_hours = models.PositiveIntegerField(
        "silent after (hours)", default=26, help_text="Warn when nothing has arrived for this long."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MdmSourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="mdm_source_name"),
            one_of("kind", SourceKind, name="mdm_source_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_silent(self, last_delivery_at: dt.datetime | None) -> bool:
        """Whether nothing has arrived for longer than this source should take."""
        since = last_delivery_at or self.created_at
        return self.is_active and timezone.now() - since > dt.timedelta(hours=self.silent_after_hours)


@tracked(exclude=("digest", "last_used_at"))
class SourceToken(Token):
    """The secret with which one MDM source pushes; two may be live while it is rotated."""

    PREFIX = "mdm_"

    source = models.ForeignKey(MdmSource, on_delete=models.CASCADE, related_name="tokens")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: User) -> DeliveryQuerySet:
        return self.filter(user.access.scope("mdm.view", organisation="source__organisation", sites=()))

    def waiting(self) -> DeliveryQuerySet:
        return self.filter(status__in=[DeliveryStatus.PENDING, DeliveryStatus.PROCESSING])

    def claimable(self, now: dt.datetime) -> DeliveryQuerySet:
        """Those that no worker has, or whose worker's lease has run out."""
        return self.waiting().filter(Q(status=DeliveryStatus.PENDING) | Q(claimed_until__lt=now))


class Delivery(models.Model):
    """One accepted request body: the queue of record. The broker only wakes a worker.

    `body` is compressed with zlib. `claimed_until` is a lease: a worker that died leaves it to run out,
    and the sweep hands the row to another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(MdmSource, on_delete=models.CASCADE, related_name="deliveries")
    received_at = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(max_length=100)
    idempotency_key = models.CharField(max_length=200, blank=True)
    digest = models.CharField("SHA-256 of the body as unpacked", max_length=64)
    body = models.BinaryField()
    size_bytes = models.PositiveIntegerField()

    status = models.CharField(max_length=10, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    sync_id = models.CharField(max_length=100, blank=True)
    sync_part = models.PositiveIntegerField(null=True, blank=True)
    sync_of = models.PositiveIntegerField(null=True, blank=True)

    # One letter a record (fleet.vocabulary.Outcome), the device it met, what was wrong with those rejected.
    outcomes = models.TextField(blank=True)
    device_ids = ArrayField(models.BigIntegerField(null=True), default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="delivery_idempotency_key",
            ),
            one_of("status", DeliveryStatus, name="delivery_status"),
            models.CheckConstraint(
                condition=Q(status=DeliveryStatus.PENDING, applied_at__isnull=True)
                | Q(status=DeliveryStatus.PROCESSING, claimed_until__isnull=False, applied_at__isnull=True)
                | Q(status=DeliveryStatus.APPLIED, applied_at__isnull=False)
                | (Q(status=DeliveryStatus.FAILED, applied_at__isnull=True) & ~Q(error="")),
                name="delivery_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(sync_id="", sync_part__isnull=True, sync_of__isnull=True)
                | (~Q(sync_id="") & Q(sync_part__gte=1, sync_of__gte=models.F("sync_part"))),
                name="delivery_sync_is_whole",
            ),
        ]
        indexes = [
            # the sweep, and the backlog of a source
            models.Index(
                fields=["source", "received_at"],
                condition=Q(status__in=["pending", "processing"]),
                name="delivery_waiting",
            ),
            # the ledger of a source, newest first
            models.Index(fields=["source", "-received_at"], name="delivery_by_source"),
            # a repeat without a key: same body within ten minutes
            models.Index(fields=["source", "digest"], name="delivery_by_digest"),
            # the parts of a complete sync
            models.Index(fields=["source", "sync_id"], condition=~Q(sync_id=""), name="delivery_by_sync"),
            # those that failed, of a source
            models.Index(fields=["source"], condition=Q(status="failed"), name="delivery_failed"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def organisation_id(self) -> int:
        return self.source.organisation_id


class SourceRecordQuerySet(models.QuerySet["SourceRecord"]):
    def present(self) -> SourceRecordQuerySet:
        return self.filter(missing_since__isnull=True)


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
