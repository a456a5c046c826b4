"""Approvals: recorded with their conditions, withdrawn for good, their statements signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import Approval, Condition
from fleet.services import facts
from fleet.vocabulary import Control

HOW_CHECKED = {
    Control.ENCRYPTED: "The MDM reports the device as encrypted.",
    Control.PASSCODE: "The MDM reports that a passcode is set.",
    Control.SUPERVISED: "The MDM reports the device as supervised.",
    Control.SOFTWARE: "The MDM lists it among the device's software.",
    Control.STATEMENT: "Somebody has signed it, and the signature has not run out.",
}


@transaction.atomic
def record_approval(*, approval: Approval, conditions: Iterable[tuple[str, str]]) -> None:
    """Save a new approval with its conditions: pairs of a control and its name or statement, or \"\"."""
    facts.save(approval)
    Condition.objects.bulk_create(
        Condition(approval=approval, control=control, name=name) for control, name in conditions
    )


@transaction.atomic
def withdraw_approval(*, approval: Approval) -> None:
    """From now on it counts for no device. Raises Conflict where it was withdrawn before."""
    if not Approval.objects.standing().filter(pk=approval.pk).update(withdrawn_at=timezone.now()):
        raise Conflict("This approval has been withdrawn already.")
    facts.announce(organisation_id=approval.organisation_id, device_ids=None)


@transaction.atomic
def sign_statement(
    *, condition: Condition, signed_by: str, signed_on: date, signed_until: date | None = None
) -> None:
    """Record who signed a statement; a later signature takes the place of an earlier one.

    Raises Invalid for a condition that is no statement, and for days that cannot be.
    """
    if condition.control != Control.STATEMENT:
        raise Invalid("Only a statement can be signed; the MDM tells the other conditions.")
    if signed_on > timezone.localdate():
        raise Invalid("The day of signing must not be in the future.", field="signed_on")
    if signed_until and signed_until < signed_on:
        raise Invalid("The signature must hold until the day of signing or later.", field="signed_until")
    condition.signed_by, condition.signed_on, condition.signed_until = signed_by, signed_on, signed_until
    condition.save()
    facts.announce(organisation_id=condition.approval.organisation_id, device_ids=None)
