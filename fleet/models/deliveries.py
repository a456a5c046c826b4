"""What MDM sources delivered: the queue of record, and what became of each record."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.models.constraints import one_of
from fleet.models.sources import MdmSource
from fleet.vocabulary import DeliveryStatus

if TYPE_CHECKING:
    from fleet.models.accounts import User


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

    `body` is compressed with zlib, and of a body that is quarantined, whose secrets could not be cut out,
    encrypted besides. `notes` names what the adapter left: `ignored`, events by type and how many, and
    `dropped`, fields that are not kept. `claimed_until` is a lease: a worker that died leaves it to run out,
    and the sweep hands the row to another. `replayed_at` is when somebody last had it run again. What failed
    or is in quarantine expires when its time is over: the body is gone, so that nothing can be done any more.
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

    status = models.CharField(max_length=11, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    replayed_at = models.DateTimeField(null=True, blank=True)
    replayed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,  # nobody asks what a person replayed
    )

    sync_id = models.CharField(max_length=100, blank=True)
    sync_part = models.PositiveIntegerField(null=True, blank=True)
    sync_of = models.PositiveIntegerField(null=True, blank=True)

    # One letter a record (fleet.vocabulary.Outcome), the device it met, what was wrong with those rejected.
    outcomes = models.TextField(blank=True)
    device_ids = ArrayField(models.BigIntegerField(null=True), default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=dict, blank=True)

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
                | (
                    Q(status__in=[DeliveryStatus.FAILED, DeliveryStatus.QUARANTINED], applied_at__isnull=True)
                    & ~Q(error="")
                )
                | (Q(status=DeliveryStatus.EXPIRED, applied_at__isnull=True, body=b"") & ~Q(error="")),
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
            # the ledger of all sources, newest first
            models.Index(fields=["received_at", "id"], name="delivery_by_time"),
            # the ledger of a source, newest first
            models.Index(fields=["source", "-received_at"], name="delivery_by_source"),
            # a repeat without a key: same body within ten minutes
            models.Index(fields=["source", "digest"], name="delivery_by_digest"),
            # the parts of a complete sync
            models.Index(fields=["source", "sync_id"], condition=~Q(sync_id=""), name="delivery_by_sync"),
            # those that failed, of a source
            models.Index(fields=["source"], condition=Q(status="failed"), name="delivery_failed"),
            # those in quarantine, of a source
            models.Index(fields=["source"], condition=Q(status="quarantined"), name="delivery_quarantined"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def has_body(self) -> bool:
        """Whether its body is still kept, without reading it where the row was read without."""
        if "body" in self.get_deferred_fields():
            return Delivery.objects.filter(pk=self.pk).exclude(body=b"").exists()
        return bool(self.body)

    @property
    def organisation_id(self) -> int:
        return self.source.organisation_id
