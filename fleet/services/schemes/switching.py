"""A switch of classification schemes: scheduled, cancelled, and done on its day by a worker."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q, Subquery
from django.utils import timezone

from fleet.errors import Conflict, FleetError, Invalid
from fleet.history import acting
from fleet.mdm.writing import begin
from fleet.models import Approval, ClassificationMapping, ClassificationScheme, Condition, SchemeSwitch, User
from fleet.services import facts
from fleet.services.schemes.following import FOLLOWERS
from fleet.services.schemes.mapping import problems
from fleet.services.schemes.preview import ONE_DAY, ApprovalChange, preview, renewal_of
from fleet.vocabulary import Carrying, Control, SwitchState

log = logging.getLogger(__name__)


@transaction.atomic
def schedule_switch(*, switch: SchemeSwitch, by: User) -> None:
    """From now on readiness judges handovers from the switch's day by the new scheme.

    Raises Invalid where the mapping says too little or the day has come, and Conflict where it is no draft
    any more or another switch of the organisation is scheduled.
    """
    if switch.switches_on <= timezone.localdate():
        raise Invalid("Its day has come. Choose a day in the future.", field="switches_on")
    if found := problems(switch):
        raise Invalid(" ".join(found))
    draft = SchemeSwitch.objects.filter(pk=switch.pk, state=SwitchState.DRAFT)
    try:
        with transaction.atomic():
            moved = draft.update(state=SwitchState.SCHEDULED, scheduled_at=timezone.now(), scheduled_by=by)
    except IntegrityError as error:
        raise Conflict("Another switch is scheduled already. Wait until it is done, or cancel it.") from error
    if not moved:
        raise Conflict("This switch is no draft any more. Load it again.")
    _tell(switch)


@transaction.atomic
def cancel_switch(*, switch: SchemeSwitch) -> None:
    """It will not take place. Raises Conflict where it is done or cancelled already."""
    if not SchemeSwitch.objects.open().filter(pk=switch.pk).update(state=SwitchState.CANCELLED):
        raise Conflict("This switch is done or cancelled already.")
    _tell(switch)


def change_draft(*, switch: SchemeSwitch) -> None:
    """Store what a draft was changed to. Raises Conflict where it is no draft any more."""
    drafts = SchemeSwitch.objects.filter(pk=switch.pk, state=SwitchState.DRAFT)
    if not drafts.update(
        from_scheme=switch.from_scheme, to_scheme=switch.to_scheme, switches_on=switch.switches_on
    ):
        raise Conflict("Only a draft can be changed. Cancel this switch and draft another.")


def _tell(switch: SchemeSwitch) -> None:
    facts.announce(organisation_id=switch.organisation_id, device_ids=None, staff_ids=None)


def switch_what_is_due(today: dt.date) -> int:
    """Do every switch whose day has come; how many were done. One that cannot be stays, and Today says so."""
    due = (
        SchemeSwitch.objects.scheduled()
        .filter(switches_on__lte=today)
        .select_related("from_scheme", "to_scheme")
    )
    done = 0
    for switch in due:
        try:
            done += _do(switch, today)
        except FleetError as error:
            log.warning("Switch %s of classification schemes waits: %s", switch.pk, error)
    return done


def _do(switch: SchemeSwitch, today: dt.date) -> bool:
    """Whether it was this call that did it. Everything or nothing, under one request id in the change log."""
    request_id = str(uuid.uuid4())
    context = acting(channel="worker", actor_id=switch.scheduled_by_id, request_id=request_id)
    with context, transaction.atomic():
        begin()
        waiting = SchemeSwitch.objects.scheduled().filter(pk=switch.pk, switches_on__lte=today)
        # Whoever has the lock does it, and nobody changes the mapping meanwhile.
        if not waiting.select_for_update(skip_locked=True).exists():
            return False
        planned = preview(switch)
        if planned.problems:
            raise Conflict(" ".join(planned.problems))
        waiting.update(
            state=SwitchState.DONE,
            done_at=timezone.now(),
            request_id=request_id,
            report=planned.as_dict(),
        )
        _carry_over(switch, planned.approvals)
        _move_rows(switch)
        _date_schemes(switch)
        _tell(switch)
    return True


def _move_rows(switch: SchemeSwitch) -> None:
    """People, programmes and whatever else names a classification: one statement each."""
    becomes = ClassificationMapping.objects.from_outer(switch).values("becomes")[:1]
    for follower in FOLLOWERS.values():
        follower.rows(switch).update(classification_id=Subquery(becomes))


def _date_schemes(switch: SchemeSwitch) -> None:
    last_day = switch.switches_on - ONE_DAY
    old = ClassificationScheme.objects.filter(pk=switch.from_scheme_id)
    old.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=last_day)).exclude(
        valid_until__lt=last_day
    ).update(valid_until=last_day)
    new = ClassificationScheme.objects.filter(pk=switch.to_scheme_id)
    new.filter(valid_from__isnull=True).update(valid_from=switch.switches_on)
    new.filter(valid_until__lt=switch.switches_on).update(valid_until=None)


def _carry_over(switch: SchemeSwitch, changes: Sequence[ApprovalChange]) -> None:
    """Old approvals end the day before; those that would only begin later are withdrawn instead."""
    last_day = switch.switches_on - ONE_DAY
    old = Approval.objects.filter(pk__in=[one.approval.pk for one in changes])
    old.filter(valid_from__lte=last_day).update(valid_until=last_day)
    old.filter(valid_from__gt=last_day).update(withdrawn_at=timezone.now())
    carried = [one for one in changes if one.is_carried]
    successors = Approval.objects.bulk_create([_successor(one) for one in carried])
    Condition.objects.bulk_create(
        condition
        for one, successor in zip(carried, successors, strict=True)
        for condition in _conditions(one, successor)
    )


def _successor(change: ApprovalChange) -> Approval:
    assert change.mapping is not None
    old = change.approval
    return Approval(
        organisation_id=old.organisation_id,
        platform=old.platform,
        minimum_version=old.minimum_version,
        minimum_key=old.minimum_key,
        classification=change.mapping.becomes,
        authority=old.authority,
        reference=old.reference,
        valid_from=change.starts_on,
        valid_until=old.valid_until,
        follows=old,
    )


def _conditions(change: ApprovalChange, successor: Approval) -> list[Condition]:
    """Those of the old one with their signatures, and a statement to sign where it must be renewed."""
    assert change.mapping is not None
    kept = [
        Condition(
            approval=successor,
            control=one.control,
            name=one.name,
            signed_by=one.signed_by,
            signed_on=one.signed_on,
            signed_until=one.signed_until,
        )
        for one in change.approval.conditions.all()
    ]
    if change.mapping.approvals == Carrying.RENEW:
        kept.append(Condition(approval=successor, control=Control.STATEMENT, name=renewal_of(change.mapping)))
    return kept
