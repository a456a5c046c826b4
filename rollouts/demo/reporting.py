"""What intake would have stored, had these devices' MDM pushed what it says of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from fleet.mdm.columns import columns_of
from fleet.mdm.facts import Register, facts_of
from fleet.mdm.records import Facts, digest_of
from fleet.models import MdmSource
from rollouts.demo.copying import Row
from rollouts.demo.machines import Machine

PULSE = ("last_seen", "battery_level", "battery_health", "storage_free_bytes")


def reported(machine: Machine, source: MdmSource) -> tuple[Row, Row]:
    """The device's source record and heartbeat; its row gets what the MDM says."""
    assert machine.record is not None
    said = dict(machine.record)
    pulse = {name: said.pop(name, None) for name in PULSE}
    facts = msgspec.convert(said, Facts)
    register = facts_of(facts)
    machine.row |= columns_of(register)
    return _source_record(machine, source, facts, register, pulse["last_seen"]), _heartbeat(machine, pulse)


def _source_record(
    machine: Machine, source: MdmSource, facts: Facts, register: Register, at: dt.datetime
) -> Row:
    return {
        "mdm_source_id": source.pk,
        "device_id": machine.row["id"],
        "source_id": facts.source_id,
        "observed_at": at,
        "digest": digest_of(facts),
        "facts": register,
    }


def _heartbeat(machine: Machine, pulse: dict[str, Any]) -> Row:
    at = pulse["last_seen"]
    return {
        "device_id": machine.row["id"],
        "last_seen_at": at,
        "battery_level": pulse["battery_level"],
        "battery_level_at": at,
        "battery_health": pulse["battery_health"] or "unknown",
        "battery_health_at": at,
        "storage_free_bytes": pulse["storage_free_bytes"],
        "storage_free_at": at,
    }


def sims_of(machine: Machine) -> Iterator[Row]:
    """The SIMs that its MDM reports, as rows."""
    assert machine.record is not None
    for sim in machine.record.get("sims", []):
        yield sim | {
            "organisation_id": machine.row["organisation_id"],
            "device_id": machine.row["id"],
            "observed_at": machine.record["last_seen"],
        }
