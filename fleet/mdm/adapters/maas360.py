"""IBM MaaS360's device search, which a script pulls as JSON and passes on.

Source: the web services' device search 2.0. One device of a page is an object, more are a list; every id,
number and time may be a number, its digits or empty text.
"""

from __future__ import annotations

import re
from typing import Any

from fleet.mdm import normalise
from fleet.mdm.adapters import documents, values
from fleet.mdm.adapters.adapter import Adapter, Read
from fleet.mdm.adapters.apple import platform_of
from fleet.mdm.adapters.mapping import Fields, Mapper, To, an_object, record, rejection, value_of
from fleet.mdm.records import Record, Rejected, Rejection

_OS_NAME = re.compile(
    r"[^\d(]*(?P<version>\d[\w.]*)?[^(]*(?:\((?P<build>[0-9A-Z][0-9A-Z.]+)\))?.*", re.DOTALL
)
# What a device is found under, from the outside in; an exporter may leave out any of them.
_WRAPPERS = ("content", "devices", "device")

_MANAGED = {
    "Enrolled": "enrolled",
    "Activated": "enrolled",
    "Pending Control Removed": "enrolled",
    "Not Enrolled": "unenrolled",
    "Control Removed": "unenrolled",
    "User Removed Control": "unenrolled",
    "Inactive": "unenrolled",
}
_PLATFORMS = {
    "iOS": "ios",
    "Mac": "macos",
    "Mac OS": "macos",
    "Others": "other",
    "BlackBerry": "other",
    "Symbian": "other",
    "Windows Mobile": "other",
    "Windows Phone 7": "other",
}


def _imei(given: Any) -> list[str] | None:
    """An IMEI, with the zeros that a number lost. An ESN or MEID, which is shorter, is none."""
    found = values.identifier(given)
    if found is None or len(found) >= 15:
        return values.imeis(found)
    full = found.zfill(15)
    return [full] if found.isascii() and found.isdigit() and normalise.is_imei(full) else None


def _meid(given: Any) -> str | None:
    found = values.identifier(given)
    return found if found and len(found) == 14 and _imei(found) is None else None


def _ownership(given: Any) -> str | None:
    found = values.text(given)
    begins = (found or "").lower()
    if begins.startswith("corporate"):
        return "organisation"
    return "personal" if begins.startswith("employee") else found


def _is_out(given: Any) -> bool:
    return isinstance(given, str) and "out" in given.lower().split()


def _complies(given: Any) -> str | None:
    """`In Compliance`; that any of the three states is `Out of Compliance` counts before it."""
    return "compliant" if (values.text(given) or "").lower() == "in compliance" else None


def _is_so(given: Any) -> bool | None:
    """`Compliant`, `Encryption Complete`; `Not Compliant`, `Not Encrypted`. Anything else is unknown."""
    words = set((values.text(given) or "").lower().split())
    if words & {"not", "no", "out", "none", "partial", "partially"}:
        return False
    return True if words & {"compliant", "complete", "encrypted", "enabled"} else None


# `_` is read together with another field.
DEVICE = {
    "maas360DeviceID": To("source_id", values.text),
    "platformSerialNumber": To("serial", values.identifier),
    "udid": To("hw_id", values.identifier),
    "imeiEsn": To("imei", _imei),
    "customAssetNumber": To("asset_tag", values.identifier),
    "wifiMacAddress": To("wifi_mac", values.mac),
    "manufacturer": To("manufacturer", values.text),
    "model": To("model", values.text),
    "modelId": To("model", values.text),
    "platformName": To("platform", values.word(_PLATFORMS)),
    "osVersion": To("os_version", values.text),
    "osName": To("_", values.text),
    "username": To("user_name", values.text),
    "emailAddress": To("user_email", values.text),
    "maas360ManagedStatus": To("enrolment", values.word(_MANAGED)),
    "ownership": To("ownership", _ownership),
    "policyComplianceState": To("compliance", _complies),
    "ruleComplianceState": To("compliance", _complies),
    "appComplianceState": To("compliance", _complies),
    "passcodeCompliance": To("passcode", _is_so),
    "encryptionStatus": To("encrypted", _is_so),
    "isSupervisedDevice": To("supervised", values.flag),
    "lastReportedInEpochms": To("last_seen", values.epoch_ms),
    "lastReported": To("last_seen", values.when),
    "installedDateInEpochms": To("enrolled_at", values.epoch_ms),
    "installedDate": To("enrolled_at", values.when),
}
_DEVICE = Mapper(DEVICE)
_STATES = ("policyComplianceState", "ruleComplianceState", "appComplianceState")


def read(body: bytes, content_type: str) -> Read:
    """Each device; those for tests are counted."""
    found = Read()
    for one in _devices(documents.decode(body, content_type)):
        if isinstance(one, dict) and values.flag(value_of(one, "testDevice")):
            found.ignored["test device"] += 1
        else:
            found.items.append(_device(one, found.dropped))
    return found


def _devices(given: Any) -> list[Any]:
    """The devices of a page, however they are wrapped."""
    found, left = [], [given]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += reversed(one)
        elif isinstance(one, dict) and (inside := _unwrapped(one)) is not None:
            left.append(inside)
        elif not (isinstance(one, dict) and "count" in one and value_of(one, "maas360DeviceID") is None):
            found.append(one)  # a page without devices has their count alone
    return found


def _unwrapped(given: dict[str, Any]) -> Any:
    inside = (value_of(given, name) for name in _WRAPPERS)
    return next((one for one in inside if isinstance(one, dict | list)), None)


def _device(given: Any, dropped: set[str]) -> Record | Rejection:
    fields: Fields = {}
    try:
        device = an_object(given, "a device", "device")
        fields = _DEVICE.read(device, dropped)
        fields["meid"] = _meid(value_of(device, "imeiEsn"))
    except Rejected as error:
        return rejection(error, fields)
    if any(_is_out(value_of(device, name)) for name in _STATES):
        fields["compliance"] = "noncompliant"
    _complete_system(fields, value_of(device, "osVersion"))
    return record(fields)


def _complete_system(fields: Fields, version: Any) -> None:
    """`Android 6.0.1 (MMB29M)` holds the build, and a version that has not become a number (8.10 → 8.1)."""
    if named := _OS_NAME.fullmatch(fields.pop("_", "")):
        fields["os_build"] = named["build"]
        if named["version"] and not isinstance(version, str):
            fields["os_version"] = named["version"]
    if fields.get("platform") not in {"ios", "macos"}:
        fields["supervised"] = fields.get("supervised") or None  # false is what it says of all others
        return
    model = fields.get("model", "")
    fields["platform"] = platform_of(model) or fields["platform"]
    if "," in model:
        fields["model_id"] = fields.pop("model")


def count(document: Any) -> int:
    """How many devices a body names."""
    return len(_devices(document))


ADAPTER = Adapter(read=read, count=count, tables={"Device": DEVICE})
