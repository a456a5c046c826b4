"""What a thread counts, kept on its row so that lists can be sorted by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from feedback.models import Thread, Voice
from feedback.services.voices import DAYS, MINUTES, PERSON, days_parameters
from feedback.signals import threads_changed

# Who shows their name in several merged threads is one person, who loses what they told of the worst.
# What was raised officially waits for no answer, and nobody waited for one.
_RECOUNT = f"""
    UPDATE feedback_thread AS thread
    SET people = coalesce(told.people, 0),
        people_with_minutes = coalesce(told.with_minutes, 0),
        minutes_a_year = coalesce(told.minutes, 0),
        posts_shown = coalesce(said.posts, 0),
        said_at = said.last,
        is_answered = coalesce(said.answers, 0) > 0,
        answered_at = said.answered
    FROM (SELECT unnest(%(threads)s::bigint[]) AS id) AS asked
    LEFT JOIN LATERAL (
        SELECT count(*) AS people, count(one.minutes) AS with_minutes, sum(one.minutes) AS minutes
        FROM (
            SELECT max({MINUTES}) FILTER (WHERE its.kind <> 'praise') AS minutes
            FROM feedback_voice voice
            JOIN feedback_thread its ON its.id = voice.thread_id
            {DAYS}
            WHERE coalesce(its.merged_into_id, its.id) = asked.id
            GROUP BY {PERSON}
        ) AS one
    ) AS told ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS posts, max(post.posted_at) AS last,
            count(*) FILTER (WHERE post.is_official) AS answers,
            CASE WHEN NOT bool_or(post.is_official AND post.is_opening)
                THEN min(post.posted_at) FILTER (WHERE post.is_official) END AS answered
        FROM feedback_post post WHERE post.thread_id = asked.id AND post.hidden_at IS NULL
    ) AS said ON true
    WHERE thread.id = asked.id
"""  # noqa: S608 (constants alone)


def recount(thread_ids: Iterable[int]) -> None:
    """One statement, however many threads."""
    parameters: dict[str, Any] = {"threads": sorted(thread_ids), **days_parameters()}
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, parameters)


def announce(*, thread_ids: Iterable[int], left_by: Iterable[int] = ()) -> None:
    """Tells the apps above, after commit, that something about these threads changed, and whose they are.

    One query: accounts with a voice in them, or in what was merged into them; anonymous ones are nobody's.
    `left_by`: accounts that had a voice in them until now.
    Not to be called for what is said anonymously: what follows from it at once would tell the moment.
    """
    ids = list(thread_ids)
    said = Voice.objects.filter(Q(thread__in=ids) | Q(thread__merged_into__in=ids)).order_by()
    whose: dict[int, set[int]] = defaultdict(set)
    for organisation_id, user_id in said.values_list("thread__organisation", "author").distinct():
        whose[organisation_id].update({user_id} - {None}, left_by)
    for organisation_id, user_ids in whose.items():
        transaction.on_commit(partial(_send, organisation_id, user_ids))


def _send(organisation_id: int, user_ids: set[int]) -> None:
    threads_changed.send(sender=Thread, organisation_id=organisation_id, user_ids=user_ids)
