"""What happens to an estate, a batch of devices at a time; each gives the requests that tell of it.

Records are changed in place, so that what a device says next follows from what it said before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.utils import timezone

from fleet.mdm.simulator.estate import Estate
from fleet.mdm.simulator.inventing import Record
from fleet.mdm.simulator.parcels import Parcel, pack, parcel_of

Happening = Callable[[Estate, list[Record]], Iterator[Parcel]]

LATE = timedelta(days=2)
# One in so many devices of a batch, at least one.
_UPDATED, _ENROLLED, _LOST = 10, 50, 200


def checkins(estate: Estate, batch: list[Record]) -> Iterator[Parcel]:
    """Every device says that it is there; nothing else changed."""
    yield pack([_check_in(estate, record) for record in batch], gzipped=True)


def updates(estate: Estate, batch: list[Record]) -> Iterator[Parcel]:
    """Some devices come back with a newer operating system."""
    for record in _some(estate, batch, _UPDATED):
        record["os_version"] = next_version(record.get("os_version", "1.0"))
    yield from checkins(estate, batch)


def enrolments(estate: Estate, batch: list[Record]) -> Iterator[Parcel]:
    """New devices: first they wait, then they are enrolled."""
    new = estate.enrol(max(1, len(batch) // _ENROLLED))
    yield pack([record | {"enrolment": "pending", "compliance": None} for record in new])
    yield pack([_check_in(estate, record) for record in new])


def losses(estate: Estate, batch: list[Record]) -> Iterator[Parcel]:
    """Some devices are lost: locked, then wiped, then heard of no more."""
    lost = _some(estate, batch, _LOST)
    yield pack([_check_in(estate, record | {"lost": True}) for record in lost])
    gone = {"lost": True, "wipe": "issued", "enrolment": "unenrolled"}
    yield pack([_check_in(estate, record | gone) for record in lost])
    estate.forget(lost)


def duplicates(estate: Estate, batch: list[Record]) -> Iterator[Parcel]:
    """Each device twice in one request, and the request twice."""
    parcel = pack([_check_in(estate, record) for record in batch for _ in range(2)], ndjson=True)
    yield parcel
    yield parcel


def late(estate: Estate, batch: list[Record]) -> Iterator[Parcel]:
    """What devices said two days ago comes after what they say now, in no order."""
    yield from updates(estate, batch)
    seen = (timezone.now() - LATE).isoformat()
    old = [record | {"last_seen": seen, "os_version": "1.0"} for record in batch]
    estate.chance.shuffle(old)
    yield pack(old, ndjson=True, gzipped=True)


def broken(estate: Estate, batch: list[Record]) -> Iterator[Parcel]:
    """Records that cannot be taken beside those that can, and a body that breaks off in the middle."""
    sound = pack([_check_in(estate, record) for record in batch], ndjson=True).body
    lines = [
        json.dumps({"os_version": "18.1"}),
        json.dumps({"source_id": "broken-battery", "battery_level": 250}),
        json.dumps({"source_id": "broken-imei", "imei": ["490154203237510"]}),
        '{"source_id": "broken-line", ',
    ]
    yield parcel_of(b"\n".join([*(line.encode() for line in lines), sound]), len(batch) + 4, ndjson=True)
    yield parcel_of(b'{"devices": [' + sound[: len(sound) // 2], 0)


def next_version(version: str) -> str:
    """The last number one up: `18.1` → `18.2`."""
    head, dot, last = version.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdecimal() else f"{version}.1"


def _check_in(estate: Estate, record: Record) -> Record:
    record["last_seen"] = timezone.now().isoformat()
    record["battery_level"] = estate.chance.randrange(5, 101)
    return record


def _some(estate: Estate, batch: list[Record], one_in: int) -> list[Record]:
    return estate.chance.sample(batch, max(1, len(batch) // one_in))
