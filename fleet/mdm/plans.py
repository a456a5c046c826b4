"""What a delivery will write, gathered before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fleet.mdm.events import EventKnown, Happened
from fleet.mdm.facts import micros
from fleet.mdm.identity import Keys
from fleet.mdm.known import DeviceRow, Identifier
from fleet.mdm.pulses import Beat, beat_of, later
from fleet.mdm.records import Record, Rejection
from fleet.vocabulary import Outcome

Items = list[Record | Rejection]

# A sender's clock may be ahead by this much (five minutes); beyond it, the time of receipt stands in.
AHEAD = 5 * 60 * 1_000_000


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
    events: dict[Happened, EventKnown] = field(default_factory=dict)
    # It was applied before: it corrects what it said, and says nothing of what is there today.
    is_replay: bool = False

    @classmethod
    def of(cls, source: int, received: int, items: Items, *, is_replay: bool = False) -> Plan:
        rejected = [Outcome.REJECTED.value] * len(items)
        return cls(source, received, rejected, [None] * len(items), is_replay=is_replay)

    def reject(self, position: int, rejection: Rejection, device: int | None) -> None:
        self.problems.append({"position": position, "errors": rejection.errors})
        self.device_ids[position] = device

    def settle(self, position: int, outcome: Outcome, device: int | None) -> None:
        self.outcomes[position] = outcome.value
        self.device_ids[position] = device

    def happened(self, one: Happened, known: EventKnown) -> None:
        """Of an event that is told more than once, what is known counts."""
        before = self.events.get(one, known)
        since = max((at for at in (known.since, before.since) if at is not None), default=None)
        self.events[one] = EventKnown(known.is_exact or before.is_exact, since)

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
