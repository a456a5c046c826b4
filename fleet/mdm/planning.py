"""What a delivery changes, worked out record by record over what is known. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fleet.mdm import columns
from fleet.mdm.facts import Register, facts_of, micros
from fleet.mdm.identity import Found, Keys, find, keys_of
from fleet.mdm.known import DeviceRow, Identifier, Known, SourceRow
from fleet.mdm.pulses import Beat, beat_of, later
from fleet.mdm.records import Record, Rejected, Rejection, as_document
from fleet.mdm.registers import Observed, merge
from fleet.vocabulary import Outcome

Items = list[Record | Rejection]

# A sender's clock may be ahead by this much (five minutes); beyond it, the time of receipt stands in.
AHEAD = 5 * 60 * 1_000_000


class Quick(NamedTuple):
    """What is known of one `source_id` at a glance. `is_alone`: no other source speaks of the device."""

    record: int
    device: int
    digest: int
    at: int
    is_missing: bool
    is_alone: bool


@dataclass(slots=True)
class Held:
    """A record that names more than one device: which identifiers are contested, and who is involved."""

    contested: list[Identifier]
    keys: Keys
    devices: set[int]
    record: dict[str, Any]
    at: int


@dataclass(slots=True)
class Plan:
    """Everything that a delivery writes. `outcomes` and `device_ids` have one entry a record."""

    source: int
    received: int
    outcomes: list[str]
    device_ids: list[int | None]
    problems: list[dict[str, Any]] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)
    beats: dict[int, Beat] = field(default_factory=dict)
    touched: dict[int, DeviceRow] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)

    @classmethod
    def of(cls, source: int, received: int, items: Items) -> Plan:
        return cls(source, received, [Outcome.REJECTED.value] * len(items), [None] * len(items))

    def reject(self, position: int, rejection: Rejection, device: int | None) -> None:
        self.problems.append({"position": position, "errors": rejection.errors})
        self.device_ids[position] = device

    def settle(self, position: int, outcome: Outcome, device: int | None) -> None:
        self.outcomes[position] = outcome.value
        self.device_ids[position] = device

    def beat(self, device: int, record: Record, at: int) -> None:
        if beat := beat_of(record.pulse, at, self.received + AHEAD):
            known = self.beats.get(device)
            self.beats[device] = later(known, beat) if known else beat


def observed_at(record: Record, received: int) -> int:
    """When the sender saw the facts: as it says, else last_seen, else receipt; never far ahead of receipt."""
    when = record.pulse.observed_at or record.pulse.last_seen
    at = micros(when) if when else None
    return received if at is None or at > received + AHEAD else at


def source_id_of(item: Record | Rejection) -> str:
    given = item.source_id if isinstance(item, Rejection) else item.facts.source_id
    return given.strip() if given else ""


def take_quick(plan: Plan, items: Items, quick: dict[str, Quick]) -> list[int]:
    """Settle the records that say again what their source said before; the positions of all others.

    Such a record moves the time of its observation and the heartbeat, and nothing else has to be read for it.
    All records with one source_id go the same way, so that they are merged in one place.
    """
    slow: list[int] = []
    slow_ids: set[str] = set()
    for position, item in enumerate(items):
        source_id = source_id_of(item)
        known = quick.get(source_id)
        if isinstance(item, Rejection):
            plan.reject(position, item, known.device if known else None)
        elif known is None or not known.is_alone or known.digest != item.digest:
            slow_ids.add(source_id)
            slow.append(position)
    for position, item in enumerate(items):
        if isinstance(item, Rejection) or not (known := quick.get(source_id_of(item))):
            continue
        if known.is_alone and known.digest == item.digest:
            if source_id_of(item) in slow_ids:
                slow.append(position)
            else:
                _take(plan, position, item, known)
    return sorted(slow)


def _take(plan: Plan, position: int, item: Record, known: Quick) -> None:
    at = observed_at(item, plan.received)
    plan.settle(position, Outcome.UNCHANGED if at >= known.at else Outcome.STALE, known.device)
    if at > plan.moved.get(known.record, known.at - (not known.is_missing)):
        plan.moved[known.record] = max(at, known.at)
    plan.beat(known.device, item, at)


class Reading(NamedTuple):
    """A record that has to be merged: its normalised facts, its keys, and when it was observed."""

    position: int
    record: Record
    source_id: str
    facts: Register
    keys: Keys
    at: int


def read_all(plan: Plan, items: Items, positions: list[int], quick: dict[str, Quick]) -> list[Reading]:
    """Read the records at these positions in full; those that cannot be taken are rejected in the plan."""
    found = []
    for position in positions:
        item, source_id = items[position], source_id_of(items[position])
        try:
            assert isinstance(item, Record)
            facts = facts_of(item.facts)
        except Rejected as error:
            plan.reject(
                position, error.as_rejection(), quick[source_id].device if source_id in quick else None
            )
            continue
        at = observed_at(item, plan.received)
        found.append(Reading(position, item, source_id, facts, keys_of(source_id, facts), at))
    return found


def catch_up(plan: Plan, known: Known) -> None:
    """Registers that are merged anyway take the times of those records that went the quick way."""
    for device in known.devices.values():
        for row in device.records:
            if row.pk in plan.moved:
                row.observed.at = plan.moved.pop(row.pk)
                row.is_changed = True
                device.before = device.resolved()
                plan.touched[device.pk] = device


class Merger:
    """Takes the records that need identity and merging, in the order sent."""

    def __init__(self, plan: Plan, known: Known, new_ids: Iterator[int]) -> None:
        self.plan, self.known, self.new_ids = plan, known, new_ids

    def take_all(self, readings: list[Reading]) -> None:
        for reading in readings:
            found = find(reading.keys, self.known)
            if found.contested and not found.is_decided:
                self._hold(reading, found)
            elif found.is_ignored:
                self.plan.settle(reading.position, Outcome.CONFLICT, None)
            else:
                self.apply_to(found.device or self._create(), reading, found.contested)

    def apply_to(self, device: DeviceRow, reading: Reading, without: Iterable[Identifier] = ()) -> None:
        """Merge into the device. Where a person decided on what was contested, others keep their own."""
        if without:
            reading = self._without_others(device, reading)
        said = Observed(reading.facts, reading.at, digest=0 if without else reading.record.digest)
        outcome = self._merge(device, reading.source_id, said, reading.keys)
        self.plan.settle(reading.position, outcome, device.pk)
        self.plan.beat(device.pk, reading.record, reading.at)

    def _without_others(self, device: DeviceRow, reading: Reading) -> Reading:
        """The record without the identifiers that name other devices; it never takes the quick way again."""
        facts = dict(reading.facts)
        if device.serial and device.serial != facts.get("serial"):
            facts.pop("serial", None)
        if self._is_anothers(("hw_id", facts.get("hw_id", "")), device):
            del facts["hw_id"]
        imeis = [one for one in facts.pop("imei", ()) if not self._is_anothers(("imei", one), device)]
        if imeis:
            facts["imei"] = imeis
        source_id = "" if self._is_anothers(("source_id", reading.source_id), device) else reading.source_id
        return reading._replace(facts=facts, source_id=source_id, keys=keys_of(source_id, facts))

    def _is_anothers(self, identifier: Identifier, device: DeviceRow) -> bool:
        others = self.known.named(identifier)
        return bool(others) and device not in others

    def _create(self) -> DeviceRow:
        device = DeviceRow(next(self.new_ids), dict(columns.BLANK), is_new=True)
        self.known.add(device)
        return device

    def _merge(self, device: DeviceRow, source_id: str, said: Observed, keys: Keys) -> Outcome:
        """Merge into what this source said of the device before; what became of the record."""
        is_created = device.is_new and not device.records
        self._claim(device, keys)
        if device.pk not in self.plan.touched:
            device.before = device.resolved()
            self.plan.touched[device.pk] = device
        row = device.record_of(self.plan.source, source_id)
        if row is None:
            device.records.append(SourceRow(None, self.plan.source, source_id, said, is_changed=True))
            return Outcome.CREATED if is_created else Outcome.UPDATED
        shown = device.resolved() if len(device.records) > 1 else None
        before, row.observed = row.observed, merge(row.observed, said)
        row.is_changed |= row.observed != before
        if row.observed.facts != before.facts or (shown and shown.facts != _facts(device)):
            return Outcome.UPDATED
        return Outcome.STALE if said.at < before.at and row.observed == before else Outcome.UNCHANGED

    def _claim(self, device: DeviceRow, keys: Keys) -> None:
        """The identifiers of the record lead to this device from now on."""
        if keys.serial and bool(keys.maker) != bool(device.maker) and not device.is_new:
            device.claimed.add(("serial", keys.serial))
        if keys.serial and not device.serial:
            device.columns["serial"] = keys.serial
        device.claimed.update(identifier for identifier in keys.weak if identifier[0] != "source_id")
        self.known.name(device, keys.weak)
        if keys.serial:
            self.known.name(device, [("serial", keys.serial)])

    def _hold(self, reading: Reading, found: Found) -> None:
        """Keep the record back, with all devices that it might be."""
        devices = {device.pk for identifier in found.contested for device in self.known.named(identifier)}
        likeliest = found.device.pk if found.device else None
        devices |= {likeliest} if likeliest else set()
        self.plan.settle(reading.position, Outcome.CONFLICT, likeliest)
        document = as_document(reading.record)
        self.plan.held.append(Held(found.contested, reading.keys, devices, document, reading.at))
        for identifier in reading.keys.weak:
            self.known.claim(identifier, reading.keys.serial)


def _facts(device: DeviceRow) -> Register:
    resolved = device.resolved()
    return resolved.facts if resolved else {}
