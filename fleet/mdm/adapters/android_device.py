"""A `Device` of the Android Management API as common fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from fleet.mdm.adapters import values
from fleet.mdm.adapters.mapping import Fields, Mapper, Table, To, value_of

# Android's version by the level of its API, where a policy does not ask for the former.
_VERSIONS = {
    21: "5.0", 22: "5.1", 23: "6.0", 24: "7.0", 25: "7.1", 26: "8.0", 27: "8.1", 28: "9", 29: "10", 30: "11",
    31: "12", 32: "12", 33: "13", 34: "14", 35: "15", 36: "16",
}  # fmt: skip
_ENROLLED = ("ACTIVE", "DISABLED", "LOST", "PREPARING_FOR_MIGRATION", "DEACTIVATED_BY_DEVICE_FINANCE")
_MODES = {"DEVICE_OWNER": True, "PROFILE_OWNER": False}
_COMPLIANCE: dict[bool | None, str] = {True: "compliant", False: "noncompliant"}
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_enrolment = values.word(
    dict.fromkeys(_ENROLLED, "enrolled")
    | {"PROVISIONING": "pending", "DELETED": "unenrolled", "DEVICE_STATE_UNSPECIFIED": ""}
)


def device_of(name: Any) -> str | None:
    """`enterprises/E/devices/D`, and what is below it → D; a bare id is itself."""
    parts = (values.text(name) or "").split("/")
    found = parts[parts.index("devices") + 1 :][:1] if "devices" in parts else parts[-1:]
    return found[0] if found and found[0] else None


def _latest(kind: str, name: str, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A reader of lists of events: the value of the last of this type, by its time."""

    def found(events: Any) -> Any:
        told = [
            (values.when(one.get("createTime")) or _NEVER, one[name])
            for one in (events if isinstance(events, list) else ())
            if isinstance(one, dict) and one.get("eventType") == kind and name in one
        ]
        return read(max(told, key=lambda event: event[0])[1]) if told else None

    return found


def _percent(value: Any) -> int | None:
    found = values.whole(value)
    return found if found is not None and found <= 100 else None


def _software(reports: Any) -> list[dict[str, str]] | None:
    """The applications that are installed."""
    found = []
    for one in reports if isinstance(reports, list) else ():
        if isinstance(one, dict) and one.get("state", "INSTALLED") == "INSTALLED":
            name = values.text(one.get("displayName")) or values.text(one.get("packageName"))
            version = values.text(one.get("versionName")) or ""
            if name:
                found.append({"name": name[:200], "version": version[:100]})
    return found[:5000] or None


