"""Working days lost a year and people, group by group; groups of few people are put together.

Of open problems: those that stand and are not done. A declined one still hurts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.http import urlencode

from feedback.services.pain.grouping import NOT_TOLD, OTHERS, Grouping
from feedback.services.voices import DAYS, HEAD, MINUTES, PERSON, VOICES, days_parameters
from feedback.vocabulary import SMALLEST_GROUP, UNSETTLED, WORKING_DAY_MINUTES, ThreadKind, ThreadStatus
from fleet.models import Organisation, User

HURTING = (*UNSETTLED, ThreadStatus.DECLINED)
# What the thread list is asked for these threads.
OPEN_PROBLEMS: dict[str, Any] = {
    "kind": ThreadKind.PROBLEM.value,
    "status": [str(one) for one in HURTING],
    "is_hidden": "false",
}

_PAIN = """
    WITH told AS (
        SELECT {group} AS key, standing.id AS thread, {head} AS head, {person} AS person,
            max({minutes}) AS minutes
        FROM {voices}
        {days}
        WHERE standing.organisation_id = %(organisation)s AND standing.hidden_at IS NULL
            AND standing.kind = 'problem' AND standing.status = ANY(%(statuses)s)
        GROUP BY 1, 2, 3, 4
    )
    SELECT key, count(DISTINCT thread), count(DISTINCT head), count(DISTINCT person),
        count(DISTINCT person) FILTER (WHERE minutes IS NOT NULL), coalesce(sum(minutes), 0)::bigint
    FROM told GROUP BY key
"""


@dataclass(slots=True)
class Pain:
    """Of one group: `people` with a voice in its `threads`, of whom `told` said how many minutes.

    `heads` decides whether the group is too small, and is shown to nobody.
    """

    key: str
    threads: int
    heads: int
    people: int
    told: int
    minutes_a_year: int
    name: str = ""
    # How many groups are in it.
    groups: int = 1
    # What the thread list is asked for its threads; nothing leads to groups that were put together.
    threads_query: str = ""

    @property
    def working_days_a_year(self) -> float:
        return self.minutes_a_year / WORKING_DAY_MINUTES


def whole(organisation: Organisation) -> Pain:
    """Everything together; one query."""
    found = [*_read(organisation, "''"), Pain("", 0, 0, 0, 0, 0)][0]
    found.threads_query = urlencode(OPEN_PROBLEMS, doseq=True)
    return found


def pain_by(grouping: Grouping, organisation: Organisation, user: User) -> list[Pain]:
    """What hurts most first, what was put together last.

    A group by a fact stands alone where at least `SMALLEST_GROUP` people are in it and this person may see
    what it is called; the others are one row, of two groups and as many people at least, or none.
    """
    found = {one.key: one for one in _read(organisation, grouping.sql)}
    names = grouping.names(user, [key for key in found if key != NOT_TOLD])
    if grouping.is_public:
        shown = list(found.values())
    else:
        shown = _large_enough(grouping, organisation, found, names)
    for one in shown:
        one.name = names.get(one.key) or grouping.rest_name(one.key)
        if one.key != OTHERS:
            one.threads_query = urlencode(OPEN_PROBLEMS | grouping.query(one.key), doseq=True)
    return sorted(shown, key=lambda one: (one.key == OTHERS, -one.minutes_a_year, -one.people, one.name))


def _large_enough(
    grouping: Grouping, organisation: Organisation, found: dict[str, Pain], names: Collection[str]
) -> list[Pain]:
    alone = sorted(
        (one for key, one in found.items() if one.heads >= SMALLEST_GROUP and (key in names or not key)),
        key=lambda one: one.heads,
    )
    while len(alone) < len(found):
        together = _together(grouping, organisation, alone)
        count = len(found) - len(alone)
        if together.heads >= SMALLEST_GROUP and count > 1:
            together.groups = count
            return [*alone, together]
        if not alone:
            return []
        alone.pop(0)
    return alone


def _together(grouping: Grouping, organisation: Organisation, alone: Iterable[Pain]) -> Pain:
    """All groups but these as one."""
    group = f"CASE WHEN coalesce({grouping.sql}, '') = ANY(%(alone)s) THEN '' ELSE '{OTHERS}' END"
    found = _read(organisation, group, alone=[one.key for one in alone])
    return next(one for one in found if one.key == OTHERS)


def _read(organisation: Organisation, group: str, **more: Any) -> list[Pain]:
    pieces = {"head": HEAD, "person": PERSON, "minutes": MINUTES, "voices": VOICES, "days": DAYS}
    sql = _PAIN.format(group=f"coalesce({group}, '')", **pieces)
    parameters: dict[str, Any] = {"organisation": organisation.pk, "statuses": [str(one) for one in HURTING]}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters | days_parameters() | more)
        return [Pain(*row) for row in cursor.fetchall()]
