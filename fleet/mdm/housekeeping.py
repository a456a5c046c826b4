"""What the intake forgets after its time."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from fleet.models import Delivery
from fleet.vocabulary import DeliveryStatus


def keep_house() -> None:
    """Forget idempotency keys and bodies of what is done or quarantined past their time; outcomes stay."""
    now = timezone.now()
    old_keys = now - timedelta(days=settings.MDM_KEEP_KEYS_DAYS)
    Delivery.objects.exclude(idempotency_key="").filter(received_at__lt=old_keys).update(idempotency_key="")
    old_bodies = now - timedelta(days=settings.MDM_KEEP_BODIES_DAYS)
    done = Delivery.objects.filter(
        status__in=[DeliveryStatus.APPLIED, DeliveryStatus.QUARANTINED], received_at__lt=old_bodies
    )
    done.exclude(body=b"").update(body=b"")
