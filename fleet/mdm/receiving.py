"""Takes deliveries in: what is accepted is a row before the answer goes out, so it cannot be lost."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from fleet.errors import FleetError, Invalid
from fleet.mdm.bodies import Body
from fleet.models import Delivery, MdmSource
from fleet.services.sealing import seal_bytes
from fleet.vocabulary import DeliveryStatus

# Without a key, the same body within this time, and nothing else between, is the same delivery.
REPEAT_WITHIN = timedelta(minutes=10)


class Overloaded(FleetError):
    """Too many deliveries of the source wait to be applied (HTTP 429); come again after `seconds`."""

    seconds = 30


class KeyReused(FleetError):
    """The Idempotency-Key came before with another body (HTTP 422)."""


@dataclass(frozen=True, slots=True)
class Sync:
    """One part of a complete sync: after the last, devices that no part named are marked missing."""

    id: str
    part: int
    of: int


@dataclass(frozen=True, slots=True)
class Received:
    """The delivery, and whether this request made it."""

    delivery: Delivery
    is_new: bool


def receive(
    *,
    source: MdmSource,
    body: Body,
    key: str = "",
    is_message: bool = False,
    may_wait: bool = True,
    sync: Sync | None = None,
    request_id: str = "",
) -> Received:
    """Store a body for a worker, or find the delivery that it repeats.

    `is_message`: the key is the sender's id of a message, which is the same however it is wrapped when it
    comes again. `may_wait`: the sender comes again where it is put off.

    Raises KeyReused, Overloaded, and Invalid where the sync was declared with other parts before.
    """
    digest = digest_of(body, sync)
    with transaction.atomic():
        _one_at_a_time(source, f"key {key}" if key else f"body {digest}")
        if repeated := _repeated(source, key, digest, is_message=is_message):
            return Received(repeated, is_new=False)
        if may_wait:
            _refuse_overload(source)
        if sync:
            _refuse_other_parts(source, sync)
        delivery = Delivery.objects.create(
            source=source,
            request_id=request_id,
            idempotency_key=key,
            digest=digest,
            **stored(body),
            sync_id=sync.id if sync else "",
            sync_part=sync.part if sync else None,
            sync_of=sync.of if sync else None,
        )
    return Received(delivery, is_new=True)


def stored(body: Body) -> dict[str, Any]:
    """The columns of a delivery that hold a body; one that could not be decoded is encrypted."""
    packed = zlib.compress(body.content, 1)
    found = {"content_type": body.content_type, "size_bytes": len(body.content)}
    if not body.trouble:
        return found | {"body": packed}
    quarantined = {"status": DeliveryStatus.QUARANTINED, "error": body.trouble[:500]}
    return found | quarantined | {"body": seal_bytes(packed)}


def digest_of(body: Body, sync: Sync | None = None) -> str:
    """Two equal parts of one sync are two deliveries, so what was declared counts too."""
    found = hashlib.sha256(body.content)
    if sync:
        found.update(f"\n{sync.id}\n{sync.part}\n{sync.of}".encode())
    return found.hexdigest()


def _one_at_a_time(source: MdmSource, name: str) -> None:
    """Requests with one key or body wait for each other, so that the second finds the first's row."""
    number = int.from_bytes(hashlib.sha256(f"{source.pk} {name}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _repeated(source: MdmSource, key: str, digest: str, *, is_message: bool) -> Delivery | None:
    rows = Delivery.objects.filter(source=source).defer("body", "outcomes", "device_ids")
    if key:
        first = rows.filter(idempotency_key=key).first()
        if first and first.digest != digest and not is_message:
            raise KeyReused(
                "This Idempotency-Key came before with another body. Use a new key for a new body."
            )
        return first
    last = rows.filter(digest=digest).order_by("received_at").last()
    if last is None or not _holds(last):
        return None
    # What came between may have changed what this body says: then it is news again.
    return None if rows.filter(received_at__gt=last.received_at).exists() else last


def _holds(last: Delivery) -> bool:
    """Whether a delivery stands for its repeats: it waits, or came lately and did not fail."""
    if last.status in {DeliveryStatus.APPLIED, DeliveryStatus.QUARANTINED}:
        return last.received_at >= timezone.now() - REPEAT_WITHIN
    return last.status not in {DeliveryStatus.FAILED, DeliveryStatus.EXPIRED}


def _refuse_overload(source: MdmSource) -> None:
    if Delivery.objects.filter(source=source).waiting().count() >= settings.MDM_MAX_BACKLOG:
        message = f"{settings.MDM_MAX_BACKLOG} deliveries wait to be applied. Send this one again later."
        raise Overloaded(message)


def _refuse_other_parts(source: MdmSource, sync: Sync) -> None:
    """All parts of a sync agree on their number: else it would seem complete before it is."""
    _one_at_a_time(source, f"sync {sync.id}")
    before = Delivery.objects.filter(source=source, sync_id=sync.id).exclude(sync_of=sync.of).first()
    if before:
        message = (
            f"Sync {sync.id} was declared as {before.sync_of} parts before, now as {sync.of}. "
            "Send all parts with the same number, or begin again under a new id."
        )
        raise Invalid(message, field="sync")
