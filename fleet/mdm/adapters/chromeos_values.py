"""Values as the Directory API of Google Workspace writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fleet.mdm import normalise
from fleet.mdm.adapters import values
from fleet.mdm.adapters.mapping import value_of

chromeos_enrolment = values.word(
    {
        "ACTIVE": "enrolled",
        "DISABLED": "enrolled",
        "DELINQUENT": "enrolled",
        "PENDING": "pending",
        "PRE_PROVISIONED": "pending",
        "SHIPPED": "pending",
        "DEPROVISIONED": "unenrolled",
        "INACTIVE": "unenrolled",
        "UNKNOWN": "",
    }
)
mobile_enrolment = values.word(
    {
        "APPROVED": "enrolled",
        "ACTIVE": "enrolled",
        "BLOCKED": "enrolled",
        "PENDING": "pending",
        "UNPROVISIONED": "unenrolled",
        "WIPED": "unenrolled",
        "WIPING": "",
        "ACCOUNT_WIPING": "",
        "UNKNOWN": "",
    }
)
# Of the version of the system alone, as the policy asks for it.
compliance = values.word(
    {
        "compliant": "compliant",
        "notCompliant": "noncompliant",
        "pending": "grace",
        "complianceUnspecified": "",
    }
)
_size = values.size()
# The volume of the user's files; /media/archive and /media/removable repeat one that is mounted there.
_HOME = "/home/chronos"


def email(value: Any) -> str | None:
    """Free text where it is an e-mail address."""
    found = values.text(value)
    return found if found and "@" in found and " " not in found else None


def recent_user(value: Any) -> str | None:
    """The address of whoever signed in last; the list begins with the newest."""
    given = (one.get("email") for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
    return next(filter(None, map(email, given)), None)


def first(value: Any) -> str | None:
    """The first text of a list, or a text."""
    given = value if isinstance(value, list) else [value]
    return next(filter(None, map(values.text, given)), None)


def platform(value: Any) -> str | None:
    """`ANDROID`, `IOS_SYNC`, `Android 8.0.0`; GOOGLE_SYNC says nothing."""
    found = values.bare(value)
    known = {"android": "android", "ios": "ios", "ipados": "ipados"}
    return next((meant for word, meant in known.items() if found.startswith(word)), None)


def version(value: Any) -> str | None:
    """`Android 8.0.0` → 8.0.0."""
    words = (values.text(value) or "").split()
    return words[-1] if len(words) > 1 and words[-1][0].isdigit() else None


def encrypted(value: Any) -> bool | None:
    return {"encrypted": True, "notencrypted": False, "unencrypted": False}.get(values.bare(value))


def imei_in(meid: Any) -> str | None:
    """The IMEI that stands where an MEID should; None where it is none."""
    digits = normalise.imei(meid) if isinstance(meid, str) else ""
    return digits if meid == digits and normalise.is_imei(digits) else None


def usage_total(usage: Any) -> int | None:
    total: int | None = _size(usage.get("capacityBytes")) if isinstance(usage, dict) else None
    return total


def volume_total(reports: Any) -> int | None:
    return next((total for total, _ in _volumes(reports) if total), None)


def free(device: dict[str, Any]) -> int | None:
    """What is free of that of which `usage_total` or `volume_total` is the whole."""
    usage = value_of(device, "diskSpaceUsage")
    if total := usage_total(usage):
        used = values.whole(usage.get("usedBytes"))
        return total - used if used is not None and used <= total else None
    reports = value_of(device, "diskVolumeReports")
    return next((free for total, free in _volumes(reports) if total), None)


def _volumes(reports: Any) -> Iterator[tuple[int | None, int | None]]:
    """(total, free) of the user's volume in each report, the newest first."""
    for report in reports if isinstance(reports, list) else ():
        held = report.get("volumeInfo") if isinstance(report, dict) else None
        for one in held if isinstance(held, list) else ():
            if isinstance(one, dict) and str(one.get("volumeId")).startswith(_HOME):
                yield _size(one.get("storageTotal")), _size(one.get("storageFree"))
