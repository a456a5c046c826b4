"""What Apple devices say of themselves, whichever MDM passes it on.

Source: https://github.com/apple/device-management, mdm/checkin and mdm/commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fleet.mdm.adapters import values
from fleet.mdm.adapters.mapping import Fields, Mapper, To, value_of
from fleet.mdm.adapters.software import software
from fleet.versions import version_key

_BEGINNINGS = {
    "ipad": "ipados",
    "iphone": "ios",
    "ipod": "ios",
    "appletv": "tvos",
    "mac": "macos",
    "imac": "macos",
    "virtualmac": "macos",
    "xserve": "macos",
    "watch": "other",
    "reality": "other",
}
# The key class that needs a passcode to open: block and file level (the commands' HardwareEncryptionCaps).
_BOTH_LEVELS = 3


def platform_of(*names: str | None) -> str | None:
    """iPad7,5 → ipados, of the first name that says something; None where none does."""
    for name in names:
        for start, platform in _BEGINNINGS.items():
            if (name or "").lower().replace(" ", "").startswith(start):
                return platform
    return None


def _subscriptions(given: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each subscription with its path."""
    for position, one in enumerate(given if isinstance(given, list) else []):
        if isinstance(one, dict):
            yield f"ServiceSubscriptions[{position}].", one


def _sims(given: Any) -> list[dict[str, str | None]] | None:
    found = [
        {
            "iccid": iccid,
            "msisdn": values.text(value_of(one, "PhoneNumber")),
            "eid": values.text(value_of(one, "EID")),
            "carrier": None
            if value_of(one, "IsRoaming")
            else values.text(value_of(one, "CurrentCarrierNetwork")),
        }
        for _, one in _subscriptions(given)
        if (iccid := values.text(value_of(one, "ICCID")))
    ]
    return found[:10] or None


def _imeis(given: Mapping[str, Any], dropped: set[str], path: str) -> list[str] | None:
    """The IMEIs of its subscriptions: the field IMEI is deprecated since iOS 16."""
    found: list[str] = []
    for inside, one in _subscriptions(value_of(given, "ServiceSubscriptions")):
        found += _IMEI.read({"IMEI": value_of(one, "IMEI")}, dropped, f"{path}{inside}").get("imei", ())
    return list(dict.fromkeys(found))[:2] or None


# `_` is read together with another field.
INFORMATION = {
    "UDID": To("hw_id", values.identifier),
    "SerialNumber": To("serial", values.identifier),
    "ServiceSubscriptions": To("sims", _sims),
    "ICCID": To("sims", values.sims),
    "PhoneNumber": To("_", values.text),
    "IMEI": To("imei", values.imeis),
    "MEID": To("meid", values.identifier),
    "ProductName": To("model_id", values.text),
    "ModelName": To("model", values.text),
    "ModelNumber": To("model", values.text),
    "Model": To("model", values.text),
    "OSVersion": To("os_version", values.text),
    "SupplementalOSVersionExtra": To("_", values.text),
    "BuildVersion": To("os_build", values.text),
    "WiFiMAC": To("wifi_mac", values.mac),
    "DeviceCapacity": To("storage_total_bytes", values.size(values.GIGA)),
    "AvailableDeviceCapacity": To("storage_free_bytes", values.size(values.GIGA)),
    "BatteryLevel": To("battery_level", values.share),
    "IsSupervised": To("supervised", values.flag),
    "IsMDMLostModeEnabled": To("lost", values.flag),
}
_IMEI = Mapper({"IMEI": To("imei", values.imeis)})
_INFORMATION = Mapper(INFORMATION)
_OF_OLD_MAC = Mapper(
    INFORMATION
    | {
        "DeviceCapacity": To("storage_total_bytes", values.size(values.GIBI)),
        "AvailableDeviceCapacity": To("storage_free_bytes", values.size(values.GIBI)),
    }
)


def information(given: Mapping[str, Any], dropped: set[str], path: str) -> Fields:
    """What DeviceInformation, or Authenticate with the same names, tells. Raises Rejected."""
    imeis = _imeis(given, dropped, path)
    if imeis:
        given = {name: value for name, value in given.items() if name != "IMEI"}
    names = [values.text(value_of(given, name)) for name in ("ProductName", "ModelName", "Model")]
    platform, version = platform_of(*names), values.text(value_of(given, "OSVersion"))
    is_old_mac = platform == "macos" and version is not None and version_key(version) < [12]
    fields = (_OF_OLD_MAC if is_old_mac else _INFORMATION).read(given, dropped, path)
    fields |= {"platform": platform, "manufacturer": "Apple"}
    if imeis:
        fields["imei"] = imeis
    if version and (extra := values.text(value_of(given, "SupplementalOSVersionExtra"))):
        fields["os_version"] = f"{version} {extra}"
    if (sims := fields.get("sims")) and "msisdn" not in sims[0]:
        sims[0]["msisdn"] = values.text(value_of(given, "PhoneNumber"))
    return fields


def _ownership(status: Any) -> str | None:
    if not isinstance(status, dict):
        return None
    if value_of(status, "IsUserEnrollment") is True:
        return "personal"
    return "organisation" if value_of(status, "EnrolledViaDEP") is True else None


SECURITY = {
    "FDE_Enabled": To("encrypted", values.flag),
    "HardwareEncryptionCaps": To("_", values.whole),
    "PasscodePresent": To("passcode", values.flag),
    "PasscodeCompliant": To("passcode", values.flag),
    "ManagementStatus": To("ownership", _ownership),
}
_SECURITY = Mapper(SECURITY)


def security(given: Mapping[str, Any], dropped: set[str], path: str) -> Fields:
    """What SecurityInfo tells: an iPhone or iPad is encrypted by hardware and a passcode together."""
    fields = _SECURITY.read(given, dropped, path)
    if "encrypted" not in fields:
        fields["encrypted"] = _is_encrypted(fields.pop("_", None), value_of(given, "PasscodePresent"))
    return fields


def _is_encrypted(caps: int | None, has_passcode: Any) -> bool | None:
    """None where what is not known would decide."""
    if caps is None:
        return None
    if caps != _BOTH_LEVELS or has_passcode is False:
        return False
    return True if has_passcode is True else None


# The names and versions of an InstalledApplicationList.
applications = software("Name", "ShortVersion", "Version")
