"""What the change log says of the rows that one context changed: one statement a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection, models

from fleet import rules
from fleet.services.undo.plans import Model

# Of each row: the first event of the context, the newest of all, the one before, and the newest by others.
_HISTORY = """
    WITH own AS (
        SELECT pgh_obj_id AS id, min(pgh_id) AS first FROM {events}
        WHERE pgh_context_id = %(context)s AND organisation_id = %(organisation)s
        GROUP BY pgh_obj_id
    ), seen AS (
        SELECT own.id, own.first, max(e.pgh_id) AS newest,
            max(e.pgh_id) FILTER (WHERE e.pgh_id < own.first) AS before,
            max(e.pgh_id) FILTER (
                WHERE e.pgh_id > own.first AND e.pgh_context_id IS DISTINCT FROM %(context)s
            ) AS since
        FROM own JOIN {events} e ON e.pgh_obj_id = own.id
        GROUP BY own.id, own.first
    )
    SELECT seen.id, began.pgh_label, ended.pgh_label, seen.before,
        other.pgh_created_at, context.metadata->>'actor', context.metadata->>'channel',
        coalesce(context.metadata->>'undoes' = %(undoes)s AND seen.since = seen.newest, false)
    FROM seen
    JOIN {events} began ON began.pgh_id = seen.first
    JOIN {events} ended ON ended.pgh_id = seen.newest
    LEFT JOIN {events} other ON other.pgh_id = seen.since
    LEFT JOIN pghistory_context context ON context.id = other.pgh_context_id
    ORDER BY seen.id
"""
# Locked by key, so that two undos meet in the same order.
_LOCK = """
    SELECT id FROM {table}
    WHERE id IN (SELECT pgh_obj_id FROM {events} WHERE pgh_context_id = %s) ORDER BY id FOR UPDATE
"""
_GONE = """
    SELECT id, missing FROM (
        SELECT before.pgh_obj_id AS id, CASE {cases} END AS missing
        FROM {events} before WHERE before.pgh_id = ANY (%s)
    ) AS looked WHERE missing IS NOT NULL
"""
_TAKEN = """
    SELECT before.pgh_obj_id FROM {events} before
    JOIN {table} now ON now.id = before.pgh_obj_id AND ({now}) IS DISTINCT FROM ({before})
    JOIN {table} other ON other.organisation_id = before.organisation_id AND {equal}
    WHERE before.pgh_id = ANY (%(events)s) AND other.id <> now.id AND NOT other.id = ANY (%(free)s)
"""
_REFERRED = "SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY (%(created)s) AND {beside}"


class Found(NamedTuple):
    """`at`, `actor` and `channel` are of the newest change by others since; `is_undone`: it was an undo."""

    pk: int
    began: str
    ended: str
    before: int | None
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
    return map(Found._make, rows(_HISTORY.format(events=events_of(model)._meta.db_table), asked))


def lock(model: Model, context_id: UUID) -> None:
    """Nobody changes these rows, or refers to them, until the end of the transaction."""
    names = {"table": model._meta.db_table, "events": events_of(model)._meta.db_table}
    rows(_LOCK.format(**names), [context_id])


def gone(model: Model, events: Sequence[int]) -> list[tuple[int, str]]:
    """(row, what it referred to) where the values of those events name a row that is no longer there."""
    keys: list[Any] = [field for field in model._meta.concrete_fields if _is_key(field)]
    if not keys or not events:
        return []
    cases = " ".join(
        f"WHEN before.{key.column} IS NOT NULL AND NOT EXISTS (SELECT FROM {_target(key)} x "
        f"WHERE x.{key.target_field.column} = before.{key.column}) THEN '{key.name}'"
        for key in keys
    )
    found = rows(_GONE.format(events=events_of(model)._meta.db_table, cases=cases), [list(events)])
    return [(pk, str(model._meta.get_field(name).verbose_name)) for pk, name in found]  # type: ignore[union-attr]


def taken(model: Model, events: Sequence[int], free: Sequence[int]) -> Iterator[tuple[int, str]]:
    """(row, which of its keys) where another row, none of those `free`, has what the row would get back."""
    for fields, label in rules.KEYS.get(model._meta.model_name or "", ()):
        keys = [cast("models.Field[Any, Any]", model._meta.get_field(name)) for name in fields]
        equal = " AND ".join(_equal(key) for key in keys)
        sql = _TAKEN.format(
            table=model._meta.db_table,
            events=events_of(model)._meta.db_table,
            now=", ".join(f'now."{key.column}"' for key in keys),
            before=", ".join(f'before."{key.column}"' for key in keys),
            equal=equal,
        )
        yield from ((pk, label.lower()) for (pk,) in rows(sql, {"events": list(events), "free": list(free)}))


def referred(
    relation: Any, created: Iterable[int], *, going_back: Sequence[int], context_id: UUID
) -> list[int]:
    """Which of those ids rows refer to by `relation` that do not go back with them.

    Rows that cannot exist without them, such as the first custody event of a device, go with them if the
    same context wrote them: such models keep it in `recorded_in`.
    """
    related = relation.related_model._meta
    beside = f"NOT {related.pk.column} = ANY (%(going_back)s)"
    if goes_along(relation):
        beside = "recorded_in IS DISTINCT FROM %(context)s"
    sql = _REFERRED.format(table=related.db_table, column=relation.field.column, beside=beside)
    asked = {"created": list(created), "going_back": list(going_back), "context": context_id}
    return [pk for (pk,) in rows(sql, asked)]


def relations_to(model: Model) -> list[Any]:
    """The foreign keys that the database holds to rows of the model, many-to-many tables among them."""
    found = model._meta.get_fields(include_hidden=True)
    return [
        one
        for one in found
        if (one.one_to_many or one.one_to_one) and one.auto_created and one.field.db_constraint  # type: ignore[union-attr]
    ]


def goes_along(relation: Any) -> bool:
    return any(field.name == "recorded_in" for field in relation.related_model._meta.concrete_fields)


def _is_key(field: Any) -> bool:
    return bool(field.is_relation and field.db_constraint)


def _target(key: Any) -> str:
    return str(key.related_model._meta.db_table)


def _equal(key: models.Field[Any, Any]) -> str:
    if not isinstance(key, models.CharField):
        return f'other."{key.column}" = before."{key.column}"'
    folded = "lower({0})" if key.name in rules.ANY_CASE else "{0}"
    pair = " = ".join(folded.format(f'{side}."{key.column}"') for side in ("other", "before"))
    return f"""{pair} AND before."{key.column}" <> ''"""
