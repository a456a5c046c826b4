"""Reads what the register knows of a delivery's devices: a fixed number of queries, whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from django.db import connection

from fleet.mdm import columns, writing
from fleet.mdm.facts import Register
from fleet.mdm.known import Decision, DeviceRow, Identifier, Known, SourceRow
from fleet.mdm.ranks import of_organisation
from fleet.mdm.readings import Reading
from fleet.mdm.registers import Observed
from fleet.mdm.repeats import Quick

_decode = msgspec.json.decode
_MICROS = "(extract(epoch from {0}) * 1000000)::bigint"

_QUICK = f"""
    SELECT r.source_id, r.id, r.device_id, r.digest, {_MICROS.format("r.observed_at")},
        NOT EXISTS (SELECT FROM fleet_sourcerecord o WHERE o.device_id = r.device_id AND o.id <> r.id)
    FROM fleet_sourcerecord r
    WHERE r.mdm_source_id = %s AND r.source_id = ANY(%s::text[]) AND r.source_id <> ''
"""

# Each branch repeats the condition of its partial index, so that the index can answer it. `+ 0` hides the
# organisation from the planner, which would walk an index of all of its devices as well: a load would get
# slower with each delivery.
_NAMED = """
    SELECT 'serial', serial, id FROM fleet_device
        WHERE organisation_id + 0 = %(organisation)s AND serial = ANY(%(serial)s::text[]) AND serial <> ''
    UNION ALL SELECT 'hw_id', hw_id, id FROM fleet_device
        WHERE organisation_id + 0 = %(organisation)s AND hw_id = ANY(%(hw_id)s::text[]) AND hw_id <> ''
    UNION ALL SELECT 'imei', imei, id FROM fleet_device
        WHERE organisation_id + 0 = %(organisation)s AND imei = ANY(%(imei)s::text[]) AND imei <> ''
    UNION ALL SELECT 'imei', imei2, id FROM fleet_device
        WHERE organisation_id + 0 = %(organisation)s AND imei2 = ANY(%(imei)s::text[]) AND imei2 <> ''
    UNION ALL SELECT kind, value, device_id FROM fleet_formeridentifier
        WHERE organisation_id = %(organisation)s AND (
            kind = 'serial' AND value = ANY(%(serial)s::text[])
            OR kind = 'hw_id' AND value = ANY(%(hw_id)s::text[])
            OR kind = 'imei' AND value = ANY(%(imei)s::text[]))
"""

# Most organisations have no claims: then nothing is looked up for each value.
_CLAIMS = """
    SELECT kind, value, serial, device_id, is_ignored FROM fleet_identityclaim
    WHERE organisation_id = %(organisation)s AND value = ANY(%(values)s::text[])
        AND (source_id IS NULL OR source_id = %(source)s)
        AND EXISTS (SELECT FROM fleet_identityclaim WHERE organisation_id = %(organisation)s)
"""

_DEVICES = f"""
    SELECT d.id, coalesce(m.manufacturer, ''),
        {", ".join(f"d.{name}" for name in columns.READ)}
    FROM fleet_device d LEFT JOIN fleet_devicemodel m ON m.id = d.model_id
    WHERE d.id = ANY(%s::bigint[])
"""

_RECORDS = f"""
    SELECT id, mdm_source_id, device_id, source_id, facts, {_MICROS.format("observed_at")}, field_times,
        digest, missing_since IS NOT NULL
    FROM fleet_sourcerecord WHERE device_id = ANY(%s::bigint[])
"""

_FORMERS = "SELECT device_id, kind, value FROM fleet_formeridentifier WHERE device_id = ANY(%s::bigint[])"

# The sequence is looked up once, not for each key.
_RESERVE = """
    SELECT nextval(keys) FROM generate_series(1, %s),
        (SELECT pg_get_serial_sequence('fleet_device', 'id')::regclass AS keys OFFSET 0)
