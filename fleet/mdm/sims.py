"""SIMs as devices report them: each is in the device that reported it last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fleet.mdm import writing
from fleet.mdm.facts import moment
from fleet.mdm.known import DeviceRow
from fleet.mdm.lines import follow_reported

_TYPES = {
    "device_id": "bigint",
    "iccid": "text",
    "msisdn": "text",
    "eid": "text",
    "carrier": "text",
    "at": "timestamptz",
    "named": "text",
}

# A SIM that a device no longer reports is in no device, unless another has reported it since.
_DETACH = """
    UPDATE fleet_sim SET device_id = NULL, observed_at = t.at
    FROM staged_trays t
    WHERE fleet_sim.device_id = t.device_id AND fleet_sim.iccid <> ALL(t.iccids)
        AND coalesce(fleet_sim.observed_at <= t.at, true)
"""


# What was known of a SIM stays where the newest report does not tell it. Of two devices that report it at one
# time the one with the greater identifiers has it, so that it does not depend on who was first.
def _newest(name: str, condition: str = "") -> str:
    """The value of the newest report in a group, of those that meet the condition."""
    among = f" FILTER (WHERE {condition})" if condition else ""
    return f"(array_agg({name} ORDER BY at DESC, named DESC){among})[1]"


def _told(name: str) -> str:
    newest = _newest(name, f"{name} <> ''")
    return f"coalesce({newest}, '')"


_ATTACH = f"""
    INSERT INTO fleet_sim AS known (organisation_id, iccid, device_id, observed_at, msisdn, eid, carrier)
    SELECT %s, iccid, {_newest("device_id")}, max(at),
        {_told("msisdn")}, {_told("eid")}, {_told("carrier")}
    FROM staged_sims GROUP BY iccid ORDER BY iccid
    ON CONFLICT (organisation_id, iccid) DO UPDATE SET
        device_id = excluded.device_id, observed_at = excluded.observed_at,
        msisdn = coalesce(nullif(excluded.msisdn, ''), known.msisdn),
        eid = coalesce(nullif(excluded.eid, ''), known.eid),
        carrier = coalesce(nullif(excluded.carrier, ''), known.carrier)
    WHERE known.observed_at IS NULL OR known.observed_at < excluded.observed_at
        OR known.observed_at = excluded.observed_at AND coalesce((
            SELECT d.id = s.device_id OR s.named > d.serial || d.hw_id || d.imei
            FROM staged_sims s, fleet_device d
            WHERE s.iccid = known.iccid AND s.device_id = excluded.device_id AND d.id = known.device_id
        ), true)
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
        follow_reported(organisation, staged=True)


def _row(device: DeviceRow, sim: dict[str, str], at: Any) -> tuple[Any, ...]:
    named = device.columns["serial"] + device.columns["hw_id"] + device.columns["imei"]
    return (device.pk, sim["iccid"], sim["msisdn"], sim["eid"], sim["carrier"], at, named)
