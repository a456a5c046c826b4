"""What Intune's words and defaults mean, whichever way a device is told."""

from __future__ import annotations

from typing import Any

from fleet.mdm.adapters import values
from fleet.mdm.adapters.mapping import Fields, after_last_seen
from fleet.vocabulary import Platform

APPLE = frozenset({Platform.IOS, Platform.IPADOS, Platform.MACOS, Platform.TVOS})

_PLATFORMS = {
    "windows": "windows",
    "ipados": "ipados",
    "ios": "ios",
    "iphone": "ios",
    "ipad": "ipados",
    "macos": "macos",
    "mac os": "macos",
    "tvos": "tvos",
    "android": "android",
    "chrome": "chromeos",
    "linux": "linux",
    "ubuntu": "linux",
}
compliance = values.word(
    {
        "compliant": "compliant",
        "noncompliant": "noncompliant",
        "not compliant": "noncompliant",
        "inGracePeriod": "grace",
        "not evaluated": "",
        "unknown": "",
    }
)
ownership = values.word(
    {
        "company": "organisation",
        "corporate": "organisation",
        "personal": "personal",
        "unknown": "",
    }
)
# State of management → enrolment, wipe, and the step after the last sync at which the server took it up: a
# device that is to be wiped does not sync before. That something is pending or failed is no evidence that it
# was done.
_MANAGEMENT: dict[str, tuple[str, str, int]] = {
    "managed": ("enrolled", "none", 0),
    "unhealthy": ("enrolled", "none", 0),
    "discovered": ("pending", "", 0),
    "retirePending": ("enrolled", "", 1),
    "retireIssued": ("", "", 2),
    "retireFailed": ("enrolled", "", 3),
    "retireCanceled": ("enrolled", "", 3),
    "wipePending": ("enrolled", "", 1),
    "wipeIssued": ("", "issued", 2),
    "wipeFailed": ("enrolled", "none", 3),
    "wipeCanceled": ("enrolled", "none", 3),
    "deletePending": ("", "", 2),
}
enrolment = values.word({name: said for name, (said, _, _) in _MANAGEMENT.items()} | {"unknown": ""})
_wipe = values.word({name: said for name, (_, said, _) in _MANAGEMENT.items()})
_later = values.word({name: str(later) for name, (_, _, later) in _MANAGEMENT.items()})


def platform(value: Any) -> str | None:
    """The platform that free text begins with: `AndroidForWork`, `Windows 10 Holographic`."""
    found = values.text(value)
    if found is None or found.lower() in {"unknown", "none"}:
        return None
    return next((meant for word, meant in _PLATFORMS.items() if found.lower().startswith(word)), "other")


def manage(fields: Fields, state: Any) -> None:
    """What the state of management says beside enrolment."""
    wipe, later = _wipe(state), _later(state)
    if wipe in {"none", "issued"}:
        fields["wipe"] = wipe
    after_last_seen(fields, int(later) if later in {"1", "2", "3"} else 0)


def settle(fields: Fields) -> None:
    """Take out what says nothing.

    `false` is the default of encrypted and supervised: it counts once the device has reported its hardware,
    which its total storage shows, and supervision is Apple's alone.
    """
    if fields.get("platform") == "ios" and str(fields.get("model", "")).lower().startswith("ipad"):
        fields["platform"] = "ipados"
    has_reported = "storage_total_bytes" in fields
    if fields.get("encrypted") is False and not has_reported:
        del fields["encrypted"]
    if fields.get("supervised") is False and not (has_reported and fields.get("platform") in APPLE):
        del fields["supervised"]
