"""Finds the device of each record and merges it into that, over what is known. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fleet.mdm import columns, events
from fleet.mdm.events import EventKnown, Happened
from fleet.mdm.facts import Register
from fleet.mdm.identity import Found, Keys, find, keys_of
from fleet.mdm.known import DeviceRow, Identifier, Known, SourceRow
from fleet.mdm.plans import Held, Plan
from fleet.mdm.readings import Reading
from fleet.mdm.records import Rejected, as_document
from fleet.mdm.registers import Observed, merge
from fleet.vocabulary import Outcome


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
            if settled := self.known.settled.get(reading.position):
                self._merge_into(settled, reading)
                continue
            found = find(reading.keys, self.known)
            if found.contested and not found.is_decided:
                self._hold(reading, found)
            elif found.is_ignored:
                self.plan.settle(reading.position, Outcome.CONFLICT, None)
            elif found.device is None and not reading.record.creates:
                self._refuse(reading)
            else:
                self.apply_to(found.device or self.create(), reading, found.contested)

    def apply_to(self, device: DeviceRow, reading: Reading, without: Iterable[Identifier] = ()) -> None:
        """Merge into the device. Where a person decided on what was contested, others keep their own."""
        if without:
            reading = self._without_others(device, reading)
        self._claim(device, reading.keys)
        self._merge_into(device, reading, is_decided=bool(without))

    def _refuse(self, reading: Reading) -> None:
        """It tells of a device that nobody knows, and too little to begin one."""
        message = "No device is known by what this names. Replay the delivery once the device is known."
        unknown = Rejected("", "unknown_device", message)
        self.plan.reject(reading.position, unknown.as_rejection(reading.source_id), None)

    def _merge_into(self, device: DeviceRow, reading: Reading, *, is_decided: bool = False) -> None:
        """What a person decided never takes the quick way, which would skip the decision: its digest is 0."""
        said = Observed(reading.facts, reading.at, digest=0 if is_decided else reading.record.digest)
        outcome = self._merge(device, reading.source_id, said, is_event=reading.record.is_event)
        self.plan.settle(reading.position, outcome, device.pk)
        self.plan.beat(device.pk, reading.record, reading.at)

    def _without_others(self, device: DeviceRow, reading: Reading) -> Reading:
        """The record without the identifiers that name other devices."""
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

    def create(self) -> DeviceRow:
        device = DeviceRow(next(self.new_ids), dict(columns.BLANK), is_new=True)
        self.known.add(device)
        return device

    def _merge(self, device: DeviceRow, source_id: str, said: Observed, *, is_event: bool) -> Outcome:
        """Merge into what this source said of the device before; what became of the record."""
        is_created = device.is_new and not device.records
        if device.pk not in self.plan.touched:
            device.before = device.resolved()
            self.plan.touched[device.pk] = device
        row = device.record_of(self.plan.source, source_id)
        if row is None:
            device.records.append(SourceRow(None, self.plan.source, source_id, said, is_changed=True))
            device.found_by(self.plan.source)
            self._note_events(device, {}, said.facts, said, is_event=is_event)
            return Outcome.CREATED if is_created else Outcome.UPDATED
        shown = device.resolved() if len(device.records) > 1 else None
        before, row.observed = row.observed, merge(row.observed, said, corrects=self.plan.is_replay)
        row.is_changed |= row.observed != before
        self._note_events(device, before.facts, row.observed.facts, said, is_event=is_event)
        is_stale = said.at < before.at and row.observed == before
        if not is_stale and not self.plan.is_replay:
            device.found_by(self.plan.source)
        if row.observed.facts != before.facts or (shown and shown.facts != _facts(device)):
            return Outcome.UPDATED
        return Outcome.STALE if is_stale else Outcome.UNCHANGED

    def _note_events(
        self, device: DeviceRow, before: Register, now: Register, said: Observed, *, is_event: bool
    ) -> None:
        """What the record tells of as an event, and what else it changed of what its source says."""
        told = list(events.told_by(said.facts, said.at)) if is_event else []
        seen = [(kind, at, True) for kind, at in told]
        kinds = {kind for kind, _ in told}
        seen += [one for one in events.noticed(before, now, said.at) if one[0] not in kinds]
        for kind, at, is_exact in seen:
            known = EventKnown(is_exact, events.ended_since(kind, said.facts, at))
            self.plan.happened(Happened(device.pk, kind, at), known)

    def _claim(self, device: DeviceRow, keys: Keys) -> None:
        """The identifiers of the record lead to this device from now on."""
        if keys.serial and bool(keys.maker) != bool(device.maker) and not device.is_new:
            device.claimed.add(("serial", keys.serial))
        if keys.serial and not device.serial:
            device.fill({"serial": keys.serial})
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
