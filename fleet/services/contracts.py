"""Decisions on contracts: notice is given, or the contract goes on until another day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import Contract
from fleet.models.contracts import suggested_notice


@transaction.atomic
def give_notice(*, contract: Contract, given_on: dt.date) -> None:
    """Record that notice was given; the contract ends on its day and asks for nothing more.

    Raises Invalid for a day to come or before the contract, Conflict where notice was given before.
    """
    if given_on > timezone.localdate():
        raise Invalid("The day must not be in the future.", field="given_on")
    if given_on > contract.ends_on:
        raise Invalid("The day must not be after the end of the contract.", field="given_on")
    undecided = Contract.objects.filter(pk=contract.pk, notice_given_on__isnull=True)
    if not undecided.update(notice_given_on=given_on):
        raise Conflict("Notice of this contract has been given already.")


@transaction.atomic
def renew(*, contract: Contract, ends_on: dt.date, notice_by: dt.date | None = None) -> None:
    """The contract goes on until `ends_on`; notice that was given counts no more.

    Without `notice_by`, its notice period gives the next day. Raises Invalid for days that cannot be,
    Conflict where somebody renewed it meanwhile.
    """
    if ends_on <= contract.ends_on:
        raise Invalid("The new end must be after the end so far.", field="ends_on")
    if notice_by is None:
        notice_by = suggested_notice(
            contract.starts_on, ends_on, contract.notice_period, contract.notice_unit
        )
    if notice_by and not contract.starts_on <= notice_by <= ends_on:
        raise Invalid("Notice must be due by the new end.", field="notice_by")
    as_it_was = Contract.objects.filter(pk=contract.pk, ends_on=contract.ends_on)
    if not as_it_was.update(ends_on=ends_on, notice_by=notice_by, notice_given_on=None):
        raise Conflict("Somebody has renewed the contract meanwhile. Look at it as it is now.")
