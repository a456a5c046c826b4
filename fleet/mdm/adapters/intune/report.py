"""The report on all devices: a row of its export as CSV, or the properties of a record of Event Hub.

The export has headers for people or, by the API, the names that are asked for; Event Hub has the latter.
"""

from __future__ import annotations

from typing import Any

from fleet.mdm.adapters import values
from fleet.mdm.adapters.intune import states
from fleet.mdm.adapters.mapping import Fields, Mapper, To, value_of
from fleet.mdm.records import Rejected

# 243,406 on a disk of 256 GB: the unit is 2^20 bytes.
_MEBI = 2**20

ROW = {
    "Device ID": To("source_id", values.text),
    "Serial number": To("serial", values.identifier),
    "Azure AD Device ID": To("hw_id", values.identifier),
    "Microsoft Entra Device ID": To("hw_id", values.identifier),
    "Entra Device ID": To("hw_id", values.identifier),
    "ReferenceId": To("hw_id", values.identifier),
    "IMEI": To("imei", values.imeis),
    "MEID": To("meid", values.identifier),
    "ICCID": To("sims", values.identifier, "iccid"),
    "EID": To("sims", values.identifier, "eid"),
    "Phone number": To("sims", values.phone, "msisdn"),
    "Subscriber carrier": To("sims", values.text, "carrier"),
    "SubscriberCarrierNetwork": To("sims", values.text, "carrier"),
    "Wi-Fi MAC": To("wifi_mac", values.mac),
    "WifiMacAddress": To("wifi_mac", values.mac),
    "Manufacturer": To("manufacturer", values.text),
    "Model": To("model", values.text),
    "OS": To("platform", states.platform),
    "OS version": To("os_version", values.text),
    "Primary user UPN": To("user_upn", values.text),
    "UPN": To("user_upn", values.text),
    "Primary user email address": To("user_email", values.text),
    "UserEmail": To("user_email", values.text),
    "Primary user display name": To("user_name", values.text),
    "UserName": To("user_name", values.text),
    "Device state": To("enrolment", states.enrolment),
    "Compliance": To("compliance", states.compliance),
    "CompliantState": To("compliance", states.compliance),
    "Encrypted": To("encrypted", values.flag),
    "EncryptionStatusString": To("encrypted", values.flag),
    "Supervised": To("supervised", values.flag),
    "SupervisedStatusString": To("supervised", values.flag),
    "Ownership": To("ownership", states.ownership),
    "Last check-in": To("last_seen", values.when),
    "LastContact": To("last_seen", values.when),
    "Enrollment date": To("enrolled_at", values.when),
    "CreatedDate": To("enrolled_at", values.when),
    "Total storage": To("storage_total_bytes", values.size(_MEBI)),
    "StorageTotal": To("storage_total_bytes", values.size(_MEBI)),
    "Free storage": To("storage_free_bytes", values.size(_MEBI)),
    "StorageFree": To("storage_free_bytes", values.size(_MEBI)),
}
_ROW = Mapper(ROW)


def read(row: dict[str, Any], dropped: set[str], path: str = "") -> Fields:
    """The common fields of a row. Raises Rejected, also where it has more cells than there are headers."""
    if beyond := values.text(row.get("")):
        message = f"The row goes on after the last column: {beyond[:100]}. A cell with a comma needs quotes."
        raise Rejected("", "invalid", message)
    fields = _ROW.read(row, dropped, path)
    dropped.discard("")
    if fields.get("platform") in states.APPLE:
        # As Graph's list does: the UDID is the hardware id of these, and the report has none.
        fields.pop("hw_id", None)
    states.manage(fields, value_of(row, "DeviceState"))
    return fields
