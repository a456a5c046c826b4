"""What facts ask of a person today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from fleet.models import Approval, User
from fleet.web.decisions import Decision

APPROVAL_NOTICE = dt.timedelta(days=60)


def approvals_running_out(user: User) -> Iterator[Decision]:
    """Approvals in force that end within 60 days, for those who record them."""
    today = timezone.localdate()
    mine = Approval.objects.in_force(today).filter(user.access.scope("assurance.change", sites=()))
    for approval in mine.filter(valid_until__lte=today + APPROVAL_NOTICE).select_related("classification"):
        yield Decision(
            what=f"Renew the approval of {approval}",
            why=f"{approval.authority} approved it until {approval.valid_until:%-d %B %Y}.",
            url=reverse("fleet:approval-detail", args=[approval.pk]),
            due_on=approval.valid_until,
        )
