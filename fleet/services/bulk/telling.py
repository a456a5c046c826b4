"""A bulk change row by row, as its pages and files tell it: before → after, and who was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fleet.models import BulkChange, User
from fleet.services.bulk.checking import Check
from fleet.services.bulk.doing import verb_for
from fleet.services.undo.finding import Found, events_of, history

BATCH = 2000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """`row` is the device or person, None where a file's line names none: then `line` says which line."""

    row: Any
    now: str = ""
    after: str = ""
    why: str = ""
    line: str = ""


def coming(change: BulkChange, check: Check, *, most: int | None = None) -> Iterator[Told]:
    """What would change, in the order of the check; the first `most`."""
    verb = verb_for(change)
    given = verb.resolved(change.value)
    related = ("organisation", *verb.related)
    for ids in _batches(check.changing[:most]):
        rows = verb.model._base_manager.select_related(*related).in_bulk(ids)
        for row in (rows[pk] for pk in ids if pk in rows):
            yield Told(row, verb.now(row), verb.after(row, given))


def made(change: BulkChange, *, by: User, most: int | None = None) -> Iterator[Told]:
    """What was changed, from the change log; of rows that this person may see."""
    verb = verb_for(change)
    assert change.context_id is not None
    found = [
        one
        for one in history(verb.model, change.context_id, change.organisation_id)
        if one.before is not None
    ]
    for some in _batches(found[:most]):
        rows = _visible(verb.model, [one.pk for one in some], by)
        events = _events(verb, some)
        for one in some:
            if one.pk in rows and {one.before, one.last} <= events.keys():
                yield Told(rows[one.pk], verb.now(events[one.before]), verb.now(events[one.last]))


def left_out(change: BulkChange, left: Sequence[Any], *, by: User) -> Iterator[Told]:
    """Who is or was left out and why; `left` are pairs of (key or line, why)."""
    model = verb_for(change).model
    for some in _batches(left):
        rows = _visible(model, [key for key, _ in some if isinstance(key, int)], by)
        for key, why in some:
            if not isinstance(key, int):
                yield Told(None, why=why, line=key)
            elif key in rows:
                yield Told(rows[key], why=why)


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def _visible(model: Any, ids: Iterable[int], by: User) -> dict[int, Any]:
    found: dict[int, Any] = model._default_manager.visible_to(by).in_bulk(list(ids))
    return found


def _events(verb: Any, found: Sequence[Found]) -> dict[int | None, Any]:
    wanted = {number for one in found for number in (one.before, one.last)}
    events: Any = events_of(verb.model)._default_manager
    related = events.select_related(*verb.related) if verb.related else events
    told: dict[int | None, Any] = related.in_bulk(wanted)
    return told
