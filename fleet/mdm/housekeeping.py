"""What the intake forgets after its time."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from fleet.models import Delivery
from fleet.vocabulary import DeliveryStatus


def keep_house() -> None:
    """Forget idempotency keys and the bodies of what waits for no worker past their time; outcomes stay.

    What failed or is in quarantine expires with its body, as nobody can apply it any more.
    """
    now = timezone.now()
    old_keys = now - timedelta(days=settings.MDM_KEEP_KEYS_DAYS)
    Delivery.objects.exclude(idempotency_key="").filter(received_at__lt=old_keys).update(idempotency_key="")
    old = Delivery.objects.filter(received_at__lt=now - timedelta(days=settings.MDM_KEEP_BODIES_DAYS))
    old.filter(status=DeliveryStatus.APPLIED).exclude(body=b"").update(body=b"")
    unapplied = old.filter(status__in=[DeliveryStatus.FAILED, DeliveryStatus.QUARANTINED])
    unapplied.update(status=DeliveryStatus.EXPIRED, body=b"")
