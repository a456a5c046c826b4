"""Android Management API: notifications over Pub/Sub push, and its devices as such.

Source: discovery documents androidmanagement.v1 and pubsub.v1; developers.google.com/android/management.
JSON of Google leaves out what is false, 0 or empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fleet.mdm.adapters import android_device, documents, pubsub, values
from fleet.mdm.adapters.adapter import Adapter, Manners, Read, names
from fleet.mdm.adapters.mapping import Fields, an_object, record, rejection, value_of
from fleet.mdm.adapters.pubsub import Message
from fleet.mdm.records import Rejected

TYPE = "notificationType"
# Notifications that hold a device. COMMAND holds an operation; others say nothing of a device.
_DEVICES = frozenset({"ENROLLMENT", "STATUS_REPORT", "COMPLIANCE_REPORT"})


def read(body: bytes, content_type: str) -> Read:
    """The device of a notification, or of each that the API lists; other notifications are counted."""
    found = Read()
    try:
        message = pubsub.message_of(documents.decode(body, content_type))
        for data in _held(message.data):
            _take(message, data, found)
    except Rejected as error:
        found.items.append(rejection(error))
    return found


def _held(data: Any) -> Iterator[Any]:
    """Each device of a page or a list, or the one thing that it is."""
    page = data.get("devices") if isinstance(data, dict) else data
    if isinstance(page, list):
        yield from page
    else:
        yield data


def _take(message: Message, data: Any, found: Read) -> None:
    kind = message.attribute(TYPE).upper() or _kind_of(data)
    try:
        if kind in _DEVICES:
            _take_device(message, an_object(data, "a device", "message.data"), kind, found)
        elif kind == "COMMAND":
            _take_command(message, an_object(data, "an operation", "message.data"), found)
        else:
            found.ignored[kind[:100]] += 1
    except Rejected as error:
        found.items.append(rejection(error))


def _kind_of(data: Any) -> str:
    """Of what came without a word on it."""
    name = value_of(data, "name") if isinstance(data, dict) else None
    return "COMMAND" if isinstance(name, str) and "/operations/" in name else "STATUS_REPORT"


def _take_device(message: Message, device: dict[str, Any], kind: str, found: Read) -> None:
    fields = android_device.read(device, found.dropped)
    if message.published:
        fields["observed_at"] = message.published
    previous = android_device.previous(device)
    is_gone = fields.get("enrolment") == "unenrolled"
    found.items.append(record(fields, is_event=is_gone or kind == "ENROLLMENT", previous=previous))


# What a command that was done says of the device.
_DONE: dict[str, Fields] = {
    "WIPE": {"wipe": "confirmed"},
    "RELINQUISH_OWNERSHIP": {"enrolment": "unenrolled"},
    "START_LOST_MODE": {"lost": True},
    "STOP_LOST_MODE": {"lost": False},
}
_STATUSES = {"START_LOST_MODE": "startLostModeStatus", "STOP_LOST_MODE": "stopLostModeStatus"}
_SAME = frozenset({"SUCCESS", "ALREADY_IN_LOST_MODE", "NOT_IN_LOST_MODE"})


def _take_command(message: Message, operation: dict[str, Any], found: Read) -> None:
    metadata = value_of(operation, "metadata")
    command = metadata if isinstance(metadata, dict) else {}
    kind = (values.text(value_of(command, "type")) or "").upper()
    said = _said(kind, operation, command)
    device = android_device.device_of(value_of(operation, "name"))
    if not said or not device:
        found.ignored[f"COMMAND {kind}".strip()[:100]] += 1
        return
    fields = said | {"source_id": device}
    try:
        fields["observed_at"] = message.published or values.when(value_of(command, "createTime"))
    except Rejected as error:
        raise Rejected("metadata.createTime", error.code, error.message) from error
    found.items.append(record(fields, is_event=True, creates=False))


def _said(kind: str, operation: dict[str, Any], command: dict[str, Any]) -> Fields:
    """What the command has done, or begun; nothing where it failed."""
    if value_of(operation, "error") or value_of(command, "errorCode"):
        return {}
    if value_of(operation, "done") is not True:
        return {"wipe": "issued"} if kind == "WIPE" else {}
    result = value_of(command, _STATUSES[kind]) if kind in _STATUSES else None
    status = values.text(value_of(result, "status")) if isinstance(result, dict) else None
    return dict(_DONE.get(kind, {})) if status is None or status in _SAME else {}


def admit(document: Any, headers: Mapping[str, str]) -> Any:
    return pubsub.opened(document, headers, (TYPE,))


def _count(document: Any) -> int:
    return sum(1 for _ in _held(pubsub.data_of(document)))


ADAPTER = Adapter(
    read=read,
    manners=Manners(is_read=False),
    secrets=names("newPassword", "activationCode"),
    admit=admit,
    event_id=pubsub.message_id,
    count=_count,
    tables=android_device.TABLES,
)