"""


def rows_of(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def quick_of(source: int, source_ids: Iterable[str]) -> dict[str, Quick]:
    """What is known at a glance of these ids of one source."""
    ids = list({one for one in source_ids if one})
    return {row[0]: Quick(*row[1:]) for row in rows_of(_QUICK, [source, writing.array(ids)])} if ids else {}


def known_of(
    organisation: int,
    source: int,
    quick: dict[str, Quick],
    readings: list[Reading],
    also: Iterable[int] = (),
) -> Known:
    """All devices that these records may name, and `also`, with what every source says of them."""
    known = Known()
    first = {quick[one.source_id].device for one in readings if one.source_id in quick} | set(also)
    _add_devices(known, first)
    open_ones = [one for one in readings if not _settle(known, one, source, quick)]
    wanted = _wanted(open_ones)
    named = _named(organisation, quick, wanted)
    _read_claims(known, organisation, source, wanted)
    decided = {claim.device for claims in known.claims.values() for claim in claims.values() if claim.device}
    _add_devices(known, ({pk for _, pk in named} | decided) - first)
    for identifier, pk in named:
        known.name(known.devices[pk], [identifier])
    others = (row for device in known.devices.values() for row in device.records if row.mdm_source != source)
    if any(others):
        _rank(known, organisation)
    return known


def devices_of(organisation: int, ids: Iterable[int]) -> list[DeviceRow]:
    """These devices with what every source says of them, to be resolved by the organisation's ranks."""
    known = Known()
    _add_devices(known, set(ids))
    _rank(known, organisation)
    return list(known.devices.values())


def _rank(known: Known, organisation: int) -> None:
    """Devices of which one source speaks have no need of it, so it is read only beside others."""
    ranks = of_organisation(organisation)
    for device in known.devices.values():
        device.ranks = ranks


def _settle(known: Known, one: Reading, source: int, quick: dict[str, Quick]) -> bool:
    """Whether the device is the one that the source's id named before, as no other identifier has changed."""
    if one.source_id not in quick:
        return False
    device = known.devices[quick[one.source_id].device]
    row = device.record_of(source, one.source_id)
    if row is None or not one.repeats_keys_of(row.observed.facts):
        return False
    known.settled[one.position] = device
    return True


def _wanted(readings: list[Reading]) -> dict[str, set[str]]:
    """The identifiers to look for, by kind."""
    wanted: dict[str, set[str]] = {"serial": set(), "source_id": set(), "hw_id": set(), "imei": set()}
    for one in readings:
        wanted["serial"].add(one.keys.serial)
        for kind, value in one.keys.weak:
            wanted[kind].add(value)
    return wanted


def reserve_ids(count: int) -> Iterator[int]:
    """Keys for devices that may be created; those not used are simply skipped."""
    return iter([row[0] for row in rows_of(_RESERVE, [count])] if count else ())


def _named(
    organisation: int, quick: dict[str, Quick], wanted: dict[str, set[str]]
) -> list[tuple[Identifier, int]]:
    params: dict[str, Any] = {kind: writing.array(values - {""}) for kind, values in wanted.items()}
    found = [
        ((kind, value), pk) for kind, value, pk in rows_of(_NAMED, params | {"organisation": organisation})
    ]
    found += [(("source_id", one), quick[one].device) for one in wanted["source_id"] if one in quick]
    return found


def _read_claims(known: Known, organisation: int, source: int, wanted: dict[str, set[str]]) -> None:
    values = writing.array(set[str]().union(*wanted.values()))
    params = {"organisation": organisation, "values": values, "source": source}
    for kind, value, serial, device, is_ignored in rows_of(_CLAIMS, params):
        known.claims[kind, value][serial] = Decision(device, is_ignored)


def _add_devices(known: Known, ids: set[int]) -> None:
    if not ids:
        return
    array = writing.array(sorted(ids))
    found = {
        pk: DeviceRow(pk, dict(zip(columns.READ, values, strict=True)), model_maker)
        for pk, model_maker, *values in rows_of(_DEVICES, [array])
    }
    for pk, source, device, source_id, facts, at, older, digest, is_missing in rows_of(_RECORDS, [array]):
        observed = Observed(_decode(facts), at, _decode(older), digest)
        found[device].records.append(SourceRow(pk, source, source_id, observed, is_missing=is_missing))
    for device, kind, value in rows_of(_FORMERS, [array]):
        found[device].formers.add((kind, value))
    for one in found.values():
        known.add(one)


def models_of(organisation: int) -> Register:
    """The organisation's device models by what an MDM calls them, in lower case: id and platform."""
    rows = rows_of(
        "SELECT lower(identifier), lower(name), id, platform FROM fleet_devicemodel "
        "WHERE organisation_id = %s",
        [organisation],
    )
    by_name = {name: (pk, platform) for _, name, pk, platform in rows}
    return by_name | {identifier: (pk, platform) for identifier, _, pk, platform in rows if identifier}
