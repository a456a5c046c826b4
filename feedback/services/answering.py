"""Answering for the organisation: official responses, what becomes of a thread, and who sees to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from feedback.models import FeedbackPolicy, Post, Thread
from feedback.services.counting import announce, recount
from feedback.services.queue_changes import noted
from feedback.vocabulary import UNSETTLED, QueueVerb, ThreadStatus
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Organisation, User
from fleet.services.working_days import working_days_after

PERMISSION = "feedback.respond"
# What a person can say of a thread; that it is a duplicate is said by merging it.
STATUSES = tuple(status for status in ThreadStatus if status != ThreadStatus.DUPLICATE)

STATUS_CHOICES = [(status.value, str(status.label)) for status in STATUSES]


@transaction.atomic
def respond(
    *,
    thread: Thread,
    by: User,
    body: str,
    status: str,
    seen_status: str,
    reason: str = "",
    next_update_on: dt.date | None = None,
) -> Post:
    """An official response, in the role in which `by` may give one, with the thread's status and next date.

    `seen_status` is what `by` looked at. Raises Forbidden, Invalid (field `status_reason` or
    `next_update_on`), and Conflict where the thread moved on meanwhile.
    """
    role = role_of(by, thread.organisation)
    set_status(
        thread=thread,
        by=by,
        status=status,
        seen_status=seen_status,
        reason=reason,
        next_update_on=next_update_on,
    )
    post = Post.objects.create(
        thread=thread, author=by, body=body, is_official=True, role_name=role, posted_at=timezone.now()
    )
    recount([thread.pk])
    thread.refresh_from_db()
    return post


def set_status(
    *,
    thread: Thread,
    by: User,
    status: str,
    seen_status: str,
    reason: str = "",
    next_update_on: dt.date | None = None,
) -> None:
    """Without a day, the next word on an unsettled thread is due when the policy says.

    Raises as `respond` does.
    """
    role_of(by, thread.organisation)
    if status not in STATUSES:
        raise Invalid("Merge the thread into the one that it repeats", field="status")
    if status == ThreadStatus.DECLINED and not reason.strip():
        raise Invalid("Say why it is declined: whoever raised it reads this", field="status_reason")
    today = timezone.localdate()
    if next_update_on and next_update_on <= today:
        raise Invalid("The next update must be on a day to come", field="next_update_on")
    is_unsettled = status in UNSETTLED
    due = (next_update_on or _next_update(thread.organisation, today)) if is_unsettled else None
    updated = Thread.objects.filter(pk=thread.pk, status=seen_status, merged_into=None).update(
        status=status,
        status_reason=reason.strip(),
        status_at=timezone.now(),
        next_update_on=due,
        escalated_at=None,
    )
    if not updated:
        raise Conflict("Somebody has changed the thread meanwhile. Look at it again.")
    announce(thread_ids=[thread.pk])
    thread.refresh_from_db()


@transaction.atomic
def acknowledge(*, thread_ids: Collection[int], by: User) -> int:
    """Says of open threads that somebody has read them, however many; how many there were.

    An acknowledgement is no response: the day on which that is due stays.
    """
    mine = Thread.objects.answerable_by(by).filter(
        pk__in=thread_ids, status=ThreadStatus.OPEN, merged_into=None
    )
    with noted(QueueVerb.ACKNOWLEDGE, thread_ids, words="Acknowledged", by=by):
        return mine.update(status=ThreadStatus.ACKNOWLEDGED, status_at=timezone.now())


@transaction.atomic
def assign(*, thread_ids: Collection[int], owner: User | None, by: User) -> int:
    """Raises Invalid (field `owner`) where the owner may not answer for every organisation of these."""
    mine = Thread.objects.answerable_by(by).filter(pk__in=thread_ids, merged_into=None)
    if owner is not None:
        theirs = owner.access.organisation_ids(PERMISSION)
        if mine.exclude(organisation__in=theirs).exists():
            raise Invalid(f"{owner} may not answer there. Choose somebody who may", field="owner")
    with noted(QueueVerb.ASSIGN, thread_ids, words=f"Given to {owner or 'nobody'}", by=by):
        return mine.update(owner=owner)


def role_of(by: User, organisation: Organisation) -> str:
    """The role in which somebody answers for an organisation. Raises Forbidden where they do not."""
    if not by.access.may(PERMISSION, organisation_id=organisation.pk):
        raise Forbidden("Your roles do not let you answer for this organisation.")
    grants = Grant.objects.in_force().filter(
        user=by, organisation=organisation, role__permissions__contains=[PERMISSION]
    )
    name: str = grants.order_by("role__name").values_list("role__name", flat=True)[0]
    return name


def _next_update(organisation: Organisation, today: dt.date) -> dt.date:
    days = FeedbackPolicy.of(organisation).update_every_days
    return working_days_after(today, days, organisation.bank_holidays)
