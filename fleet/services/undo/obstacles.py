"""What stands in the way of putting rows back, as they are now: one statement a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, cast
from uuid import UUID

from django.db import models

from fleet import rules
from fleet.mdm.writing import numbers
from fleet.services.undo.finding import Step, back, rows, steps
from fleet.services.undo.plans import Model

_GONE = """
    SELECT id, missing FROM (
        SELECT before.pgh_obj_id AS id, CASE {cases} END AS missing FROM {back}
    ) AS looked WHERE missing IS NOT NULL
"""
# Most changes touch none of the keys: those that do are found first.
_TAKEN = """
    WITH before AS MATERIALIZED (
        SELECT before.pgh_obj_id, before.organisation_id, {before} FROM {back}
        WHERE ({before}) IS DISTINCT FROM ({last})
    )
    SELECT before.pgh_obj_id FROM before
    JOIN {table} other ON other.organisation_id = before.organisation_id AND {equal}
    WHERE other.id <> before.pgh_obj_id AND NOT other.id = ANY (%(free)s)
"""
_REFERRED = "SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY (%(created)s) AND {beside}"


def gone(model: Model, ways: Collection[Step]) -> list[tuple[int, str]]:
    """(row, what it referred to) where a row would get back a reference to what is no longer there."""
    fields: Sequence[Any] = model._meta.concrete_fields
    keys = [one for one in fields if one.is_relation and one.db_constraint]
    if not keys:
        return []
    cases = " ".join(
        f"WHEN before.{key.column} IS DISTINCT FROM last.{key.column} AND before.{key.column} IS NOT NULL "
        f"AND NOT EXISTS (SELECT FROM {key.related_model._meta.db_table} target "
        f"WHERE target.{key.target_field.column} = before.{key.column}) THEN '{key.name}'"
        for key in keys
    )
    found = rows(_GONE.format(back=back(model), cases=cases), steps(ways))
    return [(pk, str(model._meta.get_field(name).verbose_name)) for pk, name in found]  # type: ignore[union-attr]


def taken(model: Model, ways: Collection[Step], free: Sequence[int]) -> Iterator[tuple[int, str]]:
    """(row, which of its keys) where another row, none of those `free`, has what the row would get back."""
    for fields, label in rules.KEYS.get(model._meta.model_name or "", ()):
        keys = [cast("models.Field[Any, Any]", model._meta.get_field(name)) for name in fields]
        sql = _TAKEN.format(
            table=model._meta.db_table,
            back=back(model),
            before=", ".join(f'before."{key.column}"' for key in keys),
            last=", ".join(f'last."{key.column}"' for key in keys),
            equal=" AND ".join(_equal(key) for key in keys),
        )
        yield from ((pk, label.lower()) for (pk,) in rows(sql, steps(ways) | {"free": numbers(free)}))


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
    asked = {"created": numbers(created), "going_back": numbers(going_back), "context": context_id}
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


def _equal(key: models.Field[Any, Any]) -> str:
    if not isinstance(key, models.CharField):
        return f'other."{key.column}" = before."{key.column}"'
    folded = "lower({0})" if key.name in rules.ANY_CASE else "{0}"
    pair = " = ".join(folded.format(f'{side}."{key.column}"') for side in ("other", "before"))
    return f"""{pair} AND before."{key.column}" <> ''"""
