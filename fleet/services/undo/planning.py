"""Says of every row that a context changed whether it can go back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from fleet.models import Organisation, User
from fleet.services.undo import finding, obstacles
from fleet.services.undo.finding import Found, Step
from fleet.services.undo.plans import Kept, Model, Plan

NOT_YOURS = "You may not change it."
FORGOTTEN = "The change log no longer holds what it was before."
DELETED = "The same change deleted it, and a deleted row cannot be put back."
OTHERWISE = {"worker": "a worker", "command": "a command", "import": "an import"}


def plan(
    *,
    context_id: UUID,
    models: Sequence[Model],
    organisation: Organisation,
    scopes: Mapping[Model, Q] | None = None,
) -> Plan:
    """What an undo would do with the rows of these models that the context changed; writes nothing.

    Rows outside a model's scope stay as they are. The number of queries does not depend on the rows.
    """
    made = Plan(context_id)
    for model in models:
        _sort(made, model, list(finding.history(model, context_id, organisation.pk)))
    for model in models:
        _leave_out(made, model, (scopes or {}).get(model))
        _check_values(made, model)
    _check_references(made)
    return made


def _sort(made: Plan, model: Model, found: Sequence[Found]) -> None:
    restored, deleted = made.restored.setdefault(model, {}), made.deleted.setdefault(model, set())
    actors = User.objects.in_bulk({int(one.actor) for one in found if one.actor})
    for one in found:
        if one.is_undone or (one.began, one.ended) == ("insert", "delete"):
            made.done += 1
        elif why := _against(one, actors):
            made.kept.append(Kept(model, one.pk, why))
        elif one.began == "insert":
            deleted.add(one.pk)
        elif one.before is not None:
            restored[one.pk] = Step(one.before, one.last)


def _against(one: Found, actors: Mapping[int, User]) -> str:
    """What its own history says against taking the row back."""
    if one.at is not None:
        did = "Deleted" if one.ended == "delete" else "Changed"
        return f"{did} since by {_by(one, actors)} on {_day(one)}."
    if one.ended == "delete":
        return DELETED
    return "" if one.before is not None or one.began == "insert" else FORGOTTEN


def _by(one: Found, actors: Mapping[int, User]) -> str:
    actor = actors.get(int(one.actor)) if one.actor else None
    return str(actor) if actor else OTHERWISE.get(one.channel or "", "somebody unknown")


def _day(one: Found) -> str:
    assert one.at is not None
    at = timezone.localtime(one.at)
    return f"{at.day} {at:%B %Y}"


def _leave_out(made: Plan, model: Model, scope: Q | None) -> None:
    ids = made.ids_going_back(model)
    if scope is not None and ids:
        events = finding.events_of(model)._base_manager.filter(pgh_context=made.context_id)
        mine = model._base_manager.filter(scope, pk__in=events.values("pgh_obj"))
        left = set(ids) - set(mine.values_list("pk", flat=True))
        made.keep(model, [(pk, NOT_YOURS) for pk in left])


def _check_values(made: Plan, model: Model) -> None:
    """What it would get back must still be there and free."""
    ways = list(made.restored[model].values())
    if not ways:
        return
    made.keep(model, [(pk, f"Its former {what} is gone.") for pk, what in obstacles.gone(model, ways)])
    found = obstacles.taken(model, ways, made.ids_going_back(model))
    made.keep(model, [(pk, f"Another has its former {what} now.") for pk, what in found])


def _check_references(made: Plan) -> None:
    """A created row stays while a row that does not go back refers to it, and so does what that refers to."""
    while sum(made.keep(model, list(_referred(made, model))) for model in made.deleted):
        continue


def _referred(made: Plan, model: Model) -> Iterator[tuple[int, str]]:
    created: Iterable[int] = made.deleted[model]
    for relation in obstacles.relations_to(model) if created else ():
        going_back = made.ids_going_back(relation.related_model)
        noun = str(relation.related_model._meta.verbose_name)
        for pk in obstacles.referred(relation, created, going_back=going_back, context_id=made.context_id):
            yield pk, f"A {noun} refers to it."
