"""What feedback asks of a person today."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from feedback.models import FeedbackImport, Thread
from feedback.models.threads import late
from feedback.vocabulary import FeedbackImportStatus
from fleet.models import User
from fleet.web import text
from fleet.web.decisions import Decision


def feedback_decisions(user: User) -> Iterator[Decision]:
    """Overdue answers and updates, severe threads, and files that wait; two queries."""
    today = timezone.localdate()
    is_late = late(today)
    found = (
        Thread.objects.answerable_by(user)
        .unsettled()
        .order_by()
        .aggregate(
            overdue=Count("pk", filter=is_late),
            since=Min(Coalesce("next_update_on", "due_on"), filter=is_late),
            severe=Count("pk", filter=Q(is_severe=True)),
        )
    )
    queue = reverse("feedback:queue")
    if found["overdue"]:
        yield Decision(
            what=f"Answer {text.counted(found['overdue'], 'thread')} of feedback",
            why="An official response or a promised update is overdue.",
            url=f"{queue}?overdue=true",
            due_on=found["since"],
        )
    if found["severe"]:
        yield Decision(
            what=f"See to {text.counted(found['severe'], 'severe thread')} of feedback",
            why="Work stops, somebody is harmed, or the law is at stake. The next tranche does not go.",
            url=f"{queue}?is_severe=true",
        )
    yield from _files(user)


def _files(user: User) -> Iterator[Decision]:
    waiting = FeedbackImport.objects.visible_to(user).filter(status=FeedbackImportStatus.CHECKED, by=user)
    for file in waiting.defer("content")[:5]:
        yield Decision(
            what=f"Import or discard the comments of {file.source}",
            why=f"{file.name} came in {text.moment(file.created_at)}, and changes nothing until then.",
            url=reverse("feedback:import-detail", args=[file.pk]),
        )
