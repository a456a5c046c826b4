"""Fleet's webhooks: what its activities and failing policies say of a host."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fleet.mdm.adapters import values
from fleet.mdm.adapters.adapter import Read
from fleet.mdm.adapters.mapping import Fields, Mapper, To, an_object, read_at, record, rejection
from fleet.mdm.records import Rejected

_LINUX = """linux ubuntu debian rhel centos sles kali gentoo amzn pop arch archarm linuxmint void nixos
    endeavouros manjaro manjaro-arm opensuse-leap opensuse-tumbleweed tuxedo neon fedora rocky almalinux ol"""
platform = values.word({"darwin": "macos", "chrome": "chromeos"} | dict.fromkeys(_LINUX.split(), "linux"))

DETAILS = {
    "host_id": To("source_id", values.text),
    "host_serial": To("serial", values.identifier),
    "enrollment_id": To("hw_id", values.identifier),
    "platform": To("platform", platform),
    "host_platform": To("platform", platform),
    "installed_from_dep": To("ownership", lambda given: "organisation" if given is True else None),
}
_DETAILS = Mapper(DETAILS)
# What an activity says, by its type.
ACTIVITIES: dict[str, Fields] = {
    "mdm_enrolled": {"enrolment": "enrolled"},
    "mdm_unenrolled": {"enrolment": "unenrolled"},
    "locked_host": {"lost": True},
    "unlocked_host": {"lost": False},
    "wiped_host": {"wipe": "issued"},
    "failed_wipe": {"wipe": "none"},
}


def activity(given: dict[str, Any], found: Read) -> None:
    """One activity; those of other types, and those that name no host, are counted."""
    name, fields = given["type"], dict[str, Any]()
    if name not in ACTIVITIES:
        found.ignored[name[:100] or "an activity without a type"] += 1
        return
    try:
        fields = _DETAILS.read(
            an_object(given.get("details"), "the details", "details"), found.dropped, "details."
        )
        at = _time(given)
    except Rejected as error:
        found.items.append(rejection(error, fields))
        return
    if "hw_id" in fields:  # a personal device, which Fleet knows by its enrolment alone
        fields.pop("serial", None)
        fields["ownership"] = "personal"
    if not fields.keys() & {"source_id", "serial", "hw_id"}:
        found.ignored[f"{name} that names no host"] += 1
        return
    fields |= ACTIVITIES[name] | {"observed_at": at}
    if name == "mdm_enrolled":
        fields |= {"enrolled_at": at, "last_seen": at}
    creates = "enrolment" in fields and bool(fields.keys() & {"serial", "hw_id"})
    found.items.append(record(fields, is_event=True, creates=creates))


def failing_policy(given: dict[str, Any], found: Read) -> None:
    """The hosts that a policy fails, of which Fleet gives the ids alone: they make no device."""
    policy = given["policy"] if isinstance(given["policy"], dict) else {}
    hosts = given.get("hosts", policy.get("hosts"))
    for position, one in enumerate(hosts if isinstance(hosts, list) else [hosts]):
        try:
            host = an_object(one, "a host", f"hosts[{position}]")
            fields = {
                "source_id": values.text(host.get("id")),
                "compliance": "noncompliant",
                "observed_at": _time(given),
            }
        except Rejected as error:
            found.items.append(rejection(error))
        else:
            found.items.append(record(fields, creates=False))


def _time(given: dict[str, Any]) -> dt.datetime | None:
    name = "timestamp" if given.get("timestamp") else "created_at"
    return read_at(name, values.when, given.get(name))
