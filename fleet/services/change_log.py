"""Reads the change log: who changed what, through which channel, from what to what, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Max, OuterRef, QuerySet, Subquery

from fleet.models import User
from fleet.web import text

PAGE = 50
CHANNELS = {
    "page": "on a page",
    "api": "through the API, signed in",
    "token": "through the API, with a personal token",
    "worker": "by a worker",
    "command": "by a command",
    "import": "by an import",
}
ACTIONS = {"insert": "Added", "update": "Changed", "delete": "Deleted"}
# Kept for the machine: sort keys of versions, and what never changes.
HIDDEN = frozenset({"id", "os_key", "minimum_key", "version_key", "created_at"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row changed once. `number` grows with time; `subject` is the row as it was called then."""

    number: int
    at: datetime
    action: str
    subject: str
    row_id: int
    by: str
    channel: str
    request_id: str
    delivery: str
    source: str
    changes: Sequence[Change]


def changes_of(row: Any, *, before: int | None = None) -> list[Entry]:
    """The latest `PAGE` entries of one row, newest first; those below number `before` where one is given."""
    return entries(row.changes.all(), before=before)


def entries(events: QuerySet[Any], *, before: int | None = None) -> list[Entry]:
    """The same for any selection of one kind's events. The number of queries does not grow with the rows."""
    if before is not None:
        events = events.filter(pgh_id__lt=before)
    earlier = events.model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    # Grouped, so that the index on the object is read, and not the whole log backwards.
    latest = earlier.order_by().values("pgh_obj_id").annotate(latest=Max("pgh_id")).values("latest")
    page = list(
        events.select_related("pgh_context").annotate(earlier_id=Subquery(latest)).order_by("-pgh_id")[:PAGE]
    )
    previous = events.model.objects.in_bulk([event.earlier_id for event in page if event.earlier_id])
    pairs = [(event, previous.get(event.earlier_id)) for event in page]
    return _Reader(events.model, pairs).read()


class _Reader:
    """Puts pairs of (event, the one before) into words, after fetching all names that they need."""

    def __init__(self, model: type[models.Model], pairs: Sequence[tuple[Any, Any]]) -> None:
        self.pairs = pairs
        self.fields = [
            field
            for field in model._meta.concrete_fields
            if not field.name.startswith("pgh_") and field.name not in HIDDEN
        ]
        self.names = self._names()
        self.actors = User.objects.in_bulk(
            {actor for event, _ in pairs if (actor := _context(event).get("actor"))}
        )

    def read(self) -> list[Entry]:
        return [self._entry(event, earlier) for event, earlier in self.pairs]

    def _entry(self, event: Any, earlier: Any) -> Entry:
        context = _context(event)
        actor = self.actors.get(context.get("actor"))
        return Entry(
            number=event.pgh_id,
            at=event.pgh_created_at,
            action=ACTIONS[event.pgh_label],
            subject=_name(event),
            row_id=event.pgh_obj_id,
            by=str(actor) if actor else "",
            channel=CHANNELS.get(context.get("channel", ""), ""),
            request_id=context.get("request_id", ""),
            delivery=context.get("delivery", ""),
            source=context.get("source", ""),
            changes=[
                Change(_label(field), self._words(field, earlier), self._words(field, event))
                for field in _differing(self.fields, event, earlier)
            ],
        )

    def _names(self) -> dict[str, dict[Any, Any]]:
        """Per foreign key that changed: id → the row that it names."""
        wanted: dict[str, set[Any]] = defaultdict(set)
        for event, earlier in self.pairs:
            for field in _differing(self.fields, event, earlier):
                if field.is_relation:
                    wanted[field.name] |= {getattr(event, field.attname), getattr(earlier, field.attname)}
        targets: dict[str, Any] = {
            field.name: field.related_model for field in self.fields if field.is_relation
        }
        return {name: targets[name]._base_manager.in_bulk(ids - {None}) for name, ids in wanted.items()}

    def _words(self, field: Any, event: Any) -> str:
        value = getattr(event, field.attname)
        if field.is_relation and value is not None:
            return str(self.names[field.name].get(value, f"number {value}, which is gone"))
        inner = field.base_field if isinstance(field, ArrayField) else field
        labels = dict(inner.flatchoices or ())
        parts = value if isinstance(field, ArrayField) else [value]
        return ", ".join(str(labels.get(part) or text.shown(part, "nothing")) for part in parts) or "nothing"


def _differing(fields: Iterable[Any], event: Any, earlier: Any) -> list[Any]:
    """An insert or delete, or an update whose row was never seen before, says nothing field by field."""
    if earlier is None or event.pgh_label != "update":
        return []
    return [field for field in fields if getattr(event, field.attname) != getattr(earlier, field.attname)]


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _label(field: Any) -> str:
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def _name(event: Any) -> str:
    """What the row was called: the first of the names that such rows have."""
    for attribute in ("name", "asset_tag", "serial", "code", "email", "iccid", "hint", "reference", "value"):
        if value := getattr(event, attribute, ""):
            return str(value)
    return f"Number {event.pgh_obj_id}"
