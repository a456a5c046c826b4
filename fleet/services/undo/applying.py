"""The verb: put back what can go back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import pgtrigger
from django.db import IntegrityError, transaction
from django.db.models import Q

from fleet.errors import Conflict
from fleet.history import noting
from fleet.mdm.writing import begin, execute
from fleet.models import Organisation
from fleet.services import facts
from fleet.services.undo import finding, obstacles
from fleet.services.undo.finding import Step
from fleet.services.undo.planning import plan
from fleet.services.undo.plans import Model, Plan, named

_RESTORE = """
    UPDATE {table} now SET {assignments} FROM {back} WHERE now.id = before.pgh_obj_id
"""
# What the change did not touch keeps what others have made of it since.
_ASSIGN = '"{0}" = CASE WHEN before."{0}" IS DISTINCT FROM last."{0}" THEN before."{0}" ELSE now."{0}" END'


# How many of the rows that stand in the way a refusal names.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an undo did: `plan` as it was carried out, `context_id` names its own changes."""

    plan: Plan
    context_id: UUID


@transaction.atomic
def undo(
    *,
    context_id: UUID,
    models: Sequence[Model],
    organisation: Organisation,
    scopes: Mapping[Model, Q] | None = None,
    is_whole: bool = False,
) -> Outcome:
    """Put rows back as they were before the context changed them, and delete those that it created.

    What has been changed or referred to since stays; with `is_whole` that raises Conflict and nothing goes
    back. A second undo finds nothing to do. Recorded like any change, with `undoes` in its context.
    """
    begin()
    for model in models:
        finding.lock(model, context_id)
    made = plan(context_id=context_id, models=models, organisation=organisation, scopes=scopes)
    if is_whole and not made.is_whole:
        raise Conflict(_refusal(made))
    with noting(undoes=str(context_id)) as context:
        try:
            with transaction.atomic():
                _put_back(made)
        except IntegrityError as error:
            raise Conflict(
                "Some rows have exchanged what only one may have, so nothing was put back. "
                "Change them by hand."
            ) from error
    for model in models:
        facts.announce_rows(model, organisation_id=organisation.pk, ids=made.ids_going_back(model))
    return Outcome(made, context.id)


def _refusal(made: Plan) -> str:
    (why, count), *others = made.reasons.items()
    more = " Others stay for other reasons." if others else ""
    whole = made.going_back + len(made.kept)
    first = ", ".join(one.name for one in named(made.kept[:NAMED]))
    beyond = len(made.kept) - NAMED
    who = f"{first} and {beyond:,} more" if beyond > 0 else first
    start = f"{len(made.kept)} of {whole} rows cannot go back, so nothing was undone: {who}."
    return f"{start} {count}: {why}{more}"


def _put_back(made: Plan) -> None:
    for model, restored in made.restored.items():
        if restored:
            _restore(model, restored)
    for model, deleted in made.deleted.items():
        if deleted:
            _delete(model, deleted, made.context_id)


def _restore(model: Model, restored: Mapping[int, Step]) -> None:
    """Of all that the log keeps, what the change touched."""
    sql = _RESTORE.format(
        table=model._meta.db_table,
        back=finding.back(model),
        assignments=", ".join(map(_ASSIGN.format, finding.columns(model))),
    )
    execute(sql, finding.steps(restored.values()))


def _delete(model: Model, deleted: set[int], context_id: UUID) -> None:
    """Rows that go along go first, those of append-only tables too: what they tell of never was."""
    for relation in filter(obstacles.goes_along, obstacles.relations_to(model)):
        related = relation.related_model._meta
        with pgtrigger.ignore(f"{related.label}:append_only"):
            execute(
                f"DELETE FROM {related.db_table} "  # noqa: S608 - names are the models' own
                f"WHERE {relation.field.column} = ANY (%s) AND recorded_in = %s",
                [list(deleted), context_id],
            )
    execute(f"DELETE FROM {model._meta.db_table} WHERE id = ANY (%s)", [list(deleted)])  # noqa: S608
