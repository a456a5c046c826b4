"""What happened to a device and when: told as an event, or noticed where a report differs from the last.

An event is kept whatever becomes of its record, so that the events are the same in whatever order the
records come. What reports show depends on when the source looked: a report that comes late changes nothing
and shows nothing. Times in microseconds since 1970.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import NamedTuple

from fleet.mdm import writing
from fleet.mdm.facts import Register
from fleet.vocabulary import DeviceEventKind

_KINDS: dict[str, dict[object, DeviceEventKind]] = {
    "enrolment": {
        "enrolled": DeviceEventKind.ENROLLED,
        "unenrolled": DeviceEventKind.UNENROLLED,
    },
    "wipe": {
        "issued": DeviceEventKind.WIPE_ISSUED,
        "confirmed": DeviceEventKind.WIPE_CONFIRMED,
    },
    "lost": {
        True: DeviceEventKind.LOST_ON,
        False: DeviceEventKind.LOST_OFF,
    },
    "ownership": {
        "organisation": DeviceEventKind.MADE_OURS,
        "personal": DeviceEventKind.MADE_PERSONAL,
    },
}
# An event tells of these; of the others where it tells of none of them, as they describe the device else.
_OCCASIONS = ("enrolment", "wipe")
_STATES = ("lost", "ownership")
# What is so from the beginning is news of no change.
_USUAL = frozenset({DeviceEventKind.LOST_OFF, DeviceEventKind.MADE_OURS, DeviceEventKind.MADE_PERSONAL})


class Happened(NamedTuple):
    """One event of a device, of the source whose delivery is applied."""

    device: int
    kind: DeviceEventKind
    at: int


class EventKnown(NamedTuple):
    """What is known of an event: whether its time is exact, and when the enrolment began that it ended."""

    is_exact: bool
    since: int | None = None


def ended_since(kind: DeviceEventKind, said: Register, at: int) -> int | None:
    """When the enrolment began that an event at `at` ended, as its own record says; None for other events."""
    since: int | None = said.get("enrolled_at")
    return since if kind == DeviceEventKind.UNENROLLED and since is not None and since <= at else None


def told_by(facts: Register, at: int) -> Iterator[tuple[DeviceEventKind, int]]:
    """What an event with these facts tells of, and when that was; `at` is the event's own time."""
    for kind in _told(facts, _OCCASIONS) or _told(facts, _STATES):
        yield kind, _since(facts, at) if kind == DeviceEventKind.ENROLLED else at


def _told(facts: Register, fields: tuple[str, ...]) -> list[DeviceEventKind]:
    return [_KINDS[field][facts[field]] for field in fields if facts.get(field) in _KINDS[field]]


def _since(facts: Register, at: int) -> int:
    """When the device was enrolled, as the source says; else when it was seen to be."""
    since: int = facts.get("enrolled_at", at)
    return min(since, at)


def noticed(before: Register, now: Register, at: int) -> Iterator[tuple[DeviceEventKind, int, bool]]:
    """What a record observed at `at` changed of what its source says: kind, when, whether that is exact."""
    for field, kinds in _KINDS.items():
        kind = kinds.get(now.get(field))
        if kind is None or (field not in before and kind in _USUAL):
            continue
        if kind == DeviceEventKind.ENROLLED and _is_new_enrolment(before, now):
            since = _since(now, at)
            yield kind, since, since == now.get("enrolled_at")
        elif now[field] != before.get(field):
            yield kind, at, False


def _is_new_enrolment(before: Register, now: Register) -> bool:
    """Whether the source gives another time of enrolment than before, or gives one for a new enrolment."""
    if now.get("enrolled_at") == before.get("enrolled_at"):
        return False
    return "enrolled_at" in before or before.get("enrolment") != now["enrolment"]


_WRITE = f"""
    INSERT INTO fleet_deviceevent
        (device_id, source_id, kind, at, is_exact, enrolled_at, delivery_id, recorded_at)
    SELECT device, %s, kind, {writing.AT.format("at")}, is_exact, {writing.AT.format("since")}, %s, now()
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::boolean[], %s::bigint[])
        AS s (device, kind, at, is_exact, since)
    ON CONFLICT (device_id, at, source_id, kind) DO NOTHING
"""


def write(events: dict[Happened, EventKnown], *, source: int, delivery: uuid.UUID | None) -> None:
    """Add the events that are not known yet."""
    if not events:
        return
    devices, kinds, times = zip(*sorted(events), strict=True)
    known = [events[one] for one in sorted(events)]
    arrays = [
        writing.numbers(devices),
        writing.array([str(kind.value) for kind in kinds]),
        writing.numbers(times),
        writing.array(["true" if one.is_exact else "false" for one in known]),
        writing.numbers(one.since for one in known),
    ]
    writing.execute(_WRITE, [source, delivery, *arrays])
