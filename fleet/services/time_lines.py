"""The time line of one object: its changes, hand-overs, MDM deliveries and decisions in one order.

Apps above register what they know of an object as a source: a function of the row, the moment up to which
to look and how many entries to give, which answers the newest of them. Each takes a fixed number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from fleet.models import Approval, Condition, CustodyEvent, Device, MdmSource, Site, SourceToken, StaffMember
from fleet.services.change_log import Entry, kind_of, log_of, told
from fleet.web import text

PAGE = 25
SORTS = {
    "changes": "Changes",
    "deliveries": "MDM deliveries",
    "events": "MDM events",
    "custody": "Custody",
    "decisions": "Decisions",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry. `number` tells entries of one sort and moment apart; `entry` is of the change log."""

    at: dt.datetime
    sort: str
    number: int
    title: str
    by: str = ""
    detail: str = ""
    url_name: str = ""
    about: Any = None
    entry: Entry | None = None

    @property
    def place(self) -> tuple[dt.datetime, int, str]:
        """Where it stands in the order, newest first."""
        return self.at, self.number, self.sort

    @property
    def key(self) -> str:
        return f"{self.at.timestamp():.6f}_{self.number}_{self.sort}"


@dataclass(frozen=True, slots=True)
class Until:
    """The entry at which a page ends: those of its moment with a higher number came before."""

    at: dt.datetime
    number: int

    def __call__(self, rows: QuerySet[Any], at: str, number: str = "pk", *, is_negative: bool = False) -> Any:
        """The rows up to there, where `at` and `number` are columns; `is_negative`: numbered by -pk."""
        same = {f"{number}__gte": -self.number} if is_negative else {f"{number}__lte": self.number}
        up_to = Q(**{f"{at}__lt": self.at}) | Q(**{at: self.at, **same})
        return rows.filter(up_to, **{f"{at}__lte": self.at})


Source = Callable[[Any, Until | None, int], Sequence[Happening]]
_sources: dict[type[models.Model], list[tuple[tuple[str, ...], Source]]] = defaultdict(list)


def register(model: type[models.Model], source: Source, *sorts: str) -> None:
    """Show what `source` knows on the time lines of a model's rows; `sorts` are those it gives.

    Raises ValueError for a sort that is not in `SORTS`.
    """
    if unknown := set(sorts) - set(SORTS):
        raise ValueError(f"{', '.join(sorted(unknown))} is no sort of entries")
    if (sorts, source) not in _sources[model]:
        _sources[model].append((sorts, source))


def sorts_of(row: Any) -> list[str]:
    """The sorts of entries that a row's time line may have."""
    told_by = {sort for sorts, _ in _sources[type(row)] for sort in sorts}
    return [sort for sort in SORTS if sort in told_by | {"changes"}]


def time_line(row: Any, *, sort: str = "", before: str = "") -> list[Happening]:
    """The newest `PAGE` entries, of one sort where it is named, after the one whose key is `before`.

    Raises ValueError where `before` is no key.
    """
    cut = _place(before) if before else None
    sources = _sources[type(row)] or [(("changes",), changes)]
    found = [
        happening
        for sorts, source in sources
        if not sort or sort in sorts
        for happening in source(row, Until(cut[0], cut[1]) if cut else None, PAGE + 1)
    ]
    wanted = (one for one in found if (not sort or one.sort == sort) and (cut is None or one.place < cut))
    return sorted(wanted, key=lambda one: one.place, reverse=True)[:PAGE]


def _place(key: str) -> tuple[dt.datetime, int, str]:
    stamp, number, sort = key.split("_")
    try:
        return dt.datetime.fromtimestamp(float(stamp), tz=dt.UTC), int(number), sort
    except (OverflowError, OSError) as error:
        raise ValueError(f"{stamp} is no time") from error


def latest(events: QuerySet[Any], until: Until | None, limit: int) -> QuerySet[Any]:
    """The newest events of the change log up to a moment."""
    up_to = until(events, "pgh_created_at") if until else events
    return up_to.order_by("-pgh_created_at", "-pgh_id")[:limit]


