"""Inventory to push: records of 22 fields in the native schema."""

from __future__ import annotations

import json
from typing import Any

from fleet.mdm.simulator.identifiers import imei

BATCH = 1_000


def batches(prefix: str, count: int, *, os_version: str, seen: str) -> list[bytes]:
    """Request bodies for `count` devices, `BATCH` in each. `seen` is RFC 3339."""
    return [
        body(
            [
                record(prefix, number, os_version=os_version, seen=seen)
                for number in range(start, start + BATCH)
            ]
        )
        for start in range(0, count, BATCH)
    ]


def body(records: list[dict[str, Any]]) -> bytes:
    return json.dumps({"devices": records}).encode()


def record(prefix: str, number: int, *, os_version: str, seen: str) -> dict[str, Any]:
    return {
        "source_id": f"{prefix}-{number}",
        "serial": f"{prefix}{number:08}",
        "hw_id": f"{prefix}-hardware-{number:012}".lower(),
        "asset_tag": f"{prefix}T{number:06}",
        "imei": [imei(number)],
        "wifi_mac": f"0a{number:010x}",
        "model": "iPad Air 11-inch",
        "model_id": "iPad14,9",
        "manufacturer": "Apple",
        "platform": "ipados",
        "os_version": os_version,
        "user_upn": f"person.{number}@bench.example",
        "enrolment": "enrolled",
        "compliance": "compliant",
        "supervised": True,
        "encrypted": True,
        "passcode": True,
        "ownership": "organisation",
        "last_seen": seen,
        "battery_level": number % 101,
        "storage_total_bytes": 128_000_000_000,
        "storage_free_bytes": 64_000_000_000 + number,
    }
