"""Changing an organisation's rules for feedback, and what follows from them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from feedback.models import FeedbackPolicy
from fleet.models import Organisation
from fleet.services.working_days import working_days_after


@transaction.atomic
def save_policy(*, policy: FeedbackPolicy, bank_holidays: str) -> None:
    """Days that are due already stay as they were told."""
    policy.save()
    organisation = policy.organisation
    if organisation.bank_holidays != bank_holidays:
        organisation.bank_holidays = bank_holidays
        organisation.save(update_fields=["bank_holidays"])


def answer_due(organisation: Organisation) -> dt.date:
    """By when what is raised today has its official response."""
    days = FeedbackPolicy.of(organisation).answer_within_days
    return working_days_after(timezone.localdate(), days, organisation.bank_holidays)
