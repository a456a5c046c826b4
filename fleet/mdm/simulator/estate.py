"""The devices of one source: those that it has reported, and those made up beside them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone

from fleet.mdm.facts import Register, moment
from fleet.mdm.simulator.inventing import Record, first_number, invent
from fleet.models import MdmSource, SourceRecord


@dataclass
class Estate:
    """What each device says now. `next_number` is that of the next device to be made up."""

    records: list[Record]
    next_number: int
    batch: int = 500
    chance: random.Random = field(default_factory=random.Random)

    @classmethod
    def of(cls, source: MdmSource, *, devices: int = 0, batch: int = 500, seed: int | None = None) -> Estate:
        """The first `devices` that the source reported (0: all), with others made up where they are few."""
        known = SourceRecord.objects.filter(mdm_source=source)
        rows = known.exclude(source_id="").order_by("pk").values_list("source_id", "facts")
        records = [as_sent(name, facts) for name, facts in (rows[:devices] if devices else rows)]
        made_up = known.filter(source_id__startswith="sim-").count()
        estate = cls(records, first_number(source.slug) + made_up, batch, random.Random(seed))
        estate.enrol(devices - len(records))
        return estate

    def batches(self) -> Iterator[list[Record]]:
        """All devices, as many at a time as a request takes; those enrolled meanwhile are for next time."""
        devices = iter(list(self.records))
        while batch := list(islice(devices, self.batch)):
            yield batch

    def enrol(self, count: int) -> list[Record]:
        """That many devices more."""
        now = timezone.now()
        new = [invent(self.next_number + number, seen=now) for number in range(count)]
        self.next_number += len(new)
        self.records += new
        return new

    def forget(self, gone: list[Record]) -> None:
        """These say nothing any more."""
        names = {record["source_id"] for record in gone}
        self.records = [record for record in self.records if record["source_id"] not in names]


def as_sent(source_id: str, facts: Register) -> Record:
    """The record that a register's facts came by."""
    record = {"source_id": source_id, **facts}
    if "enrolled_at" in facts:
        record["enrolled_at"] = moment(facts["enrolled_at"]).isoformat()
    return record
