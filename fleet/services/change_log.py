"""Reads the change log: who changed what, through which channel, from what to what, in words."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Max, OuterRef, QuerySet, Subquery

from fleet.history import BEFORE
from fleet.models import User
from fleet.services.change_kinds import KINDS, Kind
from fleet.services.change_subjects import subject_of, ties_of, with_what_names_it
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


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; `key` is the field's name in the API."""

    field: str
    before: str
    after: str
    key: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row changed once. `number` grows with time in its kind; `subject` is the row as it was called then.

    `context` is the same for everything that one request, delivery or command changed. `row_page` is the name
    of the row's page where the reader may open it, which `change_pages.with_pages` finds out.
    """

    kind: str
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
    context: str
    changes: Sequence[Change]
    row_page: str = ""

    @property
    def title(self) -> str:
        """The kind of the row, one of them: “Device”."""
        words = KINDS[self.kind].counted(1).removeprefix("1 ") if self.kind in KINDS else ""
        return words[:1].upper() + words[1:]


def changes_of(row: Any, *, before: int | None = None) -> list[Entry]:
    """The latest `PAGE` entries of one row, newest first; those below number `before` where one is given."""
    events = log_of(row) if before is None else log_of(row).filter(pgh_id__lt=before)
    return told({kind_of(row): events.order_by("-pgh_id")[:PAGE]})


def log_of(row: Any) -> QuerySet[Any]:
    """Every change of one row, without what it was before the first."""
    events: QuerySet[Any] = row.changes.exclude(pgh_label=BEFORE)
    return events


def kind_of(row: Any) -> str:
    return next((key for key, kind in KINDS.items() if kind.model is type(row)), row._meta.model_name)


def told(events: dict[str, QuerySet[Any]]) -> list[Entry]:
    """Events of each kind, in words, kind by kind. The number of queries does not grow with the rows."""
    return _Reader({kind: _with_the_one_before(found) for kind, found in events.items()}).read()


def earlier_event(events: Any) -> Subquery:
    """The number of the event before, of the same row.

    Grouped, so that the index on the object is read, and not the whole log backwards.
    """
    earlier = events.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    return Subquery(earlier.order_by().values("pgh_obj_id").annotate(latest=Max("pgh_id")).values("latest"))


def _with_the_one_before(events: QuerySet[Any]) -> list[tuple[Any, Any]]:
    page = list(events.select_related("pgh_context").annotate(earlier_id=earlier_event(events.model)))
    previous = events.model.objects.in_bulk([event.earlier_id for event in page if event.earlier_id])
    return [(event, previous.get(event.earlier_id)) for event in page]


class _Reader:
    """Puts pairs of (event, the one before) into words, after fetching all names that they need."""

    def __init__(self, pairs: dict[str, list[tuple[Any, Any]]]) -> None:
        self.pairs = pairs

    def read(self) -> list[Entry]:
        return [self._entry(kind, *pair) for kind, pairs in self.pairs.items() for pair in pairs]

    def _entry(self, kind: str, event: Any, earlier: Any) -> Entry:
        context = _context(event)
        actor = self.actors.get(context.get("actor"))
        return Entry(
            kind=kind,
            number=event.pgh_id,
            at=event.pgh_created_at,
            action=ACTIONS[event.pgh_label],
            subject=subject_of(event, self.names),
            row_id=event.pgh_obj_id,
            by=str(actor) if actor else "",
            channel=CHANNELS.get(context.get("channel", ""), ""),
            request_id=context.get("request_id", ""),
            delivery=context.get("delivery", ""),
            source=context.get("source", ""),
            context=str(event.pgh_context_id or ""),
            changes=[
                Change(label(one), self._words(one, earlier), self._words(one, event), one.name)
                for one in _differing(event, earlier)
            ],
        )

    @cached_property
    def actors(self) -> dict[Any, User]:
        events = (event for pairs in self.pairs.values() for event, _ in pairs)
        return User.objects.in_bulk({actor for event in events if (actor := _context(event).get("actor"))})

    @cached_property
    def names(self) -> dict[Any, dict[Any, Any]]:
        """Per model that a changed foreign key, or one that names a row, leads to: id → the row."""
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for pairs in self.pairs.values():
            for event, earlier in pairs:
                for one in ties_of(event):
                    wanted[one.related_model].add(getattr(event, one.attname))
                for one in _differing(event, earlier):
                    if one.is_relation:
                        ids = {getattr(event, one.attname), getattr(earlier, one.attname)}
                        wanted[one.related_model] |= ids
        return {model: with_what_names_it(model).in_bulk(ids - {None}) for model, ids in wanted.items()}

    def _words(self, one: Any, event: Any) -> str:
        value = getattr(event, one.attname)
        if one.is_relation and value is not None:
            return str(self.names[one.related_model].get(value, f"number {value}, which is gone"))
        if isinstance(value, dict):
            return _told(value) or "nothing"
        inner = one.base_field if isinstance(one, ArrayField) else one
        labels = dict(inner.flatchoices or ())
        parts = value if isinstance(one, ArrayField) else [value]
        return ", ".join(str(labels.get(part) or text.shown(part, "nothing")) for part in parts) or "nothing"


def _told(value: dict[str, Any]) -> str:
    """number: Phone number; data: Surf, Net, of what a JSON column holds; what is empty is left out."""
    parts = (
        (key, ", ".join(map(str, held)) if isinstance(held, list) else held) for key, held in value.items()
    )
    return "; ".join(f"{key}: {held}" for key, held in parts if held not in ("", None))


def _differing(event: Any, earlier: Any) -> Iterable[Any]:
    """An insert or delete, or an update whose row was never seen before, says nothing field by field."""
    if earlier is None or event.pgh_label != "update":
        return []
    fields = Kind("", event.pgh_tracked_model).fields
    return [one for one in fields if getattr(event, one.attname) != getattr(earlier, one.attname)]


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def label(one: Any) -> str:
    """What a page calls a field."""
    words = str(one.verbose_name)
    return words[:1].upper() + words[1:]
