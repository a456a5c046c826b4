"""Taking an import back: everything that it brought, while nobody has added to it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.models import Commitment, FeedbackImport, Gathering, Post, Thread, Voice
from feedback.services.counting import recount
from feedback.services.importing.deciding import check_waiting
from feedback.services.moderating import PERMISSION
from feedback.vocabulary import FeedbackImportStatus, ThreadStatus
from fleet.errors import Conflict, Forbidden
from fleet.models import User
from fleet.web import text

# As an import leaves a thread.
LEFT = Q(
    status__in=[ThreadStatus.OPEN, ThreadStatus.ACKNOWLEDGED],
    owner=None,
    is_severe=False,
    hidden_at=None,
    merged_into=None,
)


def obstacles(imported: FeedbackImport) -> list[str]:
    """What people have added to what it brought, in words; six queries."""
    return list(_obstacles(imported))


def _obstacles(imported: FeedbackImport) -> Iterator[str]:
    threads = Thread.objects.filter(imported=imported).order_by()
    keys = threads.values("pk")
    beside = Post.objects.exclude(imported=imported)
    counts = (
        (
            beside.filter(Q(thread__in=keys) | Q(parent__imported=imported)),
            "reply or response",
            "replies or responses",
        ),
        (Voice.objects.filter(thread__in=keys).filter(_by_people()), "person affected", "people affected"),
        (Commitment.objects.filter(thread__in=keys), "commitment", "commitments"),
        (Gathering.objects.filter(threads__in=keys).distinct(), "session in person", "sessions in person"),
        (
            threads.filter(~LEFT | Q(merged__isnull=False)).distinct(),
            "thread that was answered, given an owner, hidden or merged",
            "threads that were answered, given an owner, hidden or merged",
        ),
    )
    for rows, one, many in counts:
        if count := rows.order_by().count():
            yield text.counted(count, one, many)


def _by_people() -> Q:
    """Voices of accounts; those that an import brings are of nobody's."""
    return Q(author__isnull=False) | Q(author_key__isnull=False)


@transaction.atomic
def undo(*, imported: FeedbackImport, by: User) -> int:
    """Deletes the threads, posts and voices that it brought; how many threads.

    Posts that it changed stay changed: the earlier file, imported again, puts them back. Topics stay.
    Raises Forbidden, and Conflict where it is not applied, or somebody has added to what it brought.
    """
    if imported.organisation_id not in by.access.whole_organisation_ids(PERMISSION):
        raise Forbidden("Your roles do not let you import comments here, nor take an import back.")
    threads = Thread.objects.filter(imported=imported)
    list(threads.order_by("pk").select_for_update().values_list("pk", flat=True))
    if found := obstacles(imported):
        raise Conflict(f"People have added to it since: {', '.join(found)}. Nothing was taken back.")
    applied = FeedbackImport.objects.filter(pk=imported.pk, status=FeedbackImportStatus.APPLIED)
    if not applied.update(status=FeedbackImportStatus.UNDONE, decided_at=timezone.now()):
        raise Conflict("Only an import that was taken in can be taken back.")
    elsewhere = Post.objects.filter(imported=imported).exclude(thread__imported=imported)
    replied_to = set(elsewhere.values_list("thread", flat=True))
    Post.objects.filter(imported=imported).delete()
    count = threads.count()
    threads.delete()
    recount(replied_to)
    check_waiting(source_of=imported)
    imported.refresh_from_db()
    return count
