"""What a moderator does: hides what should not be read, with a reason that stays."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from feedback.models import Post, Thread, Topic
from feedback.services.counting import announce, recount
from feedback.services.policies import answer_due
from feedback.vocabulary import ThreadKind
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Organisation, User

PERMISSION = "feedback.moderate"


@transaction.atomic
def hide_thread(*, thread: Thread, by: User, because: str) -> None:
    """Only moderators see it from now on, and it counts nowhere. Raises Forbidden, Invalid and Conflict."""
    _hide(Thread.objects.filter(pk=thread.pk), thread.organisation, by, because)
    announce(thread_ids=[thread.pk])


@transaction.atomic
def hide_post(*, post: Post, by: User, because: str) -> None:
    """Readers see that it was hidden, and why, without its words. Raises as `hide_thread` does."""
    if post.is_opening:
        raise Invalid("Hide the whole thread: this is how it begins")
    _hide(Post.objects.filter(pk=post.pk), post.thread.organisation, by, because)
    recount([post.thread_id])
    announce(thread_ids=[post.thread_id])


@transaction.atomic
def show_thread(*, thread: Thread, by: User) -> None:
    """Raises Forbidden and Conflict."""
    _show(Thread.objects.filter(pk=thread.pk), thread.organisation, by)
    announce(thread_ids=[thread.pk])


@transaction.atomic
def show_post(*, post: Post, by: User) -> None:
    """Raises Forbidden and Conflict."""
    _show(Post.objects.filter(pk=post.pk), post.thread.organisation, by)
    recount([post.thread_id])
    announce(thread_ids=[post.thread_id])


@transaction.atomic
def sort_thread(*, thread: Thread, by: User, kind: str, topic: Topic | None, is_severe: bool) -> None:
    """Says what it is and where it belongs; what is praise no longer has an answer due from now on.

    Of a severe thread the tranches that come know before they go. Raises Forbidden, and Invalid (field
    `topic`) for a topic of another organisation.
    """
    check_moderator(thread.organisation, by)
    if topic and topic.organisation_id != thread.organisation_id:
        raise Invalid(f"Choose a topic of {thread.organisation}", field="topic")
    before = Thread.objects.select_for_update().get(pk=thread.pk)
    due_on = before.due_on
    if before.kind == ThreadKind.PRAISE != kind and due_on is None:
        due_on = answer_due(thread.organisation)
    Thread.objects.filter(pk=thread.pk).update(kind=kind, topic=topic, is_severe=is_severe, due_on=due_on)
    touched = {thread.pk, thread.merged_into_id or thread.pk}
    recount(touched)
    announce(thread_ids=touched)
    thread.refresh_from_db()


def _hide(rows: Any, organisation: Organisation, by: User, because: str) -> None:
    check_moderator(organisation, by)
    if not because.strip():
        raise Invalid("Say why it is hidden: its author reads this", field="because")
    found = rows.filter(hidden_at=None)
    if not found.update(hidden_at=timezone.now(), hidden_because=because.strip()):
        raise Conflict("Somebody has hidden it already.")


def _show(rows: Any, organisation: Organisation, by: User) -> None:
    check_moderator(organisation, by)
    if not rows.filter(hidden_at__isnull=False).update(hidden_at=None, hidden_because=""):
        raise Conflict("It is shown already.")


def check_moderator(organisation: Organisation, by: User) -> None:
    """Raises Forbidden."""
    if not by.access.may(PERMISSION, organisation_id=organisation.pk):
        raise Forbidden("Your roles do not let you moderate here.")
