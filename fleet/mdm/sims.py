"""SIMs as devices report them: each is in the device that reported it last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fleet.mdm import writing
from fleet.mdm.facts import moment
from fleet.mdm.known import DeviceRow

_TYPES = {
    "device_id": "bigint",
    "iccid": "text",
    "msisdn": "text",
    "eid": "text",
    "carrier": "text",
    "at": "timestamptz",
}

# A SIM that a device no longer reports is in no device, unless another has reported it since.
_DETACH = """
    UPDATE fleet_sim SET device_id = NULL, observed_at = t.at
    FROM staged_trays t
    WHERE fleet_sim.device_id = t.device_id AND fleet_sim.iccid <> ALL(t.iccids)
        AND coalesce(fleet_sim.observed_at <= t.at, true)
"""

# What was known of a SIM stays where the newest report does not tell it.
_ATTACH = """
    INSERT INTO fleet_sim AS known (organisation_id, device_id, iccid, msisdn, eid, carrier, observed_at)
    SELECT DISTINCT ON (iccid) %s, device_id, iccid, msisdn, eid, carrier, at
    FROM staged_sims ORDER BY iccid, at DESC, msisdn DESC, eid DESC, carrier DESC, device_id
    ON CONFLICT (organisation_id, iccid) DO UPDATE SET
        device_id = excluded.device_id, observed_at = excluded.observed_at,
        msisdn = coalesce(nullif(excluded.msisdn, ''), known.msisdn),
        eid = coalesce(nullif(excluded.eid, ''), known.eid),
        carrier = coalesce(nullif(excluded.carrier, ''), known.carrier)
    WHERE known.observed_at IS NULL OR known.observed_at <= excluded.observed_at
"""


def write_sims(devices: Iterable[DeviceRow], organisation: int) -> None:
    """Of the devices whose reported SIMs changed, take out those gone and put in those told."""
    trays, sims = [], []
    for device in devices:
        now = device.resolved()
        known = device.before.facts.get("sims") if device.before else None
        if now is None or now.facts.get("sims") in (None, known):
            continue
        at = moment(now.time_of("sims"))
        told = now.facts["sims"]
        trays.append((device.pk, f"{{{','.join(sim['iccid'] for sim in told)}}}", at))
        sims += [_row(device, sim, at) for sim in told]
    if trays:
        writing.stage("staged_trays", {"device_id": "bigint", "iccids": "text[]", "at": "timestamptz"}, trays)
        writing.execute(_DETACH)
    if sims:
        writing.stage("staged_sims", _TYPES, sims)
        writing.execute(_ATTACH, [organisation])


def _row(device: DeviceRow, sim: dict[str, str], at: Any) -> tuple[Any, ...]:
    return (device.pk, sim["iccid"], sim["msisdn"], sim["eid"], sim["carrier"], at)
