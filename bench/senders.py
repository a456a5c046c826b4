"""Bodies as MDM systems send them, one device or a page of them each: the least that a real one holds."""

from __future__ import annotations

import base64
import json
import plistlib
from collections.abc import Callable
from typing import Any

from bench.records import record
from fleet.vocabulary import SourceKind

SEEN = "2026-03-02T08:41:02Z"
SEEN_MS = 1_772_440_862_000
Device = dict[str, Any]


def _common(prefix: str, number: int) -> Device:
    return record(prefix, number, os_version="17.4", seen=SEEN)


def _native(device: Device) -> Device:
    return device


def _intune(device: Device) -> Device:
    return {
        "id": device["source_id"],
        "userId": "5f3c0000-0000-4000-8000-000000000001",
        "deviceName": device["asset_tag"],
        "managedDeviceOwnerType": "company",
        "enrolledDateTime": "2025-01-02T03:04:05Z",
        "lastSyncDateTime": SEEN,
        "operatingSystem": "iOS",
        "complianceState": "compliant",
        "jailBroken": "False",
        "managementAgent": "mdm",
        "managementState": "managed",
        "osVersion": device["os_version"],
        "easActivated": False,
        "azureADRegistered": True,
        "deviceEnrollmentType": "appleBulkWithUser",
        "emailAddress": device["user_upn"],
        "userPrincipalName": device["user_upn"],
        "model": device["model"],
        "manufacturer": device["manufacturer"],
        "serialNumber": device["serial"],
        "isSupervised": True,
        "isEncrypted": True,
        "imei": device["imei"][0],
        "meid": "",
        "wiFiMacAddress": device["wifi_mac"],
        "phoneNumber": "",
        "totalStorageSpaceInBytes": device["storage_total_bytes"],
        "freeStorageSpaceInBytes": device["storage_free_bytes"],
        "activationLockBypassCode": None,
        "iccid": None,
        "udid": None,
    }


def _fleet(device: Device) -> Device:
    return {
        "id": int(device["serial"][-8:]),
        "uuid": device["hw_id"],
        "hostname": device["asset_tag"],
        "display_name": device["asset_tag"],
        "platform": "ipados",
        "os_version": f"iPadOS {device['os_version']}",
        "build": "21E236",
        "hardware_vendor": device["manufacturer"],
        "hardware_model": device["model_id"],
        "hardware_serial": device["serial"],
        "primary_mac": device["wifi_mac"],
        "seen_time": SEEN,
        "last_enrolled_at": "2025-01-02T03:04:05Z",
        "gigs_disk_space_available": 64.0,
        "gigs_total_disk_space": 128.0,
        "disk_encryption_enabled": True,
        "status": "online",
        "issues": {"failing_policies_count": 0},
        "mdm": {"enrollment_status": "On (automatic)", "server_url": "https://mdm.example"},
    }


def _maas360(device: Device) -> Device:
    return {
        "maas360DeviceID": device["source_id"],
        "deviceName": device["asset_tag"],
        "platformSerialNumber": device["serial"],
        "udid": device["hw_id"],
        "customAssetNumber": device["asset_tag"],
        "manufacturer": device["manufacturer"],
        "model": device["model"],
        "platformName": "iOS",
        "osName": "iOS 17",
        "osVersion": device["os_version"],
        "imeiEsn": int(device["imei"][0]),
        "username": f"person{device['serial'][-6:]}",
        "emailAddress": device["user_upn"],
        "lastReportedInEpochms": SEEN_MS,
        "maas360ManagedStatus": "Enrolled",
        "deviceStatus": "Active",
        "ownership": "Corporate Owned",
        "policyComplianceState": "In Compliance",
        "encryptionStatus": "Encryption Complete",
        "isSupervisedDevice": True,
    }


def _chromeos(device: Device) -> Device:
    return {
        "kind": "admin#directory#chromeosdevice",
        "deviceId": device["source_id"],
        "serialNumber": device["serial"],
        "status": "ACTIVE",
        "lastSync": SEEN,
        "annotatedUser": device["user_upn"],
        "annotatedAssetId": device["asset_tag"],
        "model": device["model"],
        "osVersion": "122.0.6261.94",
        "platformVersion": "15753.34.0",
        "macAddress": device["wifi_mac"],
        "lastEnrollmentTime": "2025-01-02T03:04:05Z",
        "recentUsers": [{"type": "USER_TYPE_MANAGED", "email": device["user_upn"]}],
    }


