"""Making one thread of several that say the same, and parting them again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from feedback.models import Thread
from feedback.services.counting import announce, recount
from feedback.services.queue_changes import noted
from feedback.vocabulary import QueueVerb, ThreadStatus
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import User

PERMISSION = "feedback.moderate"


def check_may_merge(thread: Thread, by: User) -> None:
    """Raises Forbidden."""
    if not by.access.may(PERMISSION, organisation_id=thread.organisation_id):
        raise Forbidden("Your roles do not let you merge or part threads here.")


@transaction.atomic
def merge(*, thread_ids: Collection[int], into: Thread, by: User) -> int:
    """Makes threads duplicates of one: their posts and voices stay where they are, and count there.

    What was merged into them goes along. Raises Forbidden, Invalid (field `into`), and Conflict where none
    is left to merge.
    """
    check_may_merge(into, by)
    mine = Thread.objects.filter(organisation=into.organisation_id, pk__in=[*thread_ids, into.pk])
    standing = list(mine.standing().order_by("pk").select_for_update().values_list("pk", flat=True))
    if into.pk not in standing:
        raise Invalid("That thread was merged or hidden itself. Choose one that stands", field="into")
    ids = [pk for pk in standing if pk != into.pk]
    if not ids:
        raise Conflict("There is nothing to merge: choose another thread, not merged or hidden yet.")
    along = Thread.objects.filter(merged_into__in=ids)
    touched = [*ids, *along.values_list("pk", flat=True)]
    with noted(QueueVerb.MERGE, touched, words=f"Merged into “{into}”", by=by):
        along.update(merged_into=into)
        Thread.objects.filter(pk__in=ids).update(
            merged_into=into, status=ThreadStatus.DUPLICATE, status_at=timezone.now(), next_update_on=None
        )
    recount([into.pk, *ids])
    announce(thread_ids=[into.pk, *ids])
    return len(ids)


def merge_one(*, thread: Thread, into: Thread, by: User) -> None:
    """As `merge`, of a thread that one looks at. Raises Invalid (field `into`) for another organisation's."""
    if thread.organisation_id != into.organisation_id:
        raise Invalid(f"Choose a thread of {thread.organisation}", field="into")
    merge(thread_ids=[thread.pk], into=into, by=by)
    thread.refresh_from_db()


@transaction.atomic
def unmerge(*, thread: Thread, by: User) -> None:
    """It stands alone again, as it was before. Raises Forbidden and Conflict."""
    check_may_merge(thread, by)
    into = thread.merged_into_id
    if into is None:
        raise Conflict("This thread was not merged.")
    events: Any = Thread._meta.get_field("changes").related_model
    apart = events.objects.filter(pgh_obj=thread, merged_into=None).order_by("-pgh_id").first()
    Thread.objects.filter(pk=thread.pk, merged_into=into).update(
        merged_into=None,
        status=apart.status if apart else ThreadStatus.OPEN,
        next_update_on=apart.next_update_on if apart else None,
        status_at=timezone.now(),
    )
    recount([thread.pk, into])
    announce(thread_ids=[thread.pk, into])
    thread.refresh_from_db()
