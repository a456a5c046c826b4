"""How well threads match what somebody searches for."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import F, Func, IntegerField, JSONField, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

LANGUAGE = "english"
# Of what is asked; somebody may paste a whole complaint.
MOST_WORDS = 20

# The vectors are those of the indexes on titles and posts, so that each word is looked up there and no text
# is read. One object of all that match, made once: a row then only looks itself up.
_MATCHES = """
    (SELECT jsonb_object_agg(found.thread_id, found.score) FROM (
        SELECT led.thread_id,
            10000 * count(DISTINCT met.word) + 100 * sum(met.titled) + least(sum(1 - met.titled), 99) AS score
        FROM (
            SELECT thread.id AS thread_id, asked.word, 1 AS titled
            FROM unnest(%s::text[]) AS asked (word) JOIN feedback_thread thread
                ON to_tsvector('english'::regconfig, coalesce(thread.title, ''))
                    @@ plainto_tsquery('english'::regconfig, asked.word)
            UNION ALL
            SELECT post.thread_id, asked.word, 0
            FROM unnest(%s::text[]) AS asked (word) JOIN feedback_post post
                ON to_tsvector('english'::regconfig, coalesce(post.body, ''))
                    @@ plainto_tsquery('english'::regconfig, asked.word)
            WHERE post.hidden_at IS NULL
        ) AS met
        JOIN feedback_thread its ON its.id = met.thread_id
        CROSS JOIN LATERAL (
            SELECT its.id AS thread_id UNION ALL SELECT its.merged_into_id
            WHERE its.merged_into_id IS NOT NULL AND its.hidden_at IS NULL
        ) AS led
        GROUP BY led.thread_id
    ) AS found)
"""


def matching(text: str) -> Any:
    """Of a thread, a whole number that grows with how well it matches; null where no word is met.

    Ten thousand for each word of `text` that its title or a shown post has, in whatever form; a hundred for
    each in the title; one for each that a post has, up to 99.
    """
    words = list(dict.fromkeys(re.findall(r"\w+", text.lower())))[:MOST_WORDS]
    matches = RawSQL(_MATCHES, (words, words), output_field=JSONField())  # noqa: S611
    return Func(
        matches,
        Cast(F("pk"), TextField()),
        template="(%(expressions)s)::int",
        arg_joiner=" ->> ",
        output_field=IntegerField(),
    )
