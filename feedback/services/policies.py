"""Changing an organisation's rules for feedback."""

from __future__ import annotations

from django.db import transaction

from feedback.models import FeedbackPolicy


@transaction.atomic
def save_policy(*, policy: FeedbackPolicy, bank_holidays: str) -> None:
    """Days that are due already stay as they were told."""
    policy.save()
    organisation = policy.organisation
    if organisation.bank_holidays != bank_holidays:
        organisation.bank_holidays = bank_holidays
        organisation.save(update_fields=["bank_holidays"])
