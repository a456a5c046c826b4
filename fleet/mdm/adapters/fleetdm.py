"""Fleet (fleetdm.com): pages of hosts, single hosts, and its webhooks.

Source: https://fleetdm.com/docs/rest-api/rest-api#list-hosts, https://fleetdm.com/guides/automations. A
webhook comes again after 429 alone; activities come in no order.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from fleet.mdm import normalise
from fleet.mdm.adapters import documents, fleetdm_events, values
from fleet.mdm.adapters.adapter import Adapter, Manners, Read, names
from fleet.mdm.adapters.mapping import Fields, Mapper, To, an_object, record, rejection
from fleet.mdm.adapters.software import software
from fleet.mdm.records import Record, Rejected, Rejection

APPLE = frozenset({"macos", "ios", "ipados", "tvos"})
_DOTTED, _NUMBER = re.compile(r"\d+(?:\.\d+)+"), re.compile(r"\d+")
_WORN = ("service", "replace", "check", "poor", "fair", "fail")


def _version(given: Any) -> str | None:
    """`CentOS Linux 7` → 7, `Windows 11 Pro 23H2 10.0.22631.3296` → 10.0.22631.3296: the name is left out."""
    found = values.text(given)
    if found is None:
        return None
    if dotted := _DOTTED.findall(found):
        return str(dotted[-1])
    number = _NUMBER.search(found)
    return number[0] if number else found


def _compliance(issues: Any) -> str | None:
    count = values.whole(issues.get("failing_policies_count")) if isinstance(issues, dict) else None
    return None if count is None else "noncompliant" if count else "compliant"


def _health(batteries: Any) -> str | None:
    """The worst of its batteries."""
    given = batteries if isinstance(batteries, list) else []
    said = [(values.text(one.get("health")) or "").lower() for one in given if isinstance(one, dict)]
    if any(word in one for one in said for word in _WORN):
        return "service"
    return "good" if any(one in {"normal", "good"} for one in said) else None


def _first(name: str) -> Any:
    """A reader of the first object of a list that has this."""

    def read(given: Any) -> str | None:
        objects = (one for one in (given if isinstance(given, list) else []) if isinstance(one, dict))
        return next((found for one in objects if (found := values.text(one.get(name)))), None)

    return read


# `_` is read together with another field.
HOST = {
    "id": To("source_id", values.text),
    "uuid": To("hw_id", values.identifier),
    "hardware_serial": To("serial", values.identifier),
    "hardware_vendor": To("manufacturer", values.text),
    "hardware_model": To("model", values.text),
    "platform": To("platform", fleetdm_events.platform),
    "os_version": To("os_version", _version),
    "build": To("os_build", values.text),
    "seen_time": To("last_seen", values.when),
    "last_enrolled_at": To("enrolled_at", values.when),
    "gigs_total_disk_space": To("storage_total_bytes", values.size(values.GIGA)),
    "gigs_disk_space_available": To("storage_free_bytes", values.size(values.GIGA)),
    "disk_encryption_enabled": To("encrypted", values.flag),
    "batteries": To("battery_health", _health),
    "issues": To("compliance", _compliance),
    "software": To("software", software("name", "version")),
    "device_mapping": To("user_email", _first("email")),
    "end_users": To("user_upn", _first("idp_username")),
    "mdm": To("_", lambda given: given),
}
ENROLMENT = {
    "on (automatic)": "enrolled",
    "on (manual)": "enrolled",
    "on (personal)": "enrolled",
    "on (manual - personal)": "enrolled",
    "on (company-owned)": "enrolled",
    "pending": "pending",
    "off": "unenrolled",
}
MDM = {
    "enrollment_status": To("enrolment", values.word(ENROLMENT)),
    "device_status": To("lost", lambda given: {"locked": True, "unlocked": False}.get(str(given).lower())),
    "pending_action": To("_", values.text),
}
_HOST, _MDM = Mapper(HOST), Mapper(MDM)


def read(body: bytes, content_type: str) -> Read:
    """The hosts of a body, and what its events say of theirs."""
    found, hosts = Read(), list[Any]()
    for one in documents.each(body, content_type):
        _open(one, found, hosts)
    shared = _shared(hosts)
    found.items += [_host(one, shared, found.dropped) for one in hosts]
    return found


def count(document: Any) -> int:
    """How many hosts a body names."""
    bodies = document if isinstance(document, list) else [document]
    pages = (one.get("hosts") if isinstance(one, dict) else None for one in bodies)
    return sum(len(page) if isinstance(page, list) else 1 for page in pages)


def _open(given: Any, found: Read, hosts: list[Any]) -> None:
    match given:
        case {"type": str()}:
            fleetdm_events.activity(given, found)
        case {"vulnerability": _}:
            found.ignored["vulnerability"] += 1
        case {"policy": _}:
            fleetdm_events.failing_policy(given, found)
        case {"data": {"unseen_hosts": _}}:
            found.ignored["host status"] += 1
        case {"hosts": list(page)}:
            hosts.extend(page)
        case {"host": host}:
            hosts.append(host)
        case {"id": _}:
            hosts.append(given)
        case _:
            message = 'Expected {"hosts": […]}, {"host": {…}} or one of Fleet\'s webhooks.'
            found.items.append(Rejected("", "invalid", message).as_rejection())


def _shared(hosts: list[Any]) -> frozenset[str]:
    """Hardware ids of more than one host, as containers have: they tell no device from another."""
    given = (one.get("uuid") for one in hosts if isinstance(one, dict))
    counts = Counter(normalise.hw_id(one) for one in given if isinstance(one, str))
    return frozenset(uuid for uuid, count in counts.items() if count > 1)


def _host(given: Any, shared: frozenset[str], dropped: set[str]) -> Record | Rejection:
    fields: Fields = {}
    try:
        host = an_object(given, "a host", "hosts")
        fields = _HOST.read(host, dropped)
        mdm = fields.pop("_", None)
        if isinstance(mdm, dict):
            fields |= _enrolled(_MDM.read(mdm, dropped, "mdm."), mdm)
    except Rejected as error:
        return rejection(error, fields)
    if normalise.hw_id(fields.get("hw_id", "")) in shared:
        del fields["hw_id"]
    if fields.get("platform") in APPLE and "model" in fields:
        fields["model_id"] = fields.pop("model")
    return record(fields)


def _enrolled(fields: Fields, mdm: dict[str, Any]) -> Fields:
    """What Fleet's MDM says, with what its words imply of whose the device is, and whether it was wiped."""
    status, pending = str(mdm.get("enrollment_status")).lower(), fields.pop("_", "")
    if "personal" in status:
        fields["ownership"] = "personal"
    elif "company-owned" in status or "automatic" in status:
        fields["ownership"] = "organisation"
    if mdm.get("device_status") == "wiped":
        fields["wipe"] = "confirmed"
    elif pending.lower() == "wipe":
        fields["wipe"] = "issued"
    elif "lost" in fields:
        fields["wipe"] = "none"
    return fields


ADAPTER = Adapter(
    read=read,
    manners=Manners(is_read=False, busy=429),
    secrets=names(
        "node_key", "orbit_node_key", "osquery_host_id", "device_auth_token", "unlock_pin", "encryption_key"
    ),
    count=count,
    tables={"Host": HOST, "Host, `mdm`": MDM, "Activity, `details`": fleetdm_events.DETAILS},
)
