"""What a person decides of a record that names more than one device, and how it is followed from then on."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.mdm import events, reading, storing, writing
from fleet.mdm.facts import micros
from fleet.mdm.known import Identifier
from fleet.mdm.planning import Merger
from fleet.mdm.plans import Plan
from fleet.mdm.readings import Reading
from fleet.mdm.records import Rejected, from_document
from fleet.models import Device, FormerIdentifier, IdentityClaim, IdentityConflict, SourceRecord, User
from fleet.services.facts import announce
from fleet.vocabulary import ConflictStatus


def decide(
    *, conflict: IdentityConflict, decision: str, by: User, reason: str = "", device: Device | None = None
) -> None:
    """Follow a decision: `device` (which is then given), `new` or `dismiss`.

    Raises what its verb raises, and Invalid (field `device`) where none is given.
    """
    if decision == "new":
        resolve_to_new(conflict=conflict, reason=reason, by=by)
    elif decision == "dismiss":
        dismiss(conflict=conflict, reason=reason, by=by)
    elif device is None:
        raise Invalid("Name the device that the record is about.", field="device")
    else:
        resolve_to_device(conflict=conflict, device=device, reason=reason, by=by)


@transaction.atomic
def resolve_to_device(*, conflict: IdentityConflict, device: Device, reason: str, by: User) -> Device:
    """The record is about `device`: it is applied to it, and the identifier leads to it alone.

    Raises Conflict where the conflict is no longer open, Invalid (field `device`) for another's device.
    """
    if device.organisation_id != conflict.organisation_id:
        raise Invalid("Choose a device of the same organisation.", field="device")
    _begin(conflict)
    _close(conflict, ConflictStatus.RESOLVED, reason or f"The record is about {device}.", by)
    losers = _take_from_others(conflict, device)
    _apply(conflict, device)
    for loser in losers:
        _decide(conflict, serial=loser.serial, device=loser)
    _decide(conflict, serial=serial_of(conflict), device=device)
    return device


@transaction.atomic
def resolve_to_new(*, conflict: IdentityConflict, reason: str, by: User) -> Device:
    """The record is about a device that is not known yet; the identifier stays with the one that has it.

    Raises Conflict where the conflict is no longer open, Invalid where the record has no serial of its own.
    """
    if not serial_of(conflict):
        raise Invalid("The record has no serial, so nothing would tell a new device apart. Choose a device.")
    _begin(conflict)
    _close(conflict, ConflictStatus.RESOLVED, reason or "The record is about a new device.", by)
    device = _apply(conflict, None)
    _decide(conflict, serial=serial_of(conflict), device=device)
    return device


@transaction.atomic
def dismiss(*, conflict: IdentityConflict, reason: str, by: User) -> None:
    """The record is wrong: it is dropped, now and whenever it comes again.

    Raises Conflict where the conflict is no longer open, Invalid (field `reason`) without a reason.
    """
    if not reason.strip():
        raise Invalid("Say why the record is wrong.", field="reason")
    _begin(conflict)
    _close(conflict, ConflictStatus.DISMISSED, reason, by)
    _decide(conflict, serial=serial_of(conflict), is_ignored=True)


def serial_of(conflict: IdentityConflict) -> str:
    """The serial that the held record gives, normalised."""
    return _reading_of(conflict).keys.serial


def _reading_of(conflict: IdentityConflict) -> Reading:
    at = micros(conflict.observed_at)
    assert at is not None
    try:
        return Reading.of(0, from_document(conflict.record), at)
    except Rejected as error:
        raise Invalid(f"The record cannot be read any more: {error}") from error


def _begin(conflict: IdentityConflict) -> None:
    writing.begin()
    writing.decide_identity(conflict.organisation_id)


def _close(conflict: IdentityConflict, status: ConflictStatus, reason: str, by: User) -> None:
    closed = IdentityConflict.objects.open().filter(pk=conflict.pk)
    if not closed.update(status=status, resolution=reason, resolved_by=by, resolved_at=timezone.now()):
        raise Conflict("Somebody has decided this conflict already. Load the page again.")
    _claims_of(conflict).filter(device=None, is_ignored=False).delete()


def _claims_of(conflict: IdentityConflict) -> QuerySet[IdentityClaim]:
    source = conflict.source_id if conflict.kind == "source_id" else None
    return IdentityClaim.objects.filter(
        organisation=conflict.organisation_id, kind=conflict.kind, value=conflict.value, source=source
    )


def _decide(
    conflict: IdentityConflict, *, serial: str, device: Device | None = None, is_ignored: bool = False
) -> None:
    """From now on the identifier together with this serial goes to the device, or is dropped."""
    IdentityClaim.objects.update_or_create(
        organisation_id=conflict.organisation_id,
        source_id=conflict.source_id if conflict.kind == "source_id" else None,
        kind=conflict.kind,
        value=conflict.value,
        serial=serial,
        defaults={"device": device, "is_ignored": is_ignored},
    )


def _take_from_others(conflict: IdentityConflict, device: Device) -> list[Device]:
    """Other devices lose the identifier; those that had it. A serial stays: two makers may have used it."""
    others = Device.objects.filter(organisation=conflict.organisation_id).exclude(pk=device.pk)
    former = FormerIdentifier.objects.filter(device__in=others, kind=conflict.kind, value=conflict.value)
    records = SourceRecord.objects.filter(
        mdm_source=conflict.source_id, source_id=conflict.value, device__in=others
    )
    having = {
        "hw_id": Q(hw_id=conflict.value),
        "imei": Q(imei=conflict.value) | Q(imei2=conflict.value),
        "source_id": Q(pk__in=records.values("device")),
        "serial": Q(serial=conflict.value),
    }[conflict.kind]
    losers = list(others.filter(having | Q(pk__in=former.values("device"))))
    if conflict.kind == "source_id":
        records.delete()
    elif conflict.kind != "serial":
        former.delete()
        _clear(others, conflict.kind, conflict.value)
    return losers


def _clear(devices: QuerySet[Device], kind: str, value: str) -> None:
    if kind == "hw_id":
        devices.filter(hw_id=value).update(hw_id="")
    else:
        devices.filter(imei2=value).update(imei2="")
        devices.filter(imei=value).update(imei=F("imei2"), imei2="")


def _apply(conflict: IdentityConflict, device: Device | None) -> Device:
    """Merge the held record into the device, or into a new one."""
    held = _reading_of(conflict)
    contested: Identifier = (conflict.kind, conflict.value)
    plan = Plan.of(conflict.source_id, held.at, [held.record])
    quick = reading.quick_of(conflict.source_id, [held.source_id])
    known = reading.known_of(
        conflict.organisation_id, conflict.source_id, quick, [held], also=[device.pk] if device else []
    )
    if device:
        known.give(known.devices[device.pk], contested)
    merger = Merger(plan, known, reading.reserve_ids(1))
    row = known.devices[device.pk] if device else merger.create()
    merger.apply_to(row, held, [contested])
    changed = storing.write(plan, conflict.organisation_id, reading.models_of(conflict.organisation_id))
    events.write(plan.events, source=plan.source, delivery=conflict.delivery_id)
    announce(organisation_id=conflict.organisation_id, device_ids=changed)
    return Device.objects.get(pk=row.pk)
