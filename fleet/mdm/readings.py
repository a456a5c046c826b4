"""Records read in full: normalised facts and keys. Pure, so it is done before a worker waits its turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from fleet.mdm.facts import Register, facts_of
from fleet.mdm.identity import Keys, keys_of
from fleet.mdm.plans import Items, Plan, observed_at, source_id_of
from fleet.mdm.records import Record, Rejected, Rejection
from fleet.mdm.repeats import Quick


class Reading(NamedTuple):
    """A record that has to be merged: its normalised facts, its keys, and when it was observed."""

    position: int
    record: Record
    source_id: str
    facts: Register
    keys: Keys
    at: int

    @classmethod
    def of(cls, position: int, record: Record, at: int) -> Reading:
        """Raises Rejected where a value cannot be taken."""
        source_id, facts = source_id_of(record), facts_of(record.facts)
        keys = keys_of(source_id, facts, record.previous)
        return cls(position, record, source_id, facts, keys, at)

    def repeats_keys_of(self, known: Register) -> bool:
        """Whether it names its device by nothing but what these facts name it by."""
        serial, hw_id = self.facts.get("serial"), self.facts.get("hw_id")
        return (
            serial in {None, known.get("serial")}
            and hw_id in {None, known.get("hw_id")}
            and self.facts.get("imei", ()) in ((), known.get("imei"))
        )


class Reader:
    """Reads each record of a delivery once, however often it is asked for."""

    def __init__(self, items: Items, received: int) -> None:
        self.items, self.received = items, received
        self._read: dict[int, Reading | Rejection] = {}

    def read(self, position: int) -> Reading | Rejection:
        if position not in self._read:
            self._read[position] = self._read_now(position)
        return self._read[position]

    def _read_now(self, position: int) -> Reading | Rejection:
        item = self.items[position]
        if isinstance(item, Rejection):
            return item
        try:
            return Reading.of(position, item, observed_at(item, self.received))
        except Rejected as error:
            return error.as_rejection(item.facts.source_id)

    def readings(self, plan: Plan, positions: Iterable[int], quick: dict[str, Quick]) -> list[Reading]:
        """The readings at these positions; what cannot be taken is rejected in the plan."""
        found = []
        for position in positions:
            read = self.read(position)
            if isinstance(read, Reading):
                found.append(read)
            else:
                known = quick.get(read.source_id.strip())
                plan.reject(position, read, known.device if known else None)
        return found
