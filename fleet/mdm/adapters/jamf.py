"""Jamf Pro webhooks: one event a body, as JSON.

Source: https://developer.jamf.com/jamf-pro/docs/webhooks-1. A forwarder may write the keys in snake case.
A sender tries once; Mac and mobile ids are number spaces of their own, so `source_id` names which.
"""

from __future__ import annotations

from typing import Any

from fleet.mdm.adapters import documents, values
from fleet.mdm.adapters.adapter import Adapter, Manners, Read
from fleet.mdm.adapters.apple import platform_of
from fleet.mdm.adapters.mapping import Fields, Mapper, To, an_object, read_at, record, rejection, value_of
from fleet.mdm.records import Rejected

_FIELDS = {
    "serialNumber": To("serial", values.identifier),
    "udid": To("hw_id", values.identifier),
    "jssID": To("source_id", values.text),
    "imei": To("imei", values.imeis),
    "wifiMacAddress": To("wifi_mac", values.mac),
    "osVersion": To("os_version", values.text),
    "version": To("os_version", values.text),
    "osBuild": To("os_build", values.text),
    "username": To("user_name", values.text),
    "assetTag": To("asset_tag", values.identifier),
}
COMPUTER = {
    **_FIELDS,
    "macAddress": To("wifi_mac", values.mac),
    "model": To("model", values.text),
    "realName": To("user_name", values.text),
    "emailAddress": To("user_email", values.text),
}
MOBILE = {
    **_FIELDS,
    "model": To("model_id", values.text),
    "modelDisplay": To("model", values.text),
    "icciID": To("sims", values.sims),
}
_COMPUTER, _MOBILE = Mapper(COMPUTER), Mapper(MOBILE)

# Events of a computer or a mobile device, and what they say of its enrolment.
EVENTS: dict[str, tuple[str, str]] = {
    "ComputerAdded": ("computer", "enrolled"),
    "ComputerCheckIn": ("computer", ""),
    "ComputerInventoryCompleted": ("computer", ""),
    "ComputerPolicyFinished": ("computer", ""),
    "ComputerPushCapabilityChanged": ("computer", ""),
    "MobileDeviceCheckIn": ("mobile", ""),
    "MobileDeviceCommandCompleted": ("mobile", ""),
    "MobileDeviceEnrolled": ("mobile", "enrolled"),
    "MobileDeviceInventoryCompleted": ("mobile", ""),
    "MobileDeviceUnEnrolled": ("mobile", "unenrolled"),
}
_EVENTS = {documents.key(name): (name, *meaning) for name, meaning in EVENTS.items()}


def read(body: bytes, content_type: str) -> Read:
    """One event; those of other types are counted."""
    found = Read()
    for one in documents.each(body, content_type):
        _take(one, found)
    return found


def _take(given: Any, found: Read) -> None:
    fields: Fields = {}
    try:
        envelope = an_object(given, "a webhook")
        webhook = an_object(value_of(envelope, "webhook"), "what the webhook is", "webhook")
        name = values.text(value_of(webhook, "webhookEvent")) or "an event without a type"
        if not (known := _EVENTS.get(documents.key(name))):
            found.ignored[name[:100]] += 1
            return
        _, family, enrolment = known
        event = an_object(value_of(envelope, "event"), "the event", "event")
        device = value_of(event, "computer") if isinstance(value_of(event, "computer"), dict) else event
        fields = (_COMPUTER if family == "computer" else _MOBILE).read(device, found.dropped, "event.")
        _complete(fields, family, enrolment, webhook)
    except Rejected as error:
        found.items.append(rejection(error, fields))
        return
    found.items.append(record(fields, is_event=bool(enrolment)))


def _complete(fields: Fields, family: str, enrolment: str, webhook: dict[str, Any]) -> None:
    """What the envelope says, and what the kind of device goes without saying."""
    if number := fields.get("source_id"):
        fields["source_id"] = f"{family}/{number}"
    fields["manufacturer"] = "Apple"
    if family == "computer":
        fields["platform"] = "macos"
    elif model := fields.get("model_id", ""):
        fields["platform"] = platform_of(model)
    at = read_at("webhook.eventTimestamp", values.epoch_ms, value_of(webhook, "eventTimestamp"))
    fields["observed_at"] = at
    if enrolment != "unenrolled":
        fields["last_seen"] = at
    if enrolment:
        fields["enrolment"] = enrolment
    if enrolment == "enrolled":
        fields["enrolled_at"] = at


ADAPTER = Adapter(
    read=read,
    manners=Manners(comes_again=False, is_read=False),
    tables={"Mobile device (`event`)": MOBILE, "Computer (`event` or `event.computer`)": COMPUTER},
)
