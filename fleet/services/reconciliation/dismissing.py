"""Accepting a discrepancy for a time, and taking it up again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import Discrepancy, Dismissal, User

LONGEST = dt.timedelta(days=366)


@transaction.atomic
def dismiss(*, discrepancy: Discrepancy, reason: str, until: dt.date, by: User) -> Dismissal:
    """Accept it up to and on a day; again, with another reason or day. Raises Invalid (`until`, `reason`)."""
    today = timezone.localdate()
    if until < today:
        raise Invalid("Choose today or a day to come.", field="until")
    if until > today + LONGEST:
        raise Invalid("Choose a day within a year, so that somebody looks at it again.", field="until")
    if not reason.strip():
        raise Invalid("Say why this is to stay as it is.", field="reason")
    dismissal, _ = Dismissal.objects.update_or_create(
        organisation_id=discrepancy.organisation_id,
        kind=discrepancy.kind,
        subject=discrepancy.subject,
        withdrawn_at=None,
        defaults={
            "reason": reason.strip(),
            "until": until,
            "dismissed_at": timezone.now(),
            "dismissed_by": by,
        },
    )
    return dismissal


def take_up(*, discrepancy: Discrepancy) -> None:
    """It is open again. Raises Conflict where it is already."""
    standing = Dismissal.objects.in_force().filter(
        organisation=discrepancy.organisation_id, kind=discrepancy.kind, subject=discrepancy.subject
    )
    if not standing.update(withdrawn_at=timezone.now()):
        raise Conflict("This discrepancy is open already.")
