"""What named people have said since a day of each: for the apps above, which know who they are and why.

Anonymous words are nobody's here: a figure of known people would give them away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from feedback.models import Thread
from feedback.services.voices import DAYS, MINUTES, VOICES, days_parameters
from feedback.vocabulary import SMALLEST_GROUP, WORKING_DAY_MINUTES, ThreadKind
from fleet.models import Organisation, User

# A row for each thread, each kind, and everything together. Who did not attach their facts is known by
# their account. `is_named`: one of them shows their name in it, so that everybody reads that it is theirs.
_SAID = f"""
    WITH asked AS (
        SELECT * FROM unnest(%(people)s::bigint[], %(days_since)s::date[]) AS given (person_id, since)
    ), said AS (
        SELECT standing.id AS thread, standing.kind, asked.person_id AS head, max({MINUTES}) AS minutes,
            bool_or(voice.shown_as = 'name' AND voice.author_id IS NOT NULL) AS is_named
        FROM {VOICES}
        LEFT JOIN fleet_staffmember account
            ON account.user_id = voice.author_id AND account.organisation_id = standing.organisation_id
        JOIN asked ON asked.person_id = coalesce(voice.staff_member_id, account.id)
        {DAYS}
        WHERE standing.organisation_id = %(organisation)s AND standing.hidden_at IS NULL
            AND voice.shown_as <> 'anonymous' AND voice.joined_on BETWEEN asked.since AND %(until)s
        GROUP BY standing.id, standing.kind, asked.person_id
    )
    SELECT thread, coalesce(kind, ''), count(DISTINCT head), count(DISTINCT thread),
        count(DISTINCT head) FILTER (WHERE minutes IS NOT NULL), coalesce(sum(minutes), 0)::bigint,
        bool_or(is_named)
    FROM said GROUP BY GROUPING SETS ((thread, kind), (kind), ())
"""  # noqa: S608 (constants alone)


@dataclass(slots=True)
class Said:
    """`people` of those asked about, with a voice in `threads` of one kind; `told` said how many minutes."""

    kind: str
    people: int = 0
    threads: int = 0
    told: int = 0
    minutes_a_year: int = 0

    @property
    def is_small(self) -> bool:
        return 0 < self.people < SMALLEST_GROUP

    @property
    def working_days_a_year(self) -> float | None:
        """None where too few told it."""
        return self.minutes_a_year / WORKING_DAY_MINUTES if self.told >= SMALLEST_GROUP else None


@dataclass(slots=True)
class SaidBy:
    """`whole` and `kinds` are empty where fewer than `SMALLEST_GROUP` of these people have said anything.

    `threads`: those with so many of them, or one who shows their name, what most speak of first, each with
    how many (`said_by`, None under that). `others` is how many threads more there are.
    """

    asked: int
    whole: Said
    kinds: list[Said] = field(default_factory=list)
    threads: list[Any] = field(default_factory=list)
    others: int = 0


def said_by(
    organisation: Organisation, since: Mapping[int, dt.date], until: dt.date, *, user: User
) -> SaidBy:
    """`since`: a member of staff's id → the first day that counts. Two queries, however many people."""
    rows = _read(organisation, since, until)
    whole = Said("", *next((row[2:6] for row in rows if row[0] is None and not row[1]), (0, 0, 0, 0)))
    if whole.people < SMALLEST_GROUP:
        return SaidBy(len(since), Said(""))
    kinds = {row[1]: Said(*row[1:6]) for row in rows if row[0] is None and row[1]}
    heard = {row[0]: row for row in rows if row[0] and (row[6] or row[2] >= SMALLEST_GROUP)}
    threads: list[Any] = list(Thread.objects.visible_to(user).filter(pk__in=heard).select_related("topic"))
    for thread in threads:
        people = heard[thread.pk][2]
        thread.said_by = people if people >= SMALLEST_GROUP else None
    return SaidBy(
        len(since),
        whole,
        [kinds.get(kind, Said(kind)) for kind in ThreadKind.values],
        sorted(threads, key=lambda one: (-(one.said_by or 0), -one.minutes_a_year, one.pk)),
        whole.threads - len(threads),
    )


def _read(organisation: Organisation, since: Mapping[int, dt.date], until: dt.date) -> list[tuple[Any, ...]]:
    parameters: dict[str, Any] = {
        "organisation": organisation.pk,
        "people": list(since),
        "days_since": list(since.values()),
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SAID, parameters | days_parameters())
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