def changes(row: Any, until: Until | None, limit: int) -> list[Happening]:
    """What changed of the row, by people and by MDM deliveries."""
    return [of_change(entry) for entry in told({kind_of(row): latest(log_of(row), until, limit)})]


def of_change(entry: Entry, title: str = "", sort: str = "") -> Happening:
    fields = ", ".join(change.field for change in entry.changes)
    return Happening(
        at=entry.at,
        sort=sort or ("deliveries" if entry.delivery else "changes"),
        number=entry.number,
        title=title or (f"{entry.action}: {fields}" if fields else entry.action),
        by=" ".join(filter(None, (entry.by or "Tranche", entry.channel))),
        entry=entry,
    )


def _custody(events: QuerySet[CustodyEvent], until: Until | None, limit: int) -> list[Happening]:
    up_to = until(events, "at") if until else events
    found = up_to.select_related("holder", "site", "recorded_by", "device").order_by("-at", "-pk")[:limit]
    return [
        Happening(
            at=event.at,
            sort="custody",
            number=event.pk,
            title=event.get_kind_display(),
            by=str(event.recorded_by or ""),
            detail=". ".join(filter(None, (_whereabouts(event), event.note))),
            url_name="fleet:device-detail",
            about=event.device,
        )
        for event in found
    ]


def _whereabouts(event: CustodyEvent) -> str:
    parts = (
        str(event.device),
        f"to {event.holder}" if event.holder else "",
        f"at {event.site}" if event.site else "",
    )
    return " ".join(filter(None, parts))


def custody_of_device(device: Device, until: Until | None, limit: int) -> list[Happening]:
    return _custody(device.custody_events.all(), until, limit)


def custody_of_person(person: StaffMember, until: Until | None, limit: int) -> list[Happening]:
    """What was handed to the person, and what became of those devices while they had them."""
    return _custody(CustodyEvent.objects.filter(holder=person), until, limit)


def mdm_events(device: Device, until: Until | None, limit: int) -> list[Happening]:
    """What MDM sources said happened, at their time."""
    up_to = until(device.events.all(), "at") if until else device.events.all()
    return [
        Happening(
            at=event.at,
            sort="events",
            number=event.pk,
            title=event.get_kind_display(),
            by=str(event.source),
            detail=" ".join(_details(event)),
        )
        for event in up_to.with_enrolment().select_related("source").order_by("-at", "-pk")[:limit]
    ]


def _details(event: Any) -> Iterator[str]:
    if event.began_at:
        yield f"It ended the enrolment of {text.moment(event.began_at)}."
    if not event.is_exact:
        yield "A report of this time was the first to show it."


def custody_at_site(site: Site, until: Until | None, limit: int) -> list[Happening]:
    return _custody(CustodyEvent.objects.filter(site=site), until, limit)


def _parts(kind: str, model: type[models.Model], column: str) -> Source:
    """The changes of the rows that belong to an object, such as an approval's conditions."""

    def source(row: Any, until: Until | None, limit: int) -> list[Happening]:
        events = model._meta.get_field("changes").related_model._default_manager  # type: ignore[union-attr]
        found = told({kind: latest(events.filter(Q(**{column: row})), until, limit)})
        return [of_change(entry, f"{entry.title} {entry.subject}: {entry.action.lower()}") for entry in found]

    return source


def register_facts() -> None:
    """What fleet itself knows."""
    for model in (Device, StaffMember, Site, Approval, MdmSource):
        register(model, changes, "changes", *(["deliveries"] if model is Device else []))
    register(Device, custody_of_device, "custody")
    register(Device, mdm_events, "events")
    register(StaffMember, custody_of_person, "custody")
    register(Site, custody_at_site, "custody")
    register(Approval, _parts("conditions", Condition, "approval"), "changes")
    register(MdmSource, _parts("source-tokens", SourceToken, "source"), "changes")
