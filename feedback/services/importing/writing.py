"""Writes a plan: threads, posts and their authors' voices, in as many statements for one as for thousands."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from feedback.models import FeedbackImport, Post, Thread, Topic, Voice
from feedback.services.counting import recount
from feedback.services.importing.planning import TOLD, Placed, Plan, values_of
from feedback.services.taxonomy import suggested, topics_of
from feedback.vocabulary import ShownAs, ThreadStatus
from fleet.models import Organisation

BATCH = 1_000
TITLE = Thread._meta.get_field("title").max_length or 0


def write(plan: Plan, *, imported: FeedbackImport) -> None:
    """Inside the caller's transaction."""
    topics = _Topics(imported.organisation)
    topics.add(placed.comment.topic for placed in plan.threads)
    Thread.objects.bulk_create([_thread(placed, imported, topics) for placed in plan.threads], BATCH)
    Post.objects.bulk_create(
        [_post(placed, imported, position) for position, placed in enumerate(plan.new)], BATCH
    )
    Voice.objects.bulk_create(
        [_voice(placed) for placed in plan.threads if not placed.comment.author_role], BATCH
    )
    Post.objects.bulk_update(plan.changed, [*TOLD, "is_official"], BATCH)
    touched = {placed.thread_id for placed in plan.new} | {post.thread_id for post in plan.changed}
    recount(touched)
    Thread.objects.filter(pk__in=touched, is_answered=True, status=ThreadStatus.OPEN).update(
        status=ThreadStatus.ACKNOWLEDGED
    )


class _Topics:
    """The organisation's topics by name, whatever the case."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.offered = topics_of(organisation)
        self.by_name = {
            topic.name.lower(): topic for topic in Topic.objects.filter(organisation=organisation)
        }

    def add(self, names: object) -> None:
        """Those that are not there yet."""
        wanted = {name.lower(): name for name in names if name}  # type: ignore[attr-defined]
        new = [
            Topic(organisation=self.organisation, name=name)
            for key, name in wanted.items()
            if key not in self.by_name
        ]
        self.by_name |= {topic.name.lower(): topic for topic in Topic.objects.bulk_create(new)}

    def of(self, placed: Placed) -> Topic | None:
        """As the file has it, or as its words suggest."""
        comment = placed.comment
        if comment.topic:
            return self.by_name[comment.topic.lower()]
        return suggested(self.offered, f"{comment.title} {comment.body}")


def _thread(placed: Placed, imported: FeedbackImport, topics: _Topics) -> Thread:
    comment = placed.comment
    return Thread(
        pk=placed.thread_id,
        organisation=imported.organisation,
        imported=imported,
        title=title_of(comment.title or comment.body),
        topic=topics.of(placed),
        raised_at=comment.posted_at,
        status_at=comment.posted_at or timezone.now(),
    )


def title_of(text: str) -> str:
    """The first sentence, cut to what a title may hold."""
    line = text.strip().splitlines()[0].strip()
    end = min((at for mark in ".?!" if (at := line.find(f"{mark} ")) > 0), default=len(line))
    first = line[: end + 1]
    return first if len(first) <= TITLE else f"{first[: TITLE - 1].rsplit(' ', 1)[0]}…"


def _post(placed: Placed, imported: FeedbackImport, position: int) -> Post:
    comment = placed.comment
    return Post(
        pk=placed.post_id,
        thread_id=placed.thread_id,
        parent_id=placed.parent_id,
        is_opening=placed.parent_id is None,
        is_official=bool(comment.author_role),
        shown_as=ShownAs.NAME,
        imported=imported,
        external_id=comment.id,
        position=position,
        **values_of(comment),
    )


def _voice(placed: Placed) -> Voice:
    posted_at: dt.datetime | None = placed.comment.posted_at
    return Voice(
        thread_id=placed.thread_id,
        shown_as=ShownAs.NAME,
        author_name=placed.comment.author,
        is_author=True,
        joined_on=timezone.localdate(posted_at) if posted_at else None,
    )
