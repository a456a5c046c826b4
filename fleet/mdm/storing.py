"""Writes a plan: devices, source records, heartbeats and former identifiers."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.utils import timezone

from fleet.mdm import columns, writing
from fleet.mdm.facts import Register, moment
from fleet.mdm.heartbeats import write_beats
from fleet.mdm.known import DeviceRow, SourceRow
from fleet.mdm.plans import Plan
from fleet.mdm.sims import write_sims
from fleet.mdm.winning import TOLD_TOGETHER
from fleet.vocabulary import LifeCycle, Outcome, Platform

_encode = msgspec.json.encode

# A new device's columns that no record fills.
_REGISTER = {"asset_tag": "", "life_cycle": LifeCycle.IN_STOCK.value}
DEVICE_TYPES = (
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
_NEW = ("id", "organisation_id", "created_at", *_REGISTER, *columns.NAMES)
_RECORD = ("mdm_source_id", "device_id", "source_id", "observed_at", "digest", "facts", "field_times")
_FORMER = ("organisation_id", "device_id", "kind", "value", "until")
_RECORD_TYPES = {"id": "bigint", "at": "bigint", "digest": "bigint", "facts": "jsonb", "older": "jsonb"}
_OBSERVED = f"observed_at = greatest(r.observed_at, {writing.AT.format('s.at')})"
_REPLACE = f"""
    UPDATE fleet_sourcerecord r
    SET {_OBSERVED}, digest = s.digest, facts = s.facts, field_times = s.older
    FROM staged_records s WHERE r.id = s.id
"""
_MOVE = f"""
    UPDATE fleet_sourcerecord r SET {_OBSERVED}
    FROM unnest(%s::bigint[], %s::bigint[]) AS s (id, at) WHERE r.id = s.id
"""
# Whatever id the device came under before: a source that enrols it again gives it a new one.
_FIND = """
    UPDATE fleet_sourcerecord SET missing_since = NULL
    WHERE mdm_source_id = %s AND missing_since IS NOT NULL AND device_id = ANY(%s::bigint[])
"""
_THERE = frozenset({Outcome.CREATED.value, Outcome.UPDATED.value, Outcome.UNCHANGED.value})


def write(plan: Plan, organisation: int, models: Register) -> set[int]:
    """Write the plan; the devices whose facts changed, or that were seen after a silence."""
    changed = [device for device in plan.touched.values() if _fill(device, models)]
    new = {device.pk for device in changed if device.is_new}
    _create([device for device in changed if device.pk in new], organisation)
    _update([device for device in changed if device.pk not in new])
    _write_records(plan)
    if not plan.is_replay:
        _find_again(plan)
    _remember_formers(plan.touched.values(), organisation)
    write_sims(plan.touched.values(), organisation)
    return {device.pk for device in changed} | write_beats(plan.beats, new)


def _fill(device: DeviceRow, models: Register) -> bool:
    """Set the columns that differ from what was resolved before; whether anything did."""
    before, now = device.before, device.resolved()
    facts = now.facts if now else {}
    gone = TOLD_TOGETHER & (before.facts.keys() - facts.keys()) if before else frozenset[str]()
    if before:
        facts = {name: value for name, value in facts.items() if before.facts.get(name) != value}
    if not device.is_new:
        device.claimed.update(device.weak_identifiers)
    device.fill(columns.blank_of(gone) | columns.columns_of(facts))
    is_recognised = device.columns["model_id"] is None and _recognise(device, models)
    return bool(facts or gone) or device.is_new or is_recognised


def _recognise(device: DeviceRow, models: Register) -> bool:
    """Fill in the model that the reported one names, and the platform that it runs; whether one was found."""
    for name in (device.columns["reported_model_id"], device.columns["reported_model"]):
        if found := models.get(name.lower()):
            model, platform = found
            device.fill({"model_id": model})
            if device.columns["platform"] == Platform.UNKNOWN:
                device.fill({"platform": platform})
            return True
    return False


def _create(devices: list[DeviceRow], organisation: int) -> None:
    if not devices:
        return
    now = timezone.now()
    fixed = (organisation, now, *_REGISTER.values())
    writing.copy("fleet_device", _NEW, ((device.pk, *fixed, *device.columns.values()) for device in devices))


def _update(devices: list[DeviceRow]) -> None:
    """Only the columns that a device changes: what is told is never NULL, so NULL leaves one as it is."""
    names = sorted(set[str]().union(*(device.changed for device in devices)))
    if not names:
        return
    types = {name: DEVICE_TYPES[name] for name in ("id", *names)}
    rows = [(device.pk, *map(device.changed.get, names)) for device in devices]
    writing.stage("staged_devices", types, rows)
    sets = ", ".join(f"{name} = coalesce(s.{name}, d.{name})" for name in names)
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
        writing.copy("fleet_sourcerecord", _RECORD, told)


def _update_records(plan: Plan, rows: list[SourceRow]) -> None:
    """Whole where facts or their times changed; of the others only the time of the newest observation."""
    if rows:
        staged = ((row.pk, row.observed.at, *_stored(row)) for row in rows)
        writing.stage("staged_records", _RECORD_TYPES, staged)
        writing.execute(_REPLACE)
    if plan.moved:
        arrays = [writing.numbers(plan.moved), writing.numbers(plan.moved.values())]
        writing.execute(_MOVE, arrays)


def _find_again(plan: Plan) -> None:
    """What the source reports is not missing from it."""
    there = {
        device for outcome, device in zip(plan.outcomes, plan.device_ids, strict=True) if outcome in _THERE
    }
    writing.execute(_FIND, [plan.source, writing.numbers(there)])


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
        writing.copy("fleet_formeridentifier", _FORMER, new)
