"""Of what an import brought: who was answered, by whom and after how long, and who never was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from feedback.models import FeedbackImport, Post
from fleet.services.working_days import working_days_between


@dataclass(frozen=True, slots=True)
class Answered:
    """One thread. `days`: working days from raising it to the official response, where both are known."""

    thread_id: int
    title: str
    topic: str
    author: str
    raised_at: datetime | None
    posts: int
    role: str
    days: int | None


def answers_of(imported: FeedbackImport) -> list[Answered]:
    """By when they were raised; one query."""
    posts = Post.objects.filter(thread=OuterRef("pk"), hidden_at__isnull=True)
    first = posts.filter(is_official=True, is_opening=False).order_by("posted_at", "position")
    threads: Any = imported.threads.select_related("topic").annotate(
        role=Subquery(first.values("role_name")[:1]),
        author=Subquery(posts.filter(is_opening=True).values("author_name")[:1]),
    )
    return [_answered(thread, imported) for thread in threads.order_by("raised_at", "pk")]


def _answered(thread: Any, imported: FeedbackImport) -> Answered:
    days = None
    if thread.raised_at and thread.answered_at:
        first, last = (timezone.localdate(at) for at in (thread.raised_at, thread.answered_at))
        days = working_days_between(first, last, imported.organisation.bank_holidays)
    return Answered(
        thread_id=thread.pk,
        title=thread.title,
        topic=thread.topic.name if thread.topic else "",
        author=thread.author or "",
        raised_at=thread.raised_at,
        posts=thread.posts_shown - 1,
        role=thread.role or "",
        days=days,
    )
