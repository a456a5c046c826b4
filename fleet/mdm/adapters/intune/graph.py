"""A `managedDevice` of Microsoft Graph, v1.0 or beta."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fleet.mdm.adapters import documents, values
from fleet.mdm.adapters.intune import states
from fleet.mdm.adapters.mapping import Fields, Mapper, To, value_of
from fleet.mdm.records import Rejected

DEVICE = {
    "id": To("source_id", values.text),
    "serialNumber": To("serial", values.identifier),
    "udid": To("hw_id", values.identifier),
    "azureADDeviceId": To("hw_id", values.identifier),
    "imei": To("imei", values.imeis),
    "meid": To("meid", values.identifier),
    "iccid": To("sims", values.identifier, "iccid"),
    "phoneNumber": To("sims", values.phone, "msisdn"),
    "subscriberCarrier": To("sims", values.text, "carrier"),
    "wiFiMacAddress": To("wifi_mac", values.mac),
    "manufacturer": To("manufacturer", values.text),
    "model": To("model", values.text),
    "operatingSystem": To("platform", states.platform),
    "osVersion": To("os_version", values.text),
    "userPrincipalName": To("user_upn", values.text),
    "emailAddress": To("user_email", values.text),
    "userDisplayName": To("user_name", values.text),
    "managementState": To("enrolment", states.enrolment),
    "complianceState": To("compliance", states.compliance),
    "isEncrypted": To("encrypted", values.flag),
    "isSupervised": To("supervised", values.flag),
    "lostModeState": To("lost", lambda value: {"enabled": True, "disabled": False}.get(str(value))),
    "managedDeviceOwnerType": To("ownership", states.ownership),
    "ownerType": To("ownership", states.ownership),
    "lastSyncDateTime": To("last_seen", values.when),
    "enrolledDateTime": To("enrolled_at", values.when),
    "totalStorageSpaceInBytes": To("storage_total_bytes", values.size()),
    "freeStorageSpaceInBytes": To("storage_free_bytes", values.size()),
    "deviceActionResults": To("wipe", lambda _: None),
    "hardwareInformation": To("_", lambda _: None),
}


def _battery_health(value: Any) -> str | None:
    """Percent of the capacity that it was made with; makers ask for service below 80, and 0 is none."""
    percent = values.whole(value)
    return None if not percent or percent > 100 else "good" if percent >= 80 else "service"


def _battery_level(value: Any) -> int | None:
    percent = values.whole(value)
    return percent if percent and percent <= 100 else None


HARDWARE = {
    "serialNumber": To("serial", values.identifier),
    "imei": To("imei", values.imeis),
    "meid": To("meid", values.identifier),
    "wifiMac": To("wifi_mac", values.mac),
    "manufacturer": To("manufacturer", values.text),
    "model": To("model", values.text),
    "productName": To("model_id", values.text),
    "osBuildNumber": To("os_build", values.text),
    "isEncrypted": To("encrypted", values.flag),
    "isSupervised": To("supervised", values.flag),
    "totalStorageSpace": To("storage_total_bytes", values.size()),
    "freeStorageSpace": To("storage_free_bytes", values.size()),
    "batteryHealthPercentage": To("battery_health", _battery_health),
    "batteryLevelPercentage": To("battery_level", _battery_level),
    "esimIdentifier": To("sims", values.identifier, "eid"),
}
_DEVICE, _HARDWARE = Mapper(DEVICE), Mapper(HARDWARE)

# As the results of actions call a wipe, and what its state says; one that failed or was cancelled says none.
_WIPES = frozenset(map(documents.key, ("wipe", "factoryReset", "factoryResetKeepEnrollmentData")))
_ACTIONS = {"pending": "issued", "active": "issued", "done": "confirmed"}


def read(device: dict[str, Any], dropped: set[str]) -> Fields:
    """The common fields of a device. Raises Rejected."""
    fields = _DEVICE.read(device, dropped)
    hardware = value_of(device, "hardwareInformation")
    if isinstance(hardware, dict):
        _add(fields, _HARDWARE.read(hardware, dropped, "hardwareInformation."))
    if fields.get("platform") in states.APPLE:
        # A list tells the Entra id alone, a single device its UDID as well: one of them must stay the name.
        fields["hw_id"] = values.identifier(value_of(device, "udid"))
    state = value_of(device, "managementState")
    if state is None and "enrolled_at" in fields:
        fields["enrolment"] = "enrolled"  # v1.0 does not tell the state
    states.manage(fields, state)
    _act(fields, value_of(device, "deviceActionResults"))
    return fields


def _add(fields: Fields, more: Fields) -> None:
    """What `more` tells and `fields` does not."""
    for sim in more.pop("sims", []):
        fields.setdefault("sims", [{}])[0].update(sim)
    fields.update({name: value for name, value in more.items() if name not in fields})


def _act(fields: Fields, results: Any) -> None:
    """A wipe of this enrolment since which the device was not seen."""
    for position, one in enumerate(results if isinstance(results, list) else ()):
        if not isinstance(one, dict) or documents.key(str(one.get("actionName"))) not in _WIPES:
            continue
        said = _ACTIONS.get(str(one.get("actionState")))
        at = _when(one, position)
        seen = fields.get("last_seen")
        if said and at and (seen is None or at >= seen):
            fields["wipe"] = said
            fields["observed_at"] = max(at, fields.get("observed_at") or at)


def _when(result: dict[str, Any], position: int) -> dt.datetime | None:
    for name in ("lastUpdatedDateTime", "startDateTime"):
        try:
            if at := values.when(result.get(name)):
                return at
        except Rejected as error:
            path = f"deviceActionResults[{position}].{name}"
            raise Rejected(path, error.code, error.message) from error
    return None