_free = _latest("INTERNAL_STORAGE_MEASURED", "byteCount", values.size())
_battery = _latest("BATTERY_LEVEL_COLLECTED", "batteryLevel", _percent)
DEVICE = {
    "name": To("source_id", device_of),
    "previousDeviceNames": To("_", lambda _: None),
    "appliedState": To("enrolment", _enrolment),
    "state": To("enrolment", _enrolment),
    "ownership": To(
        "ownership",
        values.word(
            {
                "COMPANY_OWNED": "organisation",
                "PERSONALLY_OWNED": "personal",
                "OWNERSHIP_UNSPECIFIED": "",
            }
        ),
    ),
    "managementMode": To("supervised", lambda value: _MODES.get(str(value))),
    "adminType": To("supervised", lambda value: _MODES.get(str(value))),
    "policyCompliant": To("compliance", lambda value: _COMPLIANCE.get(values.flag(value))),
    "nonComplianceDetails": To("compliance", lambda value: "noncompliant" if value else None),
    "lastStatusReportTime": To("last_seen", values.when),
    "lastPolicySyncTime": To("last_seen", values.when),
    "enrollmentTime": To("enrolled_at", values.when),
    "apiLevel": To("os_version", lambda value: _VERSIONS.get(values.whole(value) or 0)),
    "memoryEvents": To("storage_free_bytes", _free),
    "powerManagementEvents": To("battery_level", _battery),
    "applicationReports": To("software", _software),
}
HARDWARE = {
    "serialNumber": To("serial", values.identifier),
    "enterpriseSpecificId": To("hw_id", values.identifier),
    "manufacturer": To("manufacturer", values.text),
    "brand": To("manufacturer", values.text),
    "model": To("model", values.text),
}
SOFTWARE = {
    "androidVersion": To("os_version", values.text),
    "androidBuildNumber": To("os_build", values.text),
}
NETWORK = {
    "imei": To("imei", values.imeis),
    "meid": To("meid", values.identifier),
    "wifiMacAddress": To("wifi_mac", values.mac),
    "telephonyInfos": To("_", lambda _: None),
}
TELEPHONY = {
    "iccId": To("sims", values.identifier, "iccid"),
    "phoneNumber": To("sims", values.phone, "msisdn"),
    "carrierName": To("sims", values.text, "carrier"),
}
_ENCRYPTION = {
    "ACTIVE": True,
    "ACTIVE_DEFAULT_KEY": True,
    "ACTIVE_PER_USER": True,
    "INACTIVE": False,
    "UNSUPPORTED": False,
}
SETTINGS = {
    "isEncrypted": To("encrypted", values.flag),
    "encryptionStatus": To("encrypted", lambda value: _ENCRYPTION.get(str(value))),
    "isDeviceSecure": To("passcode", values.flag),
}
MEMORY = {"totalInternalStorage": To("storage_total_bytes", values.size())}
_PARTS: dict[str, Table] = {
    "hardwareInfo": HARDWARE,
    "softwareInfo": SOFTWARE,
    "networkInfo": NETWORK,
    "deviceSettings": SETTINGS,
    "memoryInfo": MEMORY,
}
TABLES: dict[str, Table] = {
    "Device": DEVICE,
    **{f"`{name}`": table for name, table in _PARTS.items()},
    "`networkInfo.telephonyInfos`": TELEPHONY,
}
_DEVICE, _TELEPHONY = Mapper(DEVICE), Mapper(TELEPHONY)
_MAPPERS = {name: Mapper(table) for name, table in _PARTS.items()}


def read(device: dict[str, Any], dropped: set[str]) -> Fields:
    """The common fields of a device. Raises Rejected."""
    own: set[str] = set()
    fields = _DEVICE.read(device, own)
    dropped |= own - _PARTS.keys()
    for name, mapper in _MAPPERS.items():
        part = value_of(device, name)
        if isinstance(part, dict):
            fields |= mapper.read(part, dropped, f"{name}.")
    fields["platform"] = "android"
    _settle(fields, device)
    return fields


def previous(device: dict[str, Any]) -> tuple[str, ...]:
    """The ids that the device had in its enrolments before."""
    given = value_of(device, "previousDeviceNames")
    found = [device_of(name) for name in given] if isinstance(given, list) else []
    return tuple(name[:200] for name in found if name)[:20]


def _settle(fields: Fields, device: dict[str, Any]) -> None:
    """What takes more than one field to tell."""
    if fields.get("serial") and fields["serial"] == fields.get("hw_id"):
        del fields["serial"]  # of a personal device: it names the enrolment, not the hardware
    synced = [values.when(value_of(device, name)) for name in ("lastStatusReportTime", "lastPolicySyncTime")]
    fields["last_seen"] = max(filter(None, synced), default=None)
    applied = values.text(value_of(device, "appliedState"))
    if applied in _ENROLLED:
        fields["lost"] = applied == "LOST"
        fields["wipe"] = "none"
    network = value_of(device, "networkInfo")
    lines = value_of(network, "telephonyInfos") if isinstance(network, dict) else None
    if isinstance(lines, list):
        fields["sims"] = [sim for position, line in enumerate(lines) for sim in _sims(line, position)][:10]


def _sims(line: Any, position: int) -> list[dict[str, str]]:
    if not isinstance(line, dict):
        return []
    path = f"networkInfo.telephonyInfos[{position}]."
    sims: list[dict[str, str]] = _TELEPHONY.read(line, set(), path).get("sims", [])
    return sims
