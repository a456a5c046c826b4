"""How well threads match what somebody searches for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db.models import F, Func, IntegerField, JSONField, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

if TYPE_CHECKING:
    from feedback.models.policies import Topic

LANGUAGE = "english"
# Of what is asked; somebody may paste a whole complaint.
MOST_WORDS = 20
# Words that some write as one and others with a hyphen.
IN_PARTS = {
    one.replace(" ", ""): one
    for one in ("wi fi", "e mail", "start up", "log in", "log on", "sign in", "help desk", "set up")
}

# The vectors are those of the indexes on titles and posts, so that each word is looked up there and no text
# is read. One object of all that match, made once: a row then only looks itself up.
_MATCHES = """
    (WITH asked AS MATERIALIZED (
        SELECT one AS word, plainto_tsquery('english'::regconfig, one)
            || plainto_tsquery('english'::regconfig, other) AS query
        FROM unnest(%s::text[], %s::text[]) AS spelt (one, other)
    ) SELECT jsonb_object_agg(found.thread_id, found.score) FROM (
        SELECT led.thread_id,
            10000 * count(DISTINCT met.word) + 100 * sum(met.titled) + least(sum(1 - met.titled), 99) AS score
        FROM (
            SELECT thread.id AS thread_id, asked.word, 1 AS titled
            FROM asked JOIN feedback_thread thread
                ON to_tsvector('english'::regconfig, coalesce(thread.title, '')) @@ asked.query
            UNION ALL
            SELECT post.thread_id, asked.word, 0
            FROM asked JOIN feedback_post post
                ON to_tsvector('english'::regconfig, coalesce(post.body, '')) @@ asked.query
            WHERE post.hidden_at IS NULL
            UNION ALL
            SELECT id, '', 1 FROM feedback_thread WHERE topic_id = %s
        ) AS met
        JOIN feedback_thread its ON its.id = met.thread_id
        CROSS JOIN LATERAL (
            SELECT its.id AS thread_id UNION ALL SELECT its.merged_into_id
            WHERE its.merged_into_id IS NOT NULL AND its.hidden_at IS NULL
        ) AS led
        GROUP BY led.thread_id
    ) AS found)
"""


def matching(text: str, topic: Topic | None = None) -> Any:
    """Of a thread, a whole number that grows with how well it matches; null where no word is met.

    Ten thousand for each word of `text` that its title or a shown post has, in whatever form; a hundred for
    each in the title; one for each that a post has, up to 99. That it is on `topic` counts as a word of the
    title.
    """
    words = list(dict.fromkeys(re.findall(r"\w+(?:[‐‑-]\w+)*", text.lower())))[:MOST_WORDS]
    one, other = zip(*map(_spellings, words), strict=True) if words else ((), ())
    given = (list(one), list(other), topic and topic.pk)
    matches = RawSQL(_MATCHES, given, output_field=JSONField())  # noqa: S611
    return Func(
        matches,
        Cast(F("pk"), TextField()),
        template="(%(expressions)s)::int",
        arg_joiner=" ->> ",
        output_field=IntegerField(),
    )


def _spellings(word: str) -> tuple[str, str]:
    """In parts and as one: “wi fi” and “wifi”, whichever was asked for."""
    parts = re.split("[‐‑-]", word)
    return (" ".join(parts), "".join(parts)) if len(parts) > 1 else (IN_PARTS.get(word, word), word)
