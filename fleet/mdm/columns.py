"""The columns of a device that reported facts fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import msgspec

from fleet.mdm.facts import Register, moment
from fleet.versions import version_key
from fleet.vocabulary import Compliance, Enrolment, Ownership, Platform, Wipe

# What a device has before anything is reported of it.
BLANK: dict[str, Any] = {
    "serial": "",
    "hw_id": "",
    "imei": "",
    "imei2": "",
    "meid": "",
    "wifi_mac": "",
    "manufacturer": "",
    "reported_model": "",
    "reported_model_id": "",
    "reported_asset_tag": "",
    "platform": Platform.UNKNOWN.value,
    "os_version": "",
    "os_key": "{}",
    "os_build": "",
    "user_upn": "",
    "user_email": "",
    "user_name": "",
    "enrolment": Enrolment.UNKNOWN.value,
    "compliance": Compliance.UNKNOWN.value,
    "supervised": None,
    "encrypted": None,
    "passcode": None,
    "lost_mode": None,
    "wipe": Wipe.NONE.value,
    "ownership": Ownership.UNKNOWN.value,
    "enrolled_at": None,
    "storage_total_bytes": None,
    "software": "[]",
    "model_id": None,
}
NAMES = tuple(BLANK)

# Those that identity and the device's model depend on: what is read of a device before it is merged into.
READ = (
    "serial",
    "hw_id",
    "imei",
    "imei2",
    "manufacturer",
    "platform",
    "reported_model",
    "reported_model_id",
    "model_id",
)

# The column of each field that is stored as it is.
_PLAIN = {
    "asset_tag": "reported_asset_tag",
    "model": "reported_model",
    "model_id": "reported_model_id",
    "lost": "lost_mode",
} | {
    name: name
    for name in (
        "serial",
        "hw_id",
        "meid",
        "wifi_mac",
        "manufacturer",
        "os_build",
        "user_upn",
        "user_email",
        "user_name",
        "supervised",
        "encrypted",
        "passcode",
        "storage_total_bytes",
    )
}
_WORDS: dict[str, frozenset[str]] = {
    "platform": frozenset(Platform.values),
    "enrolment": frozenset(Enrolment.values),
    "compliance": frozenset(Compliance.values),
    "wipe": frozenset(Wipe.values),
    "ownership": frozenset(Ownership.values),
}
_encode = msgspec.json.encode


def _imei(value: list[str]) -> dict[str, Any]:
    return {"imei": value[0], "imei2": value[1] if len(value) > 1 else ""}


@lru_cache(maxsize=4096)
def _os_key(version: str) -> str:
    return f"{{{','.join(map(str, version_key(version)))}}}"


_SPECIAL: dict[str, Callable[[Any], dict[str, Any]]] = {
    "imei": _imei,
    "os_version": lambda value: {"os_version": value, "os_key": _os_key(value)},
    "enrolled_at": lambda value: {"enrolled_at": moment(value)},
    "software": lambda value: {"software": _encode(value).decode()},
    "sims": lambda _: {},
}


def blank_of(fields: Iterable[str]) -> dict[str, Any]:
    """The columns of these texts, where nobody's word on them counts any more."""
    return columns_of(dict.fromkeys(fields, ""))


def columns_of(facts: Register) -> dict[str, Any]:
    """The columns that these facts fill; a word outside its vocabulary reads as unknown."""
    found: dict[str, Any] = {}
    for field, value in facts.items():
        if column := _PLAIN.get(field):
            found[column] = value
        elif field in _WORDS:
            found[field] = value if value in _WORDS[field] else BLANK[field]
        else:
            found |= _SPECIAL[field](value)
    return found
