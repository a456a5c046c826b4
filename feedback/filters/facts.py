"""Narrowing threads by facts of the people whom they affect.

A fact finds threads only where at least `SMALLEST_GROUP` people of an organisation have brought it along,
whatever they spoke of: what fewer share could tell who they are.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q
from django.db.models.expressions import RawSQL

from feedback.services.pain.grouping import GROUPINGS, NOT_TOLD, NULL
from feedback.services.voices import HEAD, VOICES
from feedback.vocabulary import SMALLEST_GROUP

BY_FILTER = {one.filter: one for one in GROUPINGS.values()}
_THREADS = """
    WITH told AS (
        SELECT standing.id AS thread, standing.organisation_id, {head} AS head
        FROM {voices} WHERE coalesce({group}, '') = %s
    )
    SELECT thread FROM told WHERE organisation_id IN (
        SELECT organisation_id FROM told GROUP BY organisation_id HAVING count(DISTINCT head) >= %s
    )
"""


def brought(name: str, value: Any) -> Q:
    """The threads, duplicates with them, of whose people one brought along what a filter asks for."""
    grouping = BY_FILTER[name]
    asked = str(value.pk if isinstance(value, Model) else value)
    key = NOT_TOLD if asked == NULL else grouping.key_of(asked)
    sql = _THREADS.format(head=HEAD, voices=VOICES, group=grouping.sql)
    return Q(pk__in=RawSQL(sql, [key, SMALLEST_GROUP]))  # noqa: S611 (constants but for the parameters)
