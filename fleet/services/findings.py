"""Is this device right, and if not why: what the facts known of one device give reason to look into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from fleet.models import Device
from fleet.vocabulary import Compliance, ConflictStatus, Enrolment, LifeCycle
from fleet.web import text

SEEN_WITHIN = timedelta(days=7)
IN_USE = (LifeCycle.ISSUED, LifeCycle.ON_LOAN)
GONE = (LifeCycle.RETIRED, LifeCycle.DISPOSED)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look into, and what to do about it."""

    title: str
    advice: str


def _seen(device: Device) -> Iterator[Finding]:
    seen_at = device.heartbeat.last_seen_at if hasattr(device, "heartbeat") else None
    if seen_at is None:
        yield Finding("No MDM has seen it yet", "Switch it on and check that it is enrolled.")
    elif (silent := timezone.now() - seen_at) > SEEN_WITHIN:
        advice = "Ask its holder to switch it on and connect it."
        yield Finding(f"Not seen for {silent.days} days, last on {text.day(seen_at)}", advice)


def _managed(device: Device) -> Iterator[Finding]:
    if device.enrolment != Enrolment.ENROLLED:
        yield Finding(f"Enrolment: {device.get_enrolment_display().lower()}", "Enrol it in the MDM.")
    if device.compliance == Compliance.NONCOMPLIANT:
        yield Finding("Not compliant", "See in the MDM which rule it breaks.")
    for is_so, title, advice in (
        (device.encrypted, "Not encrypted", "Switch encryption on; wiping may be quicker."),
        (device.passcode, "No passcode set", "Ask its holder to set one."),
    ):
        if is_so is False:
            yield Finding(title, advice)


def _holder(device: Device) -> Iterator[Finding]:
    holder = device.holder
    if holder is None:
        return
    if not holder.is_active():
        yield Finding(f"{holder} is not at work any more", "Get the device back and record it as returned.")
    known = {address.lower() for address in (holder.email, holder.upn) if address}
    reported = device.user_upn or device.user_email
    if reported and known and reported.lower() not in known:
        yield Finding(f"The MDM says that {reported} uses it", f"Find out whether {holder} passed it on.")


def _place(device: Device) -> Iterator[Finding]:
    if device.site and not device.site.is_open():
        yield Finding(f"{device.site} is not open today", "Record where the device is now.")
    if device.model and device.model.supported_until and device.model.supported_until < timezone.localdate():
        ended = text.day(device.model.supported_until)
        yield Finding(f"The maker's support ended on {ended}", "Plan its replacement.")


def _identity(device: Device) -> Iterator[Finding]:
    reported = device.reported_asset_tag
    if device.asset_tag and reported and reported.lower() != device.asset_tag.lower():
        yield Finding(f"The MDM calls it {reported}", "Correct the asset tag, here or in the MDM.")
    for record in device.source_records.missing().select_related("mdm_source"):
        told = f"Missing from the last complete sync of {record.mdm_source}"
        yield Finding(told, "Check whether it was deleted there.")
    if device.identity_conflicts.filter(status=ConflictStatus.OPEN).exists():
        yield Finding("A record may belong to it or to another device", "Decide under MDM conflicts.")


_IN_USE_ONLY: tuple[Callable[[Device], Iterator[Finding]], ...] = (_seen, _managed, _holder)
_ALWAYS: tuple[Callable[[Device], Iterator[Finding]], ...] = (_place, _identity)


def findings_of(device: Device) -> list[Finding]:
    """In the order of urgency; none for a device that is retired or disposed of."""
    if device.life_cycle in GONE:
        return []
    rules = (*(_IN_USE_ONLY if device.life_cycle in IN_USE else ()), *_ALWAYS)
    return [finding for rule in rules for finding in rule(device)]
