"""What an MDM would report of a tranche's devices, were everything mended that it can see."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fleet.mdm.simulator.inventing import Record
from fleet.models import Approval, Condition, Device, MdmSource, SourceRecord
from fleet.versions import version_key
from fleet.vocabulary import Control, Platform
from rollouts.checks import CHECKS
from rollouts.checks.base import DeviceCheck
from rollouts.checks.entitlements import ApprovedForClassification
from rollouts.models import Tranche, TranchePerson

# The checks that a device may come to pass by what its MDM says of it.
_MENDABLE = tuple(
    key for key, check in CHECKS.items() if isinstance(check, (DeviceCheck, ApprovedForClassification))
)
_IN_ORDER = {
    "enrolment": "enrolled",
    "compliance": "compliant",
    "supervised": True,
    "encrypted": True,
    "passcode": True,
    "lost": False,
}
_COLUMNS = {"lost": "lost_mode"}
_SILENT = dt.timedelta(days=1)


@dataclass
class Wanted:
    """What a programme and its organisation's approvals ask of a platform."""

    versions: list[str] = field(default_factory=list)
    controls: set[str] = field(default_factory=set)

    def version_for(self, device: Device) -> str:
        """The newest of what is asked for and what the device has."""
        return max([device.os_version, *self.versions], key=version_key)

    def software_for(self, device: Device) -> list[dict[str, Any]]:
        """What the device has, and the controls that it lacks."""
        installed = {str(one["name"]).lower() for one in device.software}
        return [*device.software, *({"name": n} for n in sorted(self.controls) if n.lower() not in installed)]


def remedies_for(*, tranche: Tranche, source: MdmSource) -> list[Record]:
    """Records, each for the device of somebody whom a check of devices holds up; none where it is in order.

    They name the device as `source` names it already, so that it is updated and no second one made.
    """
    devices = {device.pk: device for device in _held_up(tranche)}
    source_ids = dict(_source_ids(source, devices))
    wanted = _wanted(tranche)
    mended = {pk: _mended(device, wanted[_platform_of(device)]) for pk, device in devices.items()}
    return [
        names | mended[pk] | {"last_seen": timezone.now().isoformat()}
        for pk, device in devices.items()
        if (names := _names(device, source_ids.get(pk, ""))) and not _is_in_order(device, mended[pk])
    ]


def _held_up(tranche: Tranche) -> QuerySet[Device]:
    people = TranchePerson.objects.filter(tranche=tranche).outstanding().held_up_by(*_MENDABLE)
    return Device.objects.filter(pk__in=people.values("device")).select_related("model", "heartbeat")


def _source_ids(source: MdmSource, device_ids: Iterable[int]) -> QuerySet[SourceRecord, tuple[int, str]]:
    rows = SourceRecord.objects.filter(mdm_source=source, device__in=list(device_ids))
    return rows.order_by("observed_at").values_list("device_id", "source_id")


def _wanted(tranche: Tranche) -> defaultdict[str, Wanted]:
    """By platform."""
    programme, found = tranche.programme, defaultdict[str, Wanted](Wanted)
    for platform, version in programme.minimums.values_list("platform", "version"):
        found[platform].versions.append(version)
    approvals = Approval.objects.in_force(timezone.localdate()).filter(organisation=programme.organisation_id)
    for platform, version in approvals.values_list("platform", "minimum_version"):
        found[platform].versions.append(version)
    conditions = Condition.objects.filter(approval__in=approvals, control=Control.SOFTWARE)
    for platform, name in conditions.values_list("approval__platform", "name"):
        found[platform].controls.add(name)
    return found


def _names(device: Device, source_id: str) -> Record:
    """All that names the device; empty where nothing does that an MDM knows."""
    names = {
        "source_id": source_id,
        "serial": device.serial,
        "hw_id": device.hw_id,
        "imei": [imei for imei in (device.imei, device.imei2) if imei],
    }
    return {name: value for name, value in names.items() if value}


def _mended(device: Device, wanted: Wanted) -> Record:
    facts = _IN_ORDER | {"os_version": wanted.version_for(device)}
    return facts | ({"software": wanted.software_for(device)} if wanted.controls else {})


def _is_in_order(device: Device, mended: Record) -> bool:
    """Whether its MDM says all this already, and said so within a day."""
    beat = getattr(device, "heartbeat", None)
    is_seen = beat is not None and beat.last_seen_at and timezone.now() - beat.last_seen_at < _SILENT
    return bool(is_seen) and all(
        getattr(device, _COLUMNS.get(name, name)) == value for name, value in mended.items()
    )


def _platform_of(device: Device) -> str:
    if device.platform == Platform.UNKNOWN and device.model:
        return device.model.platform
    return device.platform
