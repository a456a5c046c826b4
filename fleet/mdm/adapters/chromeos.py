"""Google Workspace: what its Directory API lists of ChromeOS and of mobile devices.

Source: discovery document admin.directory_v1; developers.google.com/workspace/admin/directory. Nothing is
pushed: a script passes on the pages. The same device may be enrolled twice, by two accounts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fleet.mdm.adapters import chromeos_values as read_as
from fleet.mdm.adapters import documents, values
from fleet.mdm.adapters.adapter import Adapter, Read
from fleet.mdm.adapters.mapping import (
    Fields,
    Mapper,
    To,
    after_last_seen,
    an_object,
    record,
    rejection,
    value_of,
)
from fleet.mdm.records import Rejected

CHROMEOS = {
    "deviceId": To("source_id", values.text),
    "serialNumber": To("serial", values.identifier),
    "annotatedAssetId": To("asset_tag", values.identifier),
    "annotatedUser": To("user_email", read_as.email),
    "recentUsers": To("user_email", read_as.recent_user),
    "meid": To("meid", values.identifier),
    "macAddress": To("wifi_mac", values.mac),
    "model": To("model", values.text),
    "osVersion": To("os_version", values.text),
    "platformVersion": To("os_build", values.text),
    "status": To("enrolment", read_as.chromeos_enrolment),
    "osVersionCompliance": To("compliance", read_as.compliance),
    "lastSync": To("last_seen", values.moment),
    "lastEnrollmentTime": To("enrolled_at", values.moment),
    "firstEnrollmentTime": To("enrolled_at", values.moment),
    "lastDeprovisionTimestamp": To("observed_at", values.moment),
    "diskSpaceUsage": To("storage_total_bytes", read_as.usage_total),
    "diskVolumeReports": To("storage_total_bytes", read_as.volume_total),
}
MOBILE = {
    "resourceId": To("source_id", values.text),
    "serialNumber": To("serial", values.identifier),
    "deviceId": To("hw_id", values.identifier),
    "imei": To("imei", values.imeis),
    "meid": To("meid", values.identifier),
    "wifiMacAddress": To("wifi_mac", values.mac),
    "manufacturer": To("manufacturer", values.text),
    "brand": To("manufacturer", values.text),
    "model": To("model", values.text),
    "type": To("platform", read_as.platform),
    "os": To("platform", read_as.platform),
    "releaseVersion": To("os_version", values.text),
    "osVersion": To("os_version", values.text),
    "buildNumber": To("os_build", values.text),
    "email": To("user_email", read_as.first),
    "name": To("user_name", read_as.first),
    "status": To("enrolment", read_as.mobile_enrolment),
    "encryptionStatus": To("encrypted", read_as.encrypted),
    "devicePasswordStatus": To("passcode", values.flag),
    "lastSync": To("last_seen", values.moment),
    "firstSync": To("enrolled_at", values.moment),
}
_CHROMEOS, _MOBILE = Mapper(CHROMEOS), Mapper(MOBILE)
_LISTS = {"chromeosdevices": "chromeos", "mobiledevices": "mobile"}
# What follows from a mobile device's status: wipe, and at which step after its last sync.
_WIPES = {"approved": ("none", 0), "blocked": ("none", 0), "wiping": ("issued", 1), "wiped": ("confirmed", 2)}


def read(body: bytes, content_type: str) -> Read:
    """One item a device."""
    found = Read()
    for family, one in _devices(documents.decode(body, content_type)):
        fields: Fields = {}
        try:
            device = an_object(one, "a device")
            fields = _mobile(device, found) if family == "mobile" else _chromeos(device, found)
        except Rejected as error:
            found.items.append(rejection(error, fields))
            continue
        found.items.append(record(fields))
    return found


def _devices(document: Any) -> Iterator[tuple[str, Any]]:
    """(chromeos or mobile, device) of each page, list or single device."""
    for one in document if isinstance(document, list) else [document]:
        kind = values.bare(value_of(one, "kind")) if isinstance(one, dict) else ""
        lists = [name for name in _LISTS if isinstance(one, dict) and isinstance(one.get(name), list)]
        for name in lists:
            yield from ((_LISTS[name], device) for device in one[name])
        # An empty page has no list at all.
        if not lists and not kind.endswith(("chromeosdevices", "mobiledevices")):
            is_mobile = isinstance(one, dict) and value_of(one, "resourceId") is not None
            yield ("mobile" if is_mobile else "chromeos"), one


def _chromeos(device: dict[str, Any], found: Read) -> Fields:
    fields = _CHROMEOS.read(device, found.dropped)
    fields |= {"platform": "chromeos", "ownership": "organisation"}
    if "storage_total_bytes" in fields:
        fields["storage_free_bytes"] = read_as.free(device)
    if (user := values.text(value_of(device, "annotatedUser"))) and read_as.email(user) is None:
        fields["user_name"] = user
    if imei := read_as.imei_in(fields.get("meid")):
        fields["imei"], fields["meid"] = [imei], None
    status = values.bare(value_of(device, "status"))
    if status in {"active", "disabled"}:
        fields["lost"] = status == "disabled"
    seen, gone = fields.get("last_seen"), fields.pop("observed_at", None)
    if status == "deprovisioned" and gone and (seen is None or gone > seen):
        fields["observed_at"] = gone
    return fields


def _mobile(device: dict[str, Any], found: Read) -> Fields:
    fields = _MOBILE.read(device, found.dropped)
    fields.setdefault("os_version", read_as.version(value_of(device, "os")))
    if "," in fields.get("model", "") and fields.get("platform") == "ios":
        fields["model_id"] = fields.pop("model")
        if fields["model_id"].lower().startswith("ipad"):
            fields["platform"] = "ipados"
    wipe, step = _WIPES.get(values.bare(value_of(device, "status")), (None, 0))
    if wipe:
        fields["wipe"] = wipe
    after_last_seen(fields, step)
    return fields


ADAPTER = Adapter(
    read=read,
    count=lambda document: sum(1 for _ in _devices(document)),
    tables={"ChromeOS device (`chromeosdevices`)": CHROMEOS, "Mobile device (`mobiledevices`)": MOBILE},
)
