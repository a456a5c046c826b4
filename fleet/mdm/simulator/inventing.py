"""Devices that nobody has, as their MDM would report them."""

from __future__ import annotations

import datetime as dt
import zlib
from typing import Any

from fleet.mdm.simulator.identifiers import iccid, imei

# A record of the native schema (docs/reference/mdm-native.md).
Record = dict[str, Any]

_ALLOCATION = "001011"  # not that of the demo's devices
_MODELS = (
    {"model": "iPad Air 11-inch", "model_id": "iPad14,8", "manufacturer": "Apple", "platform": "ipados"},
    {"model": "MacBook Air 13-inch", "model_id": "Mac15,12", "manufacturer": "Apple", "platform": "macos"},
    {"model": "Galaxy Tab Active5", "model_id": "SM-X306B", "manufacturer": "Samsung", "platform": "android"},
)
_VERSIONS = {"ipados": "18.1", "macos": "15.1", "android": "14"}
_TOTAL_BYTES = 128 * 10**9


def first_number(slug: str) -> int:
    """Where the numbers of a source's made-up devices begin: apart from most others' by a million."""
    return (1 + zlib.crc32(slug.encode()) % 98) * 1_000_000


def invent(number: int, *, seen: dt.datetime) -> Record:
    """The device of this number (below 100 million) with every field of the native schema that is common.

    The same number is the same device; no two numbers share an identifier.
    """
    return {
        "source_id": f"sim-{number}",
        "serial": f"SIM{number:08}",
        "hw_id": f"51300000-0000-4000-8000-{number:012}",
        "asset_tag": f"SIM-{number:08}",
        "wifi_mac": f"0251{number:08}",
        **_MODELS[number % len(_MODELS)],
        **_cellular(number),
        "os_version": _VERSIONS[str(_MODELS[number % len(_MODELS)]["platform"])],
        "user_upn": f"person.{number}@sim.example",
        "enrolment": "enrolled",
        "compliance": "compliant",
        "supervised": True,
        "encrypted": True,
        "passcode": True,
        "lost": False,
        "ownership": "organisation",
        "last_seen": seen.isoformat(),
        "battery_level": number % 101,
        "storage_total_bytes": _TOTAL_BYTES,
        "storage_free_bytes": _TOTAL_BYTES // 2 + number,
    }


def _cellular(number: int) -> Record:
    """What those with a radio say too; a MacBook has none."""
    if _MODELS[number % len(_MODELS)]["platform"] == "macos":
        return {}
    sims = [{"iccid": iccid(number), "carrier": "Example Mobile"}]
    return {"imei": [imei(number, allocation=_ALLOCATION)], "sims": sims}
