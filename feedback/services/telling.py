"""What feedback tells by mail: to those who follow a thread by name, who answer, and to everybody weekly.

Of those who speak anonymously nobody is told by name, lest who gets a mail says who spoke: what was answered
goes to everybody in the weekly round-up, in the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from feedback.models import Commitment, Post, Thread, Voice
from feedback.vocabulary import CommitmentState, ThreadStatus
from fleet.services.digests import Kind, News, Period
from fleet.services.grants import who_may
from fleet.web import text

ROUND_UP = 10


def followed(period: Period, user_ids: Collection[int]) -> Iterator[News]:
    """Of threads in which they have a voice by name: official responses, status; to their authors, replies.

    What they said or did themselves is no news to them.
    """
    may = who_may("feedback.view", user_ids)
    voices = Voice.objects.filter(author__in=user_ids).values_list(
        "author", "thread", "thread__merged_into", "is_author"
    )
    follows = {(user, into or thread): is_author for user, thread, into, is_author in voices}
    news = _news_of_threads(period, {thread for _, thread in follows})
    for (user_id, thread_id), is_author in sorted(follows.items()):
        found = news.get(thread_id)
        if found is None or (user_id, found.thread.organisation_id) not in may:
            continue
        if words := found.words_for(user_id, is_author=is_author):
            yield News(user_id, f"“{found.thread}”: {words}", _page(found.thread))


class _ThreadNews:
    """What became of a thread in a period."""

    def __init__(self, thread: Thread, posts: list[Any], *, has_moved: bool) -> None:
        self.thread, self.posts, self.has_moved = thread, posts, has_moved

    def words_for(self, user_id: int, *, is_author: bool) -> str:
        others = [post for post in self.posts if post["author"] != user_id]
        official = [post for post in others if post["is_official"]]
        moved_it = any(post["is_official"] and post["author"] == user_id for post in self.posts)
        words = [
            f"official response by the {role}" for role in sorted({one["role_name"] for one in official})
        ]
        if self.has_moved and not moved_it:
            words.append(f"now {self.thread.get_status_display().lower()}")
        if is_author and (replies := len(others) - len(official)):
            words.append(text.counted(replies, "new reply", "new replies"))
        return "; ".join(words)


def _news_of_threads(period: Period, thread_ids: Collection[int]) -> dict[int, _ThreadNews]:
    """Two queries, however many threads."""
    posts = defaultdict(list)
    said = Post.objects.filter(_within("posted_at", period), thread__in=thread_ids, hidden_at=None)
    for post in said.filter(is_opening=False).values("thread", "author", "is_official", "role_name"):
        posts[post["thread"]].append(post)
    moved = _within("status_at", period) & ~Q(status=ThreadStatus.OPEN)
    threads = Thread.objects.standing().filter(pk__in=thread_ids).filter(moved | Q(pk__in=list(posts)))
    return {
        thread.pk: _ThreadNews(
            thread,
            posts[thread.pk],
            has_moved=thread.status != ThreadStatus.OPEN
            and period.begins_at <= thread.status_at < period.ends_at,
        )
        for thread in threads
    }


def to_answer(period: Period, user_ids: Collection[int]) -> Iterator[News]:
    """To those who answer: what was escalated, what of theirs is due, and how much is new."""
    may = who_may("feedback.respond", user_ids)
    where = {organisation for _, organisation in may}
    unsettled = Thread.objects.unsettled().filter(organisation__in=where)
    escalated = _by_organisation(
        unsettled.filter(_within("escalated_at", period)).order_by("-minutes_a_year")
    )
    fresh = _counts(
        Thread.objects.standing().filter(_within("raised_at", period), imported=None, organisation__in=where)
    )
    owned: Any = unsettled.with_due().filter(owner__in=user_ids)
    for thread in owned.filter(due__gt=period.since, due__lte=period.until).order_by("pk"):
        if (thread.owner_id, thread.organisation_id) in may:
            day = "today" if thread.due == period.until else text.day(thread.due)
            yield News(thread.owner_id, f"“{thread}” is yours, and its answer is due {day}", _page(thread))
    for user_id, organisation in sorted(may):
        for thread in escalated[organisation]:
            owner = thread.owner or "nobody"
            yield News(user_id, f"“{thread}” is overdue; {owner} sees to it", _page(thread))
        if count := fresh.get(organisation):
            url = f"{reverse('feedback:queue')}?sort=-raised_at"
            yield News(user_id, f"{text.counted(count, 'new thread')}", url)


def round_up(period: Period, user_ids: Collection[int]) -> Iterator[News]:
    """To everybody who may read feedback, in the same words: what was answered, and which promises ended."""
    may = who_may("feedback.view", user_ids)
    lines = _round_up_lines(period, {organisation for _, organisation in may})
    for user_id, organisation in sorted(may):
        for words, path in lines[organisation]:
            yield News(user_id, words, path)


def _round_up_lines(period: Period, organisations: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    answers = Post.objects.filter(
        _within("posted_at", period), is_official=True, is_opening=False, hidden_at=None, imported=None
    )
    threads = (
        Thread.objects.standing()
        .filter(organisation__in=organisations, pk__in=answers.values("thread"))
        .order_by("-people", "pk")
    )
    counts = _counts(threads)
    lines: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for organisation, count in counts.items():
        words = f"{text.counted(count, 'thread')} of feedback had an official response"
        lines[organisation].append((words, reverse("feedback:figures")))
    for organisation, found in _by_organisation(threads).items():
        for thread in found[:ROUND_UP]:
            words = f"“{thread}”: {thread.get_status_display().lower()}, {_people(thread)} affected"
            lines[organisation].append((words, _page(thread)))
    ended = Commitment.objects.filter(
        organisation__in=organisations,
        state__in=[CommitmentState.KEPT, CommitmentState.MISSED],
        decided_on__gte=period.since,
        decided_on__lt=period.until,
        thread__hidden_at=None,
    )
    for one in ended.order_by("decided_on", "pk"):
        url = reverse("feedback:commitment-detail", args=[one.pk])
        lines[one.organisation_id].append((f"Commitment {one.state}: {one}", url))
    return lines


def _within(field: str, period: Period) -> Q:
    return Q(**{f"{field}__gte": period.begins_at, f"{field}__lt": period.ends_at})


def _by_organisation(threads: QuerySet[Thread]) -> dict[int, list[Thread]]:
    found: dict[int, list[Thread]] = defaultdict(list)
    for thread in threads.select_related("owner"):
        found[thread.organisation_id].append(thread)
    return found


def _counts(threads: QuerySet[Thread]) -> dict[int, int]:
    counted = threads.order_by().values("organisation").annotate(count=Count("pk"))
    return dict(counted.values_list("organisation", "count"))


def _people(thread: Thread) -> str:
    return text.counted(thread.people, "person", "people")


def _page(thread: Thread) -> str:
    return reverse("feedback:thread-detail", args=[thread.pk])


NEWS = (
    Kind(
        "feedback.followed",
        "Feedback that you follow",
        "responses and status of what you raised or support by name, and replies to what you raised.",
        ("feedback.view",),
        followed,
    ),
    Kind(
        "feedback.to_answer",
        "Feedback to answer",
        "what is overdue, what of yours is due today, and how many threads are new.",
        ("feedback.respond",),
        to_answer,
    ),
    Kind(
        "feedback.round_up",
        "What was answered",
        "once a week, the same for everybody: what was answered officially, and commitments kept or missed.",
        ("feedback.view",),
        round_up,
        is_weekly=True,
    ),
)
