"""Changing what one said by name or role; readers see that, and what stood there before.

What was said first, and each version after it, is in the change log (`fleet.history`): nothing is kept twice.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from feedback.models import Post, Thread
from feedback.services import answering
from feedback.services.anonymity import keys_of
from feedback.vocabulary import ShownAs
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.history import BEFORE, noting
from fleet.models import User

WHY_NOT = (
    "What is said anonymously stays as it is: the moment of a change could tell who made it. Reply, to put "
    "it right or to add to it."
)
FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Version:
    """What a post said from `at` on; of the first, when it was posted. `title` is of a thread's opening."""

    at: dt.datetime | None
    body: str
    title: str = ""


@transaction.atomic
def edit_post(*, post: Post, by: User, body: str, title: str = "") -> None:
    """`title` is the thread's, for its opening post alone; empty leaves it as it is.

    Raises Forbidden, Conflict for a hidden post, and Invalid (field `body`).
    """
    check_may_edit(post, by)
    if post.hidden_at:
        raise Conflict("A moderator has hidden this post.")
    if not body.strip():
        raise Invalid("Leave some words; to take them all back, ask a moderator to hide them", field="body")
    body = body.replace("\r\n", "\n") if "\r" not in post.body else body  # as browsers send lines
    new_title = title.strip() if post.is_opening and title.strip() else post.thread.title
    if (body, new_title) == (post.body, post.thread.title):
        return
    with _signed_as_shown(post):
        found = Post.objects.filter(pk=post.pk, hidden_at=None)
        if not found.update(body=body, edited_at=timezone.now()):
            raise Conflict("A moderator has hidden this post.")
        Thread.objects.filter(pk=post.thread_id).exclude(title=new_title).update(title=new_title)
    post.refresh_from_db()


def check_may_edit(post: Post, by: User) -> None:
    """Raises Forbidden where `by` did not say it, said it anonymously, or may no longer speak there."""
    if not post.is_by(by, keys_of(by)):
        raise Forbidden("Only whoever said this can change it.")
    if post.shown_as == ShownAs.ANONYMOUS:
        raise Forbidden(WHY_NOT)
    permission = answering.PERMISSION if post.is_official else "feedback.post"
    if not by.access.may(permission, organisation_id=post.thread.organisation_id):
        raise Forbidden("Your roles do not let you post here.")


def may_edit(post: Post, by: User) -> bool:
    try:
        check_may_edit(post, by)
    except Forbidden:
        return False
    return not post.hidden_at


def versions_of(post: Post) -> list[Version]:
    """Newest first; at least what stands there now. Two queries."""
    log: Any = post
    found: dict[dt.datetime | None, tuple[str, dt.datetime]] = {}
    events = log.changes.order_by("pgh_id").values_list("edited_at", "body", "pgh_created_at")
    for edited_at, body, at in events:
        found.setdefault(edited_at, (body, at if edited_at else FIRST))
    found.setdefault(post.edited_at, (post.body, timezone.now()))
    titles = _titles(post.thread) if post.is_opening else {}
    return [
        Version(edited_at or post.posted_at, body, _title(post, titles, at))
        for edited_at, (body, at) in reversed(found.items())
    ]


def _titles(thread: Thread) -> dict[dt.datetime, str]:
    """By the moment from which on it was the title."""
    log: Any = thread
    events = log.changes.order_by("pgh_id").values_list("pgh_label", "title", "pgh_created_at")
    return {FIRST if label == BEFORE else at: title for label, title, at in events}


def _title(post: Post, titles: dict[dt.datetime, str], moment: dt.datetime) -> str:
    """The title that stood at a moment."""
    if not post.is_opening:
        return ""
    so_far = [title for since, title in titles.items() if since <= moment]
    return so_far[-1] if so_far else post.thread.title


def _signed_as_shown(post: Post) -> AbstractContextManager[Any]:
    """The change log knows no account behind a post that is shown by its job role, and no request."""
    return noting(actor=None, request_id="") if post.shown_as == ShownAs.ROLE else nullcontext()
