"""Writes a plan: devices, source records, heartbeats and former identifiers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from django.utils import timezone

from fleet.mdm import columns, writing
from fleet.mdm.facts import Register, moment
from fleet.mdm.heartbeats import write_beats
from fleet.mdm.known import DeviceRow, SourceRow
from fleet.mdm.plans import Plan
from fleet.mdm.sims import write_sims
from fleet.vocabulary import LifeCycle, Platform

_encode = msgspec.json.encode

# A new device's columns that no record fills.
_REGISTER = {"asset_tag": "", "life_cycle": LifeCycle.IN_STOCK.value}
_DEVICE_TYPES = (
    {"id": "bigint"}
    | dict.fromkeys(columns.NAMES, "text")
    | {
        "model_id": "bigint",
        "os_key": "bigint[]",
        "supervised": "boolean",
        "encrypted": "boolean",
        "passcode": "boolean",
        "lost_mode": "boolean",
        "enrolled_at": "timestamptz",
        "storage_total_bytes": "bigint",
        "software": "jsonb",
    }
)
_NEW_TYPES = {
    "id": "bigint",
    "organisation_id": "bigint",
    "created_at": "timestamptz",
    "asset_tag": "text",
    "life_cycle": "text",
    **{name: _DEVICE_TYPES[name] for name in columns.NAMES},
}
_FACTS_TYPES = {
    "mdm_source_id": "bigint",
    "device_id": "bigint",
    "source_id": "text",
    "observed_at": "timestamptz",
    "digest": "bigint",
    "facts": "jsonb",
    "field_times": "jsonb",
}
_FORMER_TYPES = {
    "organisation_id": "bigint",
    "device_id": "bigint",
    "kind": "text",
    "value": "text",
    "until": "timestamptz",
}
_RECORD_TYPES = {"id": "bigint", "at": "bigint", "digest": "bigint", "facts": "jsonb", "older": "jsonb"}


def write(plan: Plan, organisation: int, models: Register) -> set[int]:
    """Write the plan; the devices whose facts changed, or that were seen after a silence."""
    changed = [device for device in plan.touched.values() if _fill(device, models)]
    _create([device for device in changed if device.is_new], organisation)
    _update([device for device in changed if not device.is_new])
    _write_records(plan)
    _remember_formers(plan.touched.values(), organisation)
    write_sims(plan.touched.values(), organisation)
    return {device.pk for device in changed} | write_beats(plan.beats)


def _fill(device: DeviceRow, models: Register) -> bool:
    """Set the columns that differ from what was resolved before; whether anything did."""
    before, now = device.before, device.resolved()
    facts = now.facts if now else {}
    if before:
        facts = {name: value for name, value in facts.items() if before.facts.get(name) != value}
    if not device.is_new:
        device.claimed.update(device.weak_identifiers)
    device.columns |= columns.columns_of(facts)
    is_recognised = device.columns["model_id"] is None and _recognise(device, models)
    return bool(facts) or device.is_new or is_recognised


def _recognise(device: DeviceRow, models: Register) -> bool:
    """Fill in the model that the reported one names, and the platform that it runs; whether one was found."""
    for name in (device.columns["reported_model_id"], device.columns["reported_model"]):
        if found := models.get(name.lower()):
            device.columns["model_id"], platform = found
            if device.columns["platform"] == Platform.UNKNOWN:
                device.columns["platform"] = platform
            return True
    return False


def _create(devices: list[DeviceRow], organisation: int) -> None:
    if not devices:
        return
    now = timezone.now()
    fixed = (organisation, now, *_REGISTER.values())
    writing.copy(
        "fleet_device", _NEW_TYPES, ((device.pk, *fixed, *device.columns.values()) for device in devices)
    )


def _update(devices: list[DeviceRow]) -> None:
    if not devices:
        return
    writing.stage(
        "staged_devices", _DEVICE_TYPES, ((device.pk, *device.columns.values()) for device in devices)
    )
    sets = ", ".join(f"{name} = s.{name}" for name in columns.NAMES)
    writing.execute(f"UPDATE fleet_device d SET {sets} FROM staged_devices s WHERE d.id = s.id")


def _write_records(plan: Plan) -> None:
    rows = [(device, row) for device in plan.touched.values() for row in device.records if row.is_changed]
    _insert_records([(device, row) for device, row in rows if row.pk is None])
    _update_records(plan, [row for _, row in rows if row.pk is not None])


def _insert_records(rows: list[tuple[DeviceRow, SourceRow]]) -> None:
    if rows:
        told = (
            (row.mdm_source, device.pk, row.source_id, moment(row.observed.at), *_stored(row))
            for device, row in rows
        )
        writing.copy("fleet_sourcerecord", _FACTS_TYPES, told)


def _update_records(plan: Plan, rows: list[SourceRow]) -> None:
    """Whole where facts or their times changed; of the others only the time of the newest observation."""
    if not rows and not plan.moved:
        return
    staged: list[tuple[Any, ...]] = [(row.pk, row.observed.at, *_stored(row)) for row in rows]
    staged += [(pk, at, None, None, None) for pk, at in plan.moved.items()]
    writing.stage("staged_records", _RECORD_TYPES, staged)
    writing.execute(
        f"""UPDATE fleet_sourcerecord r
        SET observed_at = greatest(r.observed_at, {writing.AT.format("s.at")}), missing_since = NULL,
            digest = coalesce(s.digest, r.digest), facts = coalesce(s.facts, r.facts),
            field_times = coalesce(s.older, r.field_times)
        FROM staged_records s WHERE r.id = s.id"""
    )


def _stored(row: SourceRow) -> tuple[int, str, str]:
    observed = row.observed
    return observed.digest, _encode(observed.facts).decode(), _encode(observed.older).decode()


def _remember_formers(devices: Iterable[DeviceRow], organisation: int) -> None:
    """Identifiers that a device was known by and does not show, so that they still lead to it."""
    new = [
        (organisation, device.pk, kind, value, timezone.now())
        for device in devices
        for kind, value in device.claimed - device.formers - set(device.weak_identifiers)
    ]
    if new:
        writing.copy("fleet_formeridentifier", _FORMER_TYPES, new)
