"""Writes a plan: threads, posts and their authors' voices, in as many statements for one as for thousands."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from feedback.models import FeedbackImport, Post, Thread, Voice
from feedback.services.counting import recount
from feedback.services.importing.comments import Comment
from feedback.services.importing.placing import Spot
from feedback.services.importing.planning import TOLD, Changed, Placed, Plan
from feedback.services.importing.topics import Topics
from feedback.vocabulary import ShownAs, ThreadStatus

BATCH = 1_000
# What stands below a post that moved goes with it, whoever said it.
_FOLLOW = """
    WITH RECURSIVE moved AS (
        SELECT id, thread_id FROM feedback_post WHERE id = ANY(%s)
        UNION
        SELECT post.id, moved.thread_id FROM feedback_post post JOIN moved ON post.parent_id = moved.id
    )
    UPDATE feedback_post post SET thread_id = moved.thread_id
    FROM moved WHERE post.id = moved.id AND post.thread_id <> moved.thread_id
"""


def write(plan: Plan, *, imported: FeedbackImport) -> None:
    """Inside the caller's transaction."""
    topics = Topics(imported.organisation, (one.comment for one in _with_topics(plan)))
    touched = {one.spot.thread_id for one in plan.new} | {one.spot.thread_id for one in plan.changed}
    touched |= {one.post.thread_id for one in plan.changed}
    touched |= {one.post.thread.merged_into_id for one in plan.changed if one.post.thread.merged_into_id}
    Thread.objects.bulk_create([_thread(placed, imported, topics) for placed in plan.threads], BATCH)
    Post.objects.bulk_create([_post(placed, imported) for placed in plan.new], BATCH)
    Voice.objects.bulk_create(_voices(plan.threads), BATCH)
    _change(plan.changed, topics)
    recount(touched)
    Thread.objects.filter(pk__in=touched, is_answered=True, status=ThreadStatus.OPEN).update(
        status=ThreadStatus.ACKNOWLEDGED
    )


def _with_topics(plan: Plan) -> list[Placed | Changed]:
    return [*plan.threads, *(one for one in plan.changed if "topic" in one.columns)]


def _thread(placed: Placed, imported: FeedbackImport, topics: Topics) -> Thread:
    comment = placed.comment
    return Thread(
        pk=placed.spot.thread_id,
        organisation=imported.organisation,
        imported=imported,
        title=comment.heading,
        topic=topics.of(comment),
        told_topic=comment.topic,
        raised_at=comment.posted_at,
        status_at=comment.posted_at or timezone.now(),
    )


def _post(placed: Placed, imported: FeedbackImport) -> Post:
    return Post(
        pk=placed.spot.post_id,
        is_opening=placed.spot.parent_id is None,
        shown_as=ShownAs.NAME,
        imported=imported,
        external_id=placed.comment.id,
        position=placed.comment.number,
        **_values_of(placed.comment, placed.spot),
    )


def _values_of(comment: Comment, spot: Spot) -> dict[str, Any]:
    """A post's fields that come from a comment."""
    told = {name: getattr(comment, column) for name, column in TOLD.items()}
    return told | {
        "is_official": bool(comment.author_role),
        "placed_at": None if comment.posted_at else spot.at,
        "parent_id": spot.parent_id,
        "thread_id": spot.thread_id,
    }


def _voices(openings: list[Placed]) -> list[Voice]:
    """Of those who raised them; an official word is nobody's trouble."""
    return [
        Voice(
            thread_id=one.spot.thread_id,
            shown_as=ShownAs.NAME,
            author_name=one.comment.author,
            is_author=True,
            joined_on=timezone.localdate(one.comment.posted_at) if one.comment.posted_at else None,
        )
        for one in openings
        if not one.comment.author_role
    ]


def _change(changed: list[Changed], topics: Topics) -> None:
    openings = [one for one in changed if one.post.is_opening]
    for one in openings:
        thread = one.post.thread
        thread.title, thread.raised_at = one.comment.heading, one.comment.posted_at
        if "topic" in one.columns:
            thread.topic, thread.told_topic = topics.of(one.comment), one.comment.topic
    fields = ["title", "raised_at", "topic", "told_topic"]
    Thread.objects.bulk_update([one.post.thread for one in openings], fields, BATCH)
    now = timezone.now()
    for one in changed:
        if {"body", "title"} & set(one.columns):  # readers see that, and what stood there before
            one.post.edited_at = now
        for name, value in _values_of(one.comment, one.spot).items():
            setattr(one.post, name, value)
    fields = [*TOLD, "is_official", "placed_at", "parent", "thread", "edited_at"]
    Post.objects.bulk_update([one.post for one in changed], fields, BATCH)
    _follow([one.post.pk for one in changed if "reply_to" in one.columns])
    authors = Voice.objects.filter(thread__in=[one.spot.thread_id for one in openings], is_author=True)
    authors.delete()
    Voice.objects.bulk_create(_voices([Placed(one.comment, one.spot) for one in openings]), BATCH)


def _follow(post_ids: list[int]) -> None:
    if not post_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [post_ids])
