"""What the change log says of the rows that one context changed: one statement a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection

from fleet.mdm.writing import numbers
from fleet.services.undo.plans import Model

# Of each row: the first event of the context and its last, the one before, and the newest by others since
# that built on it: any for a created row, for a changed one those that touch what the context changed.
_HISTORY = """
    WITH own AS (
        SELECT pgh_obj_id AS id, min(pgh_id) AS first, max(pgh_id) AS last,
            (array_agg(pgh_label ORDER BY pgh_id))[1] AS began,
            (array_agg(pgh_label ORDER BY pgh_id DESC))[1] AS ended
        FROM {events} WHERE pgh_context_id = %(context)s AND organisation_id = %(organisation)s
        GROUP BY pgh_obj_id
    ), around AS (
        SELECT own.id, own.first, own.last, own.began, own.ended,
            max(e.pgh_id) FILTER (WHERE e.pgh_id < own.first) AS before
        FROM own JOIN {events} e ON e.pgh_obj_id = own.id
        GROUP BY own.id, own.first, own.last, own.began, own.ended
    ), since AS (
        SELECT around.id, max(e.pgh_id) AS since
        FROM around JOIN {events} e ON e.pgh_obj_id = around.id AND e.pgh_id > around.first
        JOIN {events} last ON last.pgh_id = around.last
        LEFT JOIN {events} before ON before.pgh_id = around.before
        WHERE e.pgh_context_id IS DISTINCT FROM %(context)s
            AND (e.pgh_label <> 'update' OR before.pgh_id IS NULL OR {touched})
        GROUP BY around.id
    )
    SELECT around.id, around.began, coalesce(other.pgh_label, around.ended),
        around.before, around.last, other.pgh_created_at,
        context.metadata->>'actor', context.metadata->>'channel',
        coalesce(context.metadata->>'undoes' = %(undoes)s, false)
    FROM around
    LEFT JOIN since ON since.id = around.id
    LEFT JOIN {events} other ON other.pgh_id = since.since
    LEFT JOIN pghistory_context context ON context.id = other.pgh_context_id
    ORDER BY around.id
"""
# Locked by key, so that two undos meet in the same order.
_LOCK = """
    SELECT id FROM {table}
    WHERE id IN (SELECT pgh_obj_id FROM {events} WHERE pgh_context_id = %s) ORDER BY id FOR UPDATE
"""


class Step(NamedTuple):
    """The way back of one row: what differs between these two events gets its value of `before`."""

    before: int
    last: int


class Found(NamedTuple):
    """`at`, `actor` and `channel` are of the newest change that built on it; `is_undone`: it was an undo."""

    pk: int
    began: str
    ended: str
    before: int | None
    last: int
    at: dt.datetime | None
    actor: str | None
    channel: str | None
    is_undone: bool


def events_of(model: Model) -> Model:
    return cast(Model, model._meta.get_field("changes").related_model)


def rows(sql: str, params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def history(model: Model, context_id: UUID, organisation_id: int) -> Iterator[Found]:
    """The rows of the organisation that the context changed."""
    asked = {"context": context_id, "organisation": organisation_id, "undoes": str(context_id)}
    touched = " OR ".join(
        f'(before."{name}" IS DISTINCT FROM last."{name}" AND e."{name}" IS DISTINCT FROM last."{name}")'
        for name in columns(model)
    )
    sql = _HISTORY.format(events=events_of(model)._meta.db_table, touched=touched)
    return map(Found._make, rows(sql, asked))


def columns(model: Model) -> list[str]:
    """What the log keeps of a row, save for its key."""
    kept = events_of(model)._meta.concrete_fields
    return [str(one.column) for one in kept if not one.name.startswith("pgh_") and one.column != "id"]


def back(model: Model) -> str:
    """FROM: `before` and `last` of each way back, and the parameters that they take."""
    events = events_of(model)._meta.db_table
    return (
        "unnest(%(before)s::bigint[], %(last)s::bigint[]) AS step (before, last) "
        f"JOIN {events} before ON before.pgh_id = step.before "
        f"JOIN {events} last ON last.pgh_id = step.last"
    )


def steps(ways: Collection[Step]) -> dict[str, str]:
    return {"before": numbers(way.before for way in ways), "last": numbers(way.last for way in ways)}


def lock(model: Model, context_id: UUID) -> None:
    """Nobody changes these rows, or refers to them, until the end of the transaction."""
    names = {"table": model._meta.db_table, "events": events_of(model)._meta.db_table}
    rows(_LOCK.format(**names), [context_id])
