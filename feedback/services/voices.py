"""Pieces of the statements that add up voices: whose a voice is, what it belongs to, what it costs a year."""

from __future__ import annotations

from typing import Any

from feedback.vocabulary import DAYS_A_YEAR

# Each `voice` with its `own` thread, the `standing` one that this is or was merged into, and its `person`.
VOICES = """
    feedback_voice voice
    JOIN feedback_thread own ON own.id = voice.thread_id
    JOIN feedback_thread standing ON standing.id = coalesce(own.merged_into_id, own.id)
    LEFT JOIN fleet_staffmember person ON person.id = voice.staff_member_id
"""
# Who counts as one person. Whoever shows their name counts once; of the others each voice counts: nobody may
# learn from a sum, by merging two threads, that both are one person's.
PERSON = """
    CASE WHEN voice.shown_as = 'name' AND voice.author_id IS NOT NULL
        THEN 'account ' || voice.author_id ELSE 'voice ' || voice.id END
"""
# Whose `voice` it is in truth, which decides whether a group is small and is shown to nobody. Voices that an
# import brought know no account: each is a person.
HEAD = "coalesce(voice.author_id::text, encode(voice.author_key, 'hex'), 'voice ' || voice.id)"
# What it costs: NULL where the minutes were not told.
MINUTES = "voice.minutes_a_day * days.days"
DAYS = """
    LEFT JOIN unnest(%(frequencies)s::text[], %(days)s::int[]) AS days (frequency, days) USING (frequency)
"""


def days_parameters() -> dict[str, Any]:
    return {"frequencies": list(DAYS_A_YEAR), "days": list(DAYS_A_YEAR.values())}
