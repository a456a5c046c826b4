"""Runs a delivery again with today's adapter. It keeps its times, so that it undoes nothing newer."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.mdm import hooks, receiving
from fleet.mdm.adapters import ADAPTERS
from fleet.mdm.adapters.adapter import Read
from fleet.mdm.adapters.documents import Undecodable
from fleet.mdm.bodies import BODY_GONE, Body, Refused
from fleet.models import Delivery, User
from fleet.services.sealing import Unreadable, unseal_bytes
from fleet.vocabulary import DeliveryStatus

REPLAYABLE = (DeliveryStatus.APPLIED, DeliveryStatus.FAILED, DeliveryStatus.QUARANTINED)


@dataclass(frozen=True, slots=True)
class Again:
    """A stored body as today's adapter reads it. `columns` are what its delivery holds from then on."""

    read: Read
    columns: dict[str, Any]


def replay_delivery(*, delivery: Delivery, by: User | None) -> None:
    """Put a delivery that was applied, failed or is in quarantine back into the queue.

    Raises Invalid where its body is deleted or today's adapter cannot read it either, and Conflict where it
    waits already.
    """
    again = read_again(delivery)
    rows = Delivery.objects.filter(pk=delivery.pk, status__in=REPLAYABLE)
    is_queued = rows.update(
        status=DeliveryStatus.PENDING,
        attempts=0,
        claimed_until=None,
        applied_at=None,
        error="",
        replayed_at=timezone.now(),
        replayed_by=by,
        **again.columns,
    )
    if not is_queued:
        raise Conflict("The delivery waits to be applied already. See on its page what became of it.")


def read_again(delivery: Delivery) -> Again:
    """Raises Invalid where the body is deleted, or today's adapter cannot read it."""
    if not delivery.body:
        raise Invalid(BODY_GONE)
    adapter = ADAPTERS.get(delivery.source.kind)
    if adapter is None:
        raise Invalid(f"There is no adapter for {delivery.source.get_kind_display()} yet.")
    columns = _released(delivery) if delivery.status == DeliveryStatus.QUARANTINED else {}
    content = zlib.decompress(columns.get("body") or bytes(delivery.body))
    try:
        read = adapter.read(content, columns.get("content_type") or delivery.content_type)
    except Undecodable as error:
        raise Invalid(f"Today’s adapter cannot decode it: {error}") from error
    return Again(read, columns)


def body_as_it_came(delivery: Delivery) -> bytes:
    """The body of a delivery that is in quarantine, with whatever secrets it holds.

    Raises Invalid where no key of today opens it.
    """
    try:
        return zlib.decompress(unseal_bytes(bytes(delivery.body)))
    except Unreadable as error:
        message = "It was encrypted under another SECRET_KEY. Add that to SECRET_KEY_FALLBACKS first."
        raise Invalid(message) from error


def _released(delivery: Delivery) -> dict[str, Any]:
    """The columns of a quarantined body that can be decoded today: secrets cut, no longer encrypted."""
    try:
        headers = {"Content-Type": delivery.content_type}
        body, _ = hooks.body_of(delivery.source.kind, body_as_it_came(delivery), headers)
    except Refused as error:
        raise Invalid(f"Today’s adapter does not take it: {error.message}") from error
    if body.trouble:
        raise Invalid(f"Today’s adapter cannot decode it either: {body.trouble}")
    return receiving.stored(Body(body.content, body.content_type)) | {"digest": receiving.digest_of(body)}
