"""Pushing in tests: through the same door as HTTP and the worker, and the fleet that comes of it."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from fleet.mdm import applying, ledger
from fleet.mdm.adapters.documents import JSON
from fleet.mdm.bodies import Body
from fleet.mdm.receiving import Sync, receive
from fleet.models import Delivery, Device, IdentityConflict, MdmSource, Organisation

_keys = count()

# IMEIs with a right check digit.
IMEIS = ("490154203237518", "356938035643809", "352099001761481")


def push(source: MdmSource, *records: dict[str, Any], sync: Sync | None = None) -> Delivery:
    """Take the records in and apply them; each call is a delivery of its own."""
    delivery = store(source, *records, sync=sync)
    assert applying.apply_delivery(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def store(source: MdmSource, *records: dict[str, Any], sync: Sync | None = None) -> Delivery:
    body = Body(json.dumps({"devices": records}).encode(), JSON)
    return receive(source=source, body=body, key=f"key {next(_keys)}", sync=sync).delivery


def outcomes(delivery: Delivery) -> list[str]:
    return [line.outcome.label for line in ledger.lines_at(delivery, range(len(delivery.outcomes)))]


_OURS = {"_state", "id", "organisation_id", "created_at"}


def fleet_of(organisation: Organisation) -> list[Any]:
    """Everything known of the devices, without keys and times that come from when it was written."""
    devices = Device.objects.filter(organisation=organisation).prefetch_related(
        "sims", "former_identifiers", "source_records", "heartbeat"
    )
    return sorted((_as_told(device) for device in devices), key=repr)


def _as_told(device: Device) -> dict[str, Any]:
    beat = getattr(device, "heartbeat", None)
    return {
        "columns": {
            name: value for name, value in vars(device).items() if name[0] != "_" and name not in _OURS
        },
        "heartbeat": {n: v for n, v in vars(beat).items() if n not in {"_state", "device_id"}}
        if beat
        else None,
        "sims": sorted((sim.iccid, sim.msisdn, sim.carrier) for sim in device.sims.all()),
        "formers": sorted((one.kind, one.value) for one in device.former_identifiers.all()),
        "records": sorted(
            (one.source_id, one.observed_at, repr(sorted(one.facts.items())), sorted(one.field_times.items()))
            for one in device.source_records.all()
        ),
    }


def open_conflicts(organisation: Organisation) -> set[tuple[str, str]]:
    rows = IdentityConflict.objects.open().filter(organisation=organisation)
    return set(rows.values_list("kind", "value"))
