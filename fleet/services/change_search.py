"""Searches the change log across all kinds of rows: by object, person, channel, time, field and request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone
from pghistory.models import Context

from fleet.models import User
from fleet.services.change_kinds import KINDS, Kind, visible_events
from fleet.services.change_log import ACTIONS, PAGE, Entry, told

EXPORT_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to look for; empty fields do not narrow. `since` and `until` are days, both included.

    `kind` is a key of `KINDS`, `row` the id of one of its rows, `by` a user's id, `field` a field's name.
    """

    kind: str = ""
    row: int | None = None
    by: int | None = None
    channel: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    field: str = ""
    request: str = ""
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in the order: newest first, then by kind, then by number."""

    at: dt.datetime
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}_{self.kind}_{self.number}"

    @classmethod
    def read(cls, text: str) -> Place:
        """The place that an address names. Raises ValueError where it names none."""
        stamp, kind, number = text.split("_")
        if kind not in KINDS:
            raise ValueError(f"{kind} is no kind of rows")
        try:
            at = dt.datetime.fromtimestamp(float(stamp), tz=dt.UTC)
        except (OverflowError, OSError) as error:
            raise ValueError(f"{stamp} is no time") from error
        return cls(at, kind, int(number))

    def after(self, kind: str) -> Q:
        """What of `kind` comes after this place."""
        same = Q(pgh_created_at__lte=self.at)
        if kind > self.kind:
            return same
        older = Q(pgh_created_at__lt=self.at)
        return same & (older | Q(pgh_id__lt=self.number)) if kind == self.kind else older


class _Distinct(Func):
    """a IS DISTINCT FROM b: NULL is a value like others."""

    template = "(%(expressions)s)"
    arg_joiner = " IS DISTINCT FROM "
    output_field = BooleanField()


def search(asked: Asked, *, by: User, after: Place | None = None, limit: int = PAGE) -> list[Entry]:
    """The latest `limit` entries that `by` may read, newest first; those after a place where one is given."""
    places = _places(_matching(asked, by), after, limit)
    numbers: dict[str, list[int]] = {}
    for place in places:
        numbers.setdefault(place.kind, []).append(place.number)
    events = {kind: KINDS[kind].events.objects.filter(pgh_id__in=ids) for kind, ids in numbers.items()}
    found = {(entry.kind, entry.number): entry for entry in told(events)}
    return [found[place.kind, place.number] for place in places]


def every(asked: Asked, *, by: User) -> Iterator[Entry]:
    """All entries, newest first, read page by page so that memory stays flat."""
    after: Place | None = None
    while page := search(asked, by=by, after=after, limit=EXPORT_PAGE):
        yield from page
        after = place_of(page[-1])


def number(asked: Asked, *, by: User) -> int:
    """How many entries match. One query."""
    branches = [
        events.order_by()
        .annotate(pgh_kind=Value(kind))
        .values("pgh_kind")
        .annotate(pgh_count=Count("pgh_id"))
        for kind, events in _matching(asked, by).items()
    ]
    return sum(row["pgh_count"] for row in _union(branches))


def place_of(entry: Entry) -> Place:
    return Place(entry.at, entry.kind, entry.number)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of a kind one request, delivery or command added, changed or deleted."""

    kind: str
    action: str
    count: int

    def __str__(self) -> str:
        return f"{KINDS[self.kind].counted(self.count)} {self.action.lower()}"


def counts(asked: Asked, contexts: set[str], *, by: User) -> dict[str, list[Counted]]:
    """For each context, how many of the matching entries it made. One query."""
    if not contexts:
        return {}
    branches = [
        events.filter(pgh_context__in=contexts)
        .order_by()
        .values("pgh_context", "pgh_label")
        .annotate(pgh_kind=Value(kind), pgh_count=Count("pgh_id"))
        .values_list("pgh_context", "pgh_label", "pgh_kind", "pgh_count")
        for kind, events in _matching(asked, by).items()
    ]
    found: dict[str, list[Counted]] = {}
    for context, label, kind, n in sorted(_union(branches), key=lambda row: -row[3]):
        found.setdefault(str(context), []).append(Counted(kind, ACTIONS[label], n))
    return found


def _places(matching: dict[str, QuerySet[Any]], after: Place | None, limit: int) -> list[Place]:
    branches = [
        (events.filter(after.after(kind)) if after else events)
        .order_by("-pgh_created_at", "-pgh_id")
        .annotate(pgh_kind=Value(kind))
        .values_list("pgh_created_at", "pgh_kind", "pgh_id")[:limit]
        for kind, events in sorted(matching.items())
    ]
    found = [Place(*row) for row in _union(branches)]
    found.sort(key=lambda place: (-place.at.timestamp(), place.kind, -place.number))
    return found[:limit]


def _union(branches: list[Any]) -> Any:
    if not branches:
        return []
    first, *rest = branches
    return first.union(*rest, all=True) if rest else first


def _matching(asked: Asked, by: User) -> dict[str, QuerySet[Any]]:
    """Per kind, the events that match."""
    kinds = {asked.kind: KINDS[asked.kind]} if asked.kind else KINDS
    if asked.field:
        kinds = {key: kind for key, kind in kinds.items() if _has(kind, asked.field)}
    wanted = _wanted(asked)
    return {key: _narrowed(kind, asked, wanted, by) for key, kind in kinds.items()}


def _has(kind: Kind, field: str) -> bool:
    return any(one.name == field for one in kind.fields)


def _wanted(asked: Asked) -> Q:
    """What holds for every kind. A request or a delivery is a handful of contexts, looked up first."""
    found = Q()
    for key, value in (("request_id", asked.request), ("delivery", asked.delivery)):
        if value:
            ids = Context.objects.filter(**{f"metadata__{key}": value}).values_list("pk", flat=True)
            found &= Q(pgh_context__in=list(ids))
    if asked.by is not None:
        found &= Q(pgh_context__metadata__actor=asked.by)
    if asked.channel:
        found &= Q(pgh_context__metadata__channel=asked.channel)
    if asked.since:
        found &= Q(pgh_created_at__gte=_midnight(asked.since))
    if asked.until:
        found &= Q(pgh_created_at__lt=_midnight(asked.until + dt.timedelta(days=1)))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _narrowed(kind: Kind, asked: Asked, wanted: Q, by: User) -> QuerySet[Any]:
    events = visible_events(kind, by).filter(wanted)
    if asked.row is not None:
        events = events.filter(pgh_obj=asked.row)
    return _changing(events, kind, asked.field) if asked.field else events


def _changing(events: QuerySet[Any], kind: Kind, name: str) -> QuerySet[Any]:
    """Those before which the row had another value in the field: one look into the index for each."""
    column = next(field.attname for field in kind.fields if field.name == name)
    earlier = kind.events.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    differs = earlier.annotate(pgh_differs=_Distinct(F(column), OuterRef(column))).order_by("-pgh_id")
    updates = events.filter(pgh_label="update")
    found: QuerySet[Any] = updates.alias(is_change=Subquery(differs.values("pgh_differs")[:1]))
    return found.filter(is_change=True)
