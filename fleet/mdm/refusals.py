"""Pushes that do not prove to come from their source: the last reason is kept, for its page to say."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from fleet.models import MdmSource
from fleet.vocabulary import Refusal

# Whoever pushes nonsense without end writes no more than this.
AT_MOST_EVERY = timedelta(seconds=5)

ADVICE: dict[str, str] = {
    Refusal.NOTHING: "Set up the sender as this page says.",
    Refusal.UNKNOWN: "Give the sender the token again, or a new one.",
    Refusal.ENDED: "Give the sender a token that works.",
    Refusal.SIGNATURE: "Give the sender the key of this source again; nothing may change the body.",
    Refusal.UNREADABLE: "Switch on authentication in the push subscription.",
    Refusal.KEY: "Only Google can push here. Check that the subscription is Google’s.",
    Refusal.TIME: "Check the clock of this server.",
    Refusal.ISSUER: "Only Google can push here. Check that the subscription is Google’s.",
    Refusal.AUDIENCE: "Give the push subscription the audience that stands here, or change it here.",
    Refusal.ACCOUNT: "Give the push subscription the service account that stands here, or change it here.",
}


class NotProven(Exception):
    """What came proves nothing: the message tells the sender, `refusal` those who keep the source."""

    def __init__(self, refusal: Refusal, message: str = "") -> None:
        super().__init__(message or "No source proves to be the one that this address names.")
        self.refusal = refusal


def note(source: MdmSource, refusal: Refusal) -> None:
    """Keep why a push was refused just now."""
    now = timezone.now()
    is_due = Q(refused_at__isnull=True) | Q(refused_at__lt=now - AT_MOST_EVERY)
    MdmSource.objects.filter(is_due, pk=source.pk).update(refusal=refusal, refused_at=now)
