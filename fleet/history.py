"""The change log: database triggers write one event row per changed row, bulk SQL included.

Who, by which channel and in which request stands in the event's context, set by the middleware
for a request and by `acting` for workers, commands and imports.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Func, UUIDField, Value
from django.db.models.functions import Cast, NullIf

M = TypeVar("M", bound=type[models.Model])
# The label of what a row was before its first change, where its insert left no event. It is no change itself.
BEFORE = "before"


class _FirstChange(pgtrigger.AnyChange):
    """A change of a row that has no event yet."""

    def resolve(self, model: type[models.Model]) -> str:
        table, key = f"{model._meta.db_table}change", model._meta.pk.column
        events = f'SELECT 1 FROM "{table}" AS earlier WHERE earlier.pgh_obj_id = OLD."{key}"'  # noqa: S608
        return f"({super().resolve(model)}) AND NOT EXISTS ({events})"


def tracked(*, exclude: tuple[str, ...] = (), inserts: bool = True, deletes: bool = True) -> Callable[[M], M]:
    """Record every insert, update and delete in `<Model>Change`, save for the `exclude`d fields.

    Without `inserts` a new row leaves no event, without `deletes` one that is deleted: for those of which the
    moment alone could tell whose they are. What a row without one was, is recorded with its first change.
    """
    statement = pgtrigger.Statement
    # Triggers fire by their names, so that what was stands before what is.
    first = pghistory.UpdateEvent(
        BEFORE, row=pghistory.Old, condition=_FirstChange(), level=statement, trigger_name="before_update"
    )

    def track(model: M) -> M:
        pghistory.track(
            pghistory.InsertEvent(level=statement) if inserts else first,
            pghistory.UpdateEvent(level=statement),
            *([pghistory.DeleteEvent(level=statement)] if deletes else []),
            exclude=list(exclude),
            model_name=f"{model.__name__}Change",
            # the first of the indexes below begins with it
            obj_field=pghistory.ObjForeignKey(related_name="changes", db_index=False),
            # what one request or job changed: its list, and its undo
            context_field=pghistory.ContextForeignKey(db_index=True),
            meta={"indexes": _indexes(model.__name__.lower())},
        )(model)
        return model

    return track


def _indexes(name: str) -> list[models.Index]:
    name = name[:20]  # an index's name has thirty letters at most
    return [
        # the change log of one row, and the event before each
        models.Index(fields=["pgh_obj", "pgh_id"], name=f"{name}_events_of"),
        # the change log of everything, newest first
        models.Index(fields=["pgh_created_at", "pgh_id"], name=f"{name}_events_at"),
    ]


def append_only() -> pgtrigger.Protect:
    """A trigger that makes the database refuse to edit or delete the rows of an event table."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def acting(*, channel: str, actor_id: int | None = None, **more: Any) -> AbstractContextManager[Any]:
    """Changes made inside are attributed to `actor_id` through `channel`.

    Channels: page, api, token, worker, command, import.
    """
    return pghistory.context(actor=actor_id, channel=channel, **more)


def noting(**more: Any) -> AbstractContextManager[Any]:
    """Changes made inside are recorded with this besides. Gives the context; its `id` names them all."""
    return pghistory.context(**more)


def current_context() -> Cast:
    """A column's default: the context of the statement that writes the row, null where there is none."""
    setting = Func(Value("pghistory.context_id"), Value(True), function="current_setting")
    return Cast(NullIf(setting, Value("")), UUIDField())
