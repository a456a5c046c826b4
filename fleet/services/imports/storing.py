"""Writes a plan: COPY into staging tables, then one statement for the new rows and one for the changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

from fleet.mdm.writing import array, execute, stage
from fleet.models import Organisation
from fleet.services.imports.kind import Kind, Values
from fleet.services.imports.plans import Plan

STAGE = "import_stage"


def store(kind: Kind, organisation: Organisation, plan: Plan) -> dict[int, int]:
    """Within a transaction and after `writing.begin`; row number of the file → id, of the new rows."""
    kind.settle(organisation, [row.after for row in (*plan.new, *plan.changed)])
    new = [kind.completed(row.after) for row in plan.new]
    changed = [{"id": pk, **_stored(kind, values)} for pk, values in plan.written]
    ids = _reserved(kind.model, len(new))
    real = {-row.number: pk for row, pk in zip(plan.new, ids, strict=True)}
    within = [kind.attname(name) for name, one in kind.references.items() if one.is_within]
    new = [{"id": pk, **row} for pk, row in zip(ids, new, strict=True)]
    for row in (*new, *changed) if within else ():
        row.update({name: real.get(row[name], row[name]) for name in within})
    if new:
        _insert(kind.model, organisation, new)
        kind.store_more(new)
    if changed:
        _update(kind.model, changed)
    return {-number: pk for number, pk in real.items()}


def _stored(kind: Kind, values: Values) -> Values:
    """What the model itself keeps of a row."""
    return {name: values[name] for name in kind.attributes}


def _reserved(model: type[models.Model], count: int) -> list[int]:
    """Fresh primary keys, so that rows can refer to rows not yet stored."""
    sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [model._meta.db_table, count])
        return [pk for (pk,) in cursor.fetchall()]


def _insert(model: type[models.Model], organisation: Organisation, rows: Sequence[Values]) -> None:
    """Columns that the rows lack get what a new object of the model would have."""
    staged = _stage(model, rows)
    others = [field for field in model._meta.concrete_fields if field.attname not in rows[0]]
    constant = {f'"{field.column}"': _initial(field, organisation) for field in others}
    names = ", ".join((*staged, *constant))
    execute(
        f"INSERT INTO {model._meta.db_table} ({names}) "  # noqa: S608 - names are the model's own
        f"SELECT {', '.join(staged)}{', %s' * len(constant)} FROM {STAGE}",
        list(constant.values()),
    )
    execute(f"DROP TABLE {STAGE}")


def _initial(field: models.Field[Any, Any], organisation: Organisation) -> Any:
    if field.name == "organisation":
        return organisation.pk
    value = timezone.now() if getattr(field, "auto_now_add", False) else field.get_default()
    return field.get_db_prep_save(value, connection)


def _update(model: type[models.Model], rows: Sequence[Values]) -> None:
    staged = _stage(model, rows)
    assignments = ", ".join(f"{name} = s.{name}" for name in staged if name != "id")
    execute(
        f"UPDATE {model._meta.db_table} t SET {assignments} FROM {STAGE} s WHERE t.id = s.id"  # noqa: S608
    )
    execute(f"DROP TABLE {STAGE}")


def _stage(model: type[models.Model], rows: Sequence[Values]) -> list[str]:
    """Bring the rows into the staging table; its columns."""
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    types = {f'"{field.column}"': _type(field) for field in fields}
    stage(STAGE, types, ([_copied(row[field.attname]) for field in fields] for row in rows))
    return list(types)


def _type(field: models.Field[Any, Any]) -> str:
    """`text` for text, which `stage` reads as never null."""
    if isinstance(field, models.CharField | models.TextField):
        return "text"
    return "bigint" if field.primary_key else str(field.db_type(connection))


def _copied(value: Any) -> Any:
    return array(value) if isinstance(value, list) else value
