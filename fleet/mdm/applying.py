"""Applies deliveries: claim, decode, merge, and mark applied in the transaction of the merge.

A worker that is killed leaves a lease that runs out and nothing else; so a delivery is applied exactly once.
"""

from __future__ import annotations

import gc
import logging
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.history import acting
from fleet.mdm import events, holding, reading, storing, syncs, writing
from fleet.mdm.adapters import ADAPTERS
from fleet.mdm.bodies import BODY_GONE
from fleet.mdm.deciding import plan_of
from fleet.mdm.plans import Plan
from fleet.models import Delivery
from fleet.models.deliveries import DeliveryQuerySet
from fleet.services.facts import announce
from fleet.vocabulary import DeliveryStatus

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5


def apply_delivery(delivery_id: uuid.UUID, *, channel: str = "worker") -> bool:
    """Apply one delivery if nobody else does or did; whether this call applied it.

    What it changes is recorded through `channel`, of a replay by whoever asked for it.

    A failure puts the delivery back, and after five attempts marks it failed with the reason.
    """
    delivery = _claim(delivery_id)
    if delivery is None:
        return False
    try:
        with collecting_later():
            _apply(delivery, channel)
    except Conflict:
        log.info("Delivery %s was taken over by another worker.", delivery.pk)
    except Exception as error:
        log.exception("Delivery %s was not applied.", delivery.pk)
        _put_back(delivery, f"{type(error).__name__}: {error}")
    else:
        return True
    return False


def drain(*, older_than: timedelta, at_most: timedelta) -> int:
    """Apply what a lost broker or a killed worker left, oldest first, for `at_most` this long; how many."""
    started, tried = timezone.now(), list[uuid.UUID]()
    applied = 0
    while (now := timezone.now()) - started < at_most:
        left = Delivery.objects.claimable(now).filter(received_at__lt=started - older_than)
        oldest = left.exclude(pk__in=tried).order_by("received_at").values_list("pk", flat=True).first()
        if oldest is None:
            break
        tried.append(oldest)
        applied += apply_delivery(oldest)
    return applied


def retry_delivery(*, delivery: Delivery) -> None:
    """Put a failed delivery back into the queue.

    Raises Conflict where it has not failed, Invalid where its body has been deleted.
    """
    if not delivery.body:
        raise Invalid(BODY_GONE)
    failed = Delivery.objects.filter(pk=delivery.pk, status=DeliveryStatus.FAILED)
    if not failed.update(status=DeliveryStatus.PENDING, attempts=0, claimed_until=None, error=""):
        raise Conflict(
            "Only a delivery that failed can be retried. This one did not, or was retried already."
        )


@contextmanager
def collecting_later() -> Iterator[None]:
    """A merge makes many objects that live until it ends: a collector would visit all of them many times."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _claim(delivery_id: uuid.UUID) -> Delivery | None:
    """Take the delivery for the length of a lease; None where another has it or it is done."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.MDM_LEASE_SECONDS)
    free = Delivery.objects.claimable(now).filter(pk=delivery_id)
    if not free.update(status=DeliveryStatus.PROCESSING, claimed_until=until, attempts=F("attempts") + 1):
        return None
    delivery = Delivery.objects.select_related("source").get(pk=delivery_id)
    if delivery.attempts > MAX_ATTEMPTS:
        _put_back(delivery, delivery.error or "Each worker that took it ended before it was applied.")
        return None
    return delivery


def _put_back(delivery: Delivery, reason: str) -> None:
    """Unless another worker took over: back to pending, or failed when there were attempts enough."""
    ours = _ours(delivery)
    if delivery.attempts >= MAX_ATTEMPTS:
        ours.update(status=DeliveryStatus.FAILED, claimed_until=None, error=reason[:500])
    else:
        ours.update(status=DeliveryStatus.PENDING, claimed_until=None, error=reason[:500])


def _ours(delivery: Delivery) -> DeliveryQuerySet:
    """The row, while it is under the lease that this worker took."""
    return Delivery.objects.filter(
        pk=delivery.pk, status=DeliveryStatus.PROCESSING, claimed_until=delivery.claimed_until
    )


def _apply(delivery: Delivery, channel: str) -> None:
    """Raises Conflict where the lease ran out and another worker has the delivery."""
    organisation = delivery.source.organisation_id
    read = ADAPTERS[delivery.source.kind].read(zlib.decompress(delivery.body), delivery.content_type)
    named = {"delivery": str(delivery.pk), "source": delivery.source.slug}
    is_replay = delivery.replayed_at is not None
    with acting(channel=channel, actor_id=delivery.replayed_by_id, **named), transaction.atomic():
        writing.begin()
        if not _ours(delivery).select_for_update().exists():
            raise Conflict("Another worker has taken this delivery over.")
        plan = plan_of(delivery, read.items, is_replay=is_replay)
        changed = storing.write(plan, organisation, reading.models_of(organisation))
        events.write(plan.events, source=plan.source, delivery=delivery.pk)
        holding.hold(plan.held, organisation=organisation, delivery=delivery)
        _finish(delivery, plan, read.notes())
        syncs.complete(delivery)
        announce(organisation_id=organisation, device_ids=changed)


def _finish(delivery: Delivery, plan: Plan, notes: dict[str, Any]) -> None:
    _ours(delivery).update(
        status=DeliveryStatus.APPLIED,
        applied_at=timezone.now(),
        claimed_until=None,
        error="",
        outcomes="".join(plan.outcomes),
        # Django would prepare an array element by element.
        device_ids=RawSQL("%s::bigint[]", [writing.array(plan.device_ids)]),
        problems=sorted(plan.problems, key=lambda one: one["position"]),
        notes=notes,
    )