def _jamf(device: Device) -> Device:
    return {
        "webhook": {
            "id": 1,
            "name": "Tranche",
            "webhookEvent": "MobileDeviceInventoryCompleted",
            "eventTimestamp": SEEN_MS,
        },
        "event": {
            "jssID": int(device["serial"][-8:]),
            "udid": device["hw_id"],
            "serialNumber": device["serial"],
            "model": device["model_id"],
            "modelDisplay": device["model"],
            "osVersion": device["os_version"],
            "imei": device["imei"][0],
            "wifiMacAddress": device["wifi_mac"],
            "username": device["user_upn"],
        },
    }


def _plist_event(device: Device) -> Device:
    answers = {
        "UDID": device["hw_id"],
        "SerialNumber": device["serial"],
        "OSVersion": device["os_version"],
        "ProductName": device["model_id"],
        "ModelName": "iPad",
        "DeviceCapacity": 128.0,
        "AvailableDeviceCapacity": 64.0,
        "BatteryLevel": 0.5,
        "IsSupervised": True,
    }
    report = {"Status": "Acknowledged", "UDID": device["hw_id"], "QueryResponses": answers}
    return {
        "topic": "mdm.Connect",
        "event_id": device["source_id"],
        "created_at": SEEN,
        "acknowledge_event": {
            "udid": device["hw_id"],
            "status": "Acknowledged",
            "command_uuid": "c0ffee",
            "raw_payload": base64.b64encode(plistlib.dumps(report)).decode(),
        },
    }


def _android(device: Device) -> Device:
    said = {
        "name": f"enterprises/LC01/devices/{device['source_id']}",
        "managementMode": "DEVICE_OWNER",
        "state": "ACTIVE",
        "appliedState": "ACTIVE",
        "ownership": "COMPANY_OWNED",
        "policyCompliant": True,
        "lastStatusReportTime": SEEN,
        "hardwareInfo": {"serialNumber": device["serial"], "manufacturer": "Samsung", "model": "SM-X510"},
        "softwareInfo": {"androidVersion": "14", "androidBuildNumber": "UP1A"},
        "networkInfo": {"imei": device["imei"][0], "wifiMacAddress": device["wifi_mac"]},
    }
    message = {
        "attributes": {"notificationType": "STATUS_REPORT"},
        "data": base64.b64encode(json.dumps(said).encode()).decode(),
        "messageId": device["source_id"],
        "publishTime": SEEN,
    }
    return {"message": message, "subscription": "projects/bench/subscriptions/tranche"}


# Senders of pages: what one device is, and what a page of them is.
PAGES: dict[str, tuple[Callable[[Device], Device], Callable[[list[Device]], Device]]] = {
    SourceKind.NATIVE: (_native, lambda page: {"devices": page}),
    SourceKind.INTUNE: (_intune, lambda page: {"@odata.context": "", "value": page}),
    SourceKind.FLEET: (_fleet, lambda page: {"hosts": page}),
    SourceKind.MAAS360: (_maas360, lambda page: {"devices": {"device": page, "count": len(page)}}),
    SourceKind.CHROMEOS: (_chromeos, lambda page: {"chromeosdevices": page}),
}
# Senders of one device or event a body.
EVENTS: dict[str, Callable[[Device], Device]] = {
    SourceKind.NATIVE: lambda device: {"devices": [device]},
    SourceKind.JAMF: _jamf,
    SourceKind.NANOMDM: _plist_event,
    SourceKind.MICROMDM: _plist_event,
    SourceKind.ANDROID_MANAGEMENT: _android,
}


def pages(kind: str, prefix: str, count: int, size: int) -> list[bytes]:
    """Bodies of `size` devices each, for `count` devices in all."""
    shape, wrap = PAGES[kind]
    devices = [shape(_common(prefix, number)) for number in range(count)]
    return [json.dumps(wrap(devices[at : at + size])).encode() for at in range(0, count, size)]


def events(kind: str, prefix: str, count: int) -> list[bytes]:
    """Bodies of one device each."""
    return [json.dumps(EVENTS[kind](_common(prefix, number))).encode() for number in range(count)]
