"""Of what an import brought: who was answered, by whom and after how long, and who never was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from feedback.models import FeedbackImport, Post
from feedback.models.threads import IN_ORDER
from feedback.services.figures import days_to_answer


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
    """In the file's order; one query. The role of an official word that nobody asked for is its own."""
    posts = Post.objects.filter(thread=OuterRef("pk"), hidden_at__isnull=True)
    opening = posts.filter(is_opening=True)
    first = posts.filter(is_official=True).order_by("-is_opening", *IN_ORDER)
    threads: Any = imported.threads.select_related("topic").annotate(
        role=Subquery(first.values("role_name")[:1]),
        author=Subquery(opening.values("author_name")[:1]),
        place=Subquery(opening.values("position")[:1]),
    )
    return [_answered(thread, imported) for thread in threads.order_by("place", "pk")]


def _answered(thread: Any, imported: FeedbackImport) -> Answered:
    return Answered(
        thread_id=thread.pk,
        title=thread.title,
        topic=thread.topic.name if thread.topic else "",
        author=thread.author or "",
        raised_at=thread.raised_at,
        posts=thread.posts_shown - 1,
        role=thread.role or "",
        days=days_to_answer(thread.raised_at, thread.answered_at, imported.organisation.bank_holidays),
    )
