"""MicroMDM's webhook: one event a body, an Apple device's own message inside as Base64.

Source: https://github.com/micromdm/micromdm/blob/main/docs/user-guide/api-and-webhooks.md. NanoMDM sends the
same with more ids. A sender tries once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fleet.mdm.adapters import apple, documents, plists, values
from fleet.mdm.adapters.adapter import Adapter, Manners, Read, names
from fleet.mdm.adapters.mapping import Fields, an_object, read_at, record, rejection, value_of
from fleet.mdm.records import Record, Rejected, Rejection

CHECK_IN, ANSWER = "checkin_event", "acknowledge_event"
# The topics that say something of a device, in lower case: where the event is, what it says of enrolment.
TOPICS: dict[str, tuple[str, str]] = {
    "mdm.authenticate": (CHECK_IN, "pending"),
    "mdm.tokenupdate": (CHECK_IN, "enrolled"),
    "mdm.checkout": (CHECK_IN, "unenrolled"),
    "mdm.connect": (ANSWER, ""),
}
_USERS = frozenset({"user", "user enrollment", "shared ipad"})


class Whose(NamedTuple):
    """The enrolment that an event is of; events of a user's channel belong to that of the device."""

    source_id: str
    udid: str | None
    is_users: bool
    is_personal: bool


def read(body: bytes, content_type: str) -> Read:
    """One event, or several; those of other topics are counted."""
    found = Read()
    for one in documents.each(body, content_type):
        _take(one, found)
    return found


def _take(given: Any, found: Read) -> None:
    fields: Fields = {}
    try:
        envelope = an_object(given, "an event")
        topic = _text(envelope, "topic") or "an event without a topic"
        if known := TOPICS.get(topic.lower()):
            found.items.append(_record(envelope, *known, fields, found.dropped))
        else:
            found.ignored[topic[:100]] += 1
    except Rejected as error:
        found.items.append(rejection(error, fields))


def _record(
    envelope: dict[str, Any], part: str, enrolment: str, fields: Fields, dropped: set[str]
) -> Record | Rejection:
    """The record of one event, by way of its `fields`. Raises Rejected."""
    event = an_object(value_of(envelope, part), "the event", part)
    said = _said(event, part)
    whose = _whose(event, said, part)
    fields["source_id"] = whose.source_id
    if whose.is_users or (enrolment == "enrolled" and _tally(event) > 1):
        enrolment = ""
    fields |= _told(said, dropped, is_answer=part == ANSWER, is_first=enrolment == "pending")
    _complete(fields, whose, enrolment, read_at("created_at", values.when, value_of(envelope, "created_at")))
    is_told_once = enrolment != "enrolled" or _tally(event) == 1
    if enrolment == "enrolled" and is_told_once:
        fields["enrolled_at"] = fields["observed_at"]
    # Whoever checks in, or out, is a device, though it enrolled before anybody told of it here.
    return record(fields, is_event=bool(enrolment) and is_told_once, creates=not whose.is_users)


def _said(event: dict[str, Any], part: str) -> dict[str, Any]:
    """The device's own message; empty where there is none."""
    try:
        return plists.read(value_of(event, "raw_payload"))
    except plists.Unreadable as error:
        raise Rejected(f"{part}.raw_payload", "plist", str(error)) from error


def _whose(event: dict[str, Any], said: dict[str, Any], part: str) -> Whose:
    ids = value_of(event, "ids")
    ids = ids if isinstance(ids, dict) else {}
    kind, parent = (_text(ids, "type") or "").lower(), _text(ids, "parent_id")
    udid = _text(said, "UDID") or _text(event, "udid")
    enrolment = _text(said, "EnrollmentID") or _text(event, "enrollment_id")
    is_users = bool(parent or kind in _USERS or _text(said, "UserID") or _text(said, "EnrollmentUserID"))
    found = parent or udid or enrolment or (None if is_users else _text(ids, "id"))
    if found is None:
        message = "Neither a UDID nor an enrolment id says which device this is."
        raise Rejected(part, "unidentified", message)
    is_personal = kind.startswith("user enrollment") or (udid is None and enrolment is not None)
    return Whose(found, None if is_personal else udid, is_users, is_personal)


def _told(said: dict[str, Any], dropped: set[str], *, is_answer: bool, is_first: bool) -> Fields:
    """What the message tells of the device: when it begins to enrol, and in answer to a query."""
    path = "raw_payload."
    if is_first:
        return apple.information(said, dropped, path)
    fields: Fields = {}
    if not is_answer:
        return fields
    if isinstance(answers := value_of(said, "QueryResponses"), dict):
        fields |= apple.information(answers, dropped, f"{path}QueryResponses.")
    if isinstance(security := value_of(said, "SecurityInfo"), dict):
        fields |= apple.security(security, dropped, f"{path}SecurityInfo.")
    applications = value_of(said, "InstalledApplicationList")
    if software := read_at(f"{path}InstalledApplicationList", apple.applications, applications):
        fields["software"] = software
    return fields


def _complete(fields: Fields, whose: Whose, enrolment: str, at: Any) -> None:
    """What the envelope says, and what goes without saying."""
    fields |= {"manufacturer": "Apple", "observed_at": at, "last_seen": at}
    if whose.udid:
        fields["hw_id"] = whose.udid
    if whose.is_personal:
        fields["ownership"] = "personal"
    if enrolment:
        fields["enrolment"] = enrolment


def _tally(event: dict[str, Any]) -> int:
    """How often the device has sent its push token since it began to enrol; 0 where nobody counts."""
    name = "token_update_tally"
    return read_at(f"{CHECK_IN}.{name}", values.whole, value_of(event, name)) or 0


def _text(given: dict[str, Any], name: str) -> str | None:
    return read_at(name, values.text, value_of(given, name))


def cut(document: Any) -> bool:
    """Cut the secrets out of each device's message, in place; whether there were any."""
    is_cut = False
    left: list[Any] = [document] if isinstance(document, dict | list) else []
    while left:
        one = left.pop()
        for name, value in list(one.items()) if isinstance(one, dict) else enumerate(one):
            if isinstance(name, str) and documents.key(name) == "rawpayload":
                one[name] = plists.without_secrets(value)
                is_cut |= one[name] is not value
            elif isinstance(value, dict | list):
                left.append(value)
    return is_cut


def event_id(document: Any) -> str:
    """The sender's own id of an event; empty where it has none."""
    found = value_of(document, "event_id") if isinstance(document, dict) else None
    return found if isinstance(found, str) else ""


SECRETS = names("UnlockToken", "PushMagic", "Token", "BootstrapToken", "Challenge", "url_params") | names(
    "FDE_PersonalRecoveryKeyCMS", "FDE_PersonalRecoveryKeyDeviceKey", "ActivationLockBypassCode"
)
TABLES = {
    "Authenticate, and Connect with DeviceInformation": apple.INFORMATION,
    "Connect with SecurityInfo": apple.SECURITY,
}


def adapter(manners: Manners) -> Adapter:
    """How events of this form are read, from a sender with these manners."""
    return Adapter(read=read, manners=manners, secrets=SECRETS, cut=cut, event_id=event_id, tables=TABLES)


ADAPTER = adapter(Manners(comes_again=False, is_read=False))
