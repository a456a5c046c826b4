"""Facts of a register in the words of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fleet.mdm.facts import Register, moment
from fleet.vocabulary import Compliance, Enrolment, Ownership, Platform, Wipe
from fleet.web import text

LABELS: dict[str, str] = {
    "serial": "Serial",
    "hw_id": "Hardware id",
    "imei": "IMEI",
    "meid": "MEID",
    "wifi_mac": "Wi-Fi MAC",
    "asset_tag": "Asset tag",
    "manufacturer": "Manufacturer",
    "platform": "Platform",
    "os_version": "OS version",
    "os_build": "OS build",
    "user_name": "User",
    "user_upn": "User (UPN)",
    "user_email": "User’s e-mail",
    "enrolment": "Enrolment",
    "enrolled_at": "Enrolled at",
    "ownership": "Ownership",
    "lost": "Lost mode",
    "wipe": "Wipe",
    "compliance": "Compliance",
    "encrypted": "Encrypted",
    "passcode": "Passcode set",
    "supervised": "Supervised",
    "model": "Model",
    "model_id": "Model’s identifier",
    "storage_total_bytes": "Storage",
    "sims": "SIMs",
    "software": "Software",
}
_WORDS: dict[str, dict[str, str]] = {
    "platform": dict(Platform.choices),
    "enrolment": dict(Enrolment.choices),
    "compliance": dict(Compliance.choices),
    "wipe": dict(Wipe.choices),
    "ownership": dict(Ownership.choices),
}
# Of a long list of software, so many are named.
NAMED = 5


def said(field: str, facts: Register) -> str:
    """The value of a field as one reads it; empty where it is not told."""
    if field not in facts:
        return ""
    value = facts[field]
    if words := _WORDS.get(field):
        return words.get(value, f"{value} (not a word that Tranche knows)")
    return _FORMS.get(field, text.shown)(value)


def _sim(sim: dict[str, str]) -> str:
    return f"{sim['iccid']} ({sim['msisdn']})" if sim["msisdn"] else sim["iccid"]


def _software(value: list[dict[str, Any]]) -> str:
    named = [f"{one['name']} {one['version']}".strip() for one in value[:NAMED]]
    more = len(value) - len(named)
    return ", ".join([*named, *([f"and {more} more"] if more else [])]) or "None"


_FORMS: dict[str, Callable[[Any], str]] = {
    "imei": " and ".join,
    "enrolled_at": lambda value: text.shown(moment(value)),
    "storage_total_bytes": text.size,
    "sims": lambda value: ", ".join(map(_sim, value)) or "None",
    "software": _software,
}
