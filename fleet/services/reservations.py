"""Who a device is kept for. Apps above say it: `register(keeper)` in an AppConfig's `ready`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from fleet.errors import Invalid
from fleet.models import Device, StaffMember


@dataclass(frozen=True, slots=True)
class Reservation:
    """`kept_by` names what keeps the device for somebody, such as a tranche."""

    staff_member: StaffMember
    kept_by: str

    def __str__(self) -> str:
        return f"It is kept for {self.staff_member} by {self.kept_by}."


@dataclass(frozen=True, slots=True)
class Keeper:
    """What keeps devices for people: `rows` have a `device` and a `staff_member`; `name` says what it is."""

    rows: Callable[[], QuerySet[Any]]
    name: Callable[[Any], str]


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Ask `keeper` too."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def reservations_of(device: Device) -> list[Reservation]:
    return [
        Reservation(row.staff_member, keeper.name(row))
        for keeper in _keepers
        for row in keeper.rows().filter(device=device).select_related("staff_member")
    ]


def kept_for_others(holder: StaffMember) -> list[Exists]:
    """Conditions on devices: kept for somebody other than `holder`."""
    return [
        Exists(keeper.rows().filter(device=OuterRef("pk")).exclude(staff_member=holder))
        for keeper in _keepers
    ]


def check_free_for(holder: StaffMember, device: Device) -> None:
    """Raises Invalid (field `despite_reservation`) where the device is kept for somebody else."""
    for reservation in reservations_of(device):
        if reservation.staff_member != holder:
            raise Invalid(
                f"{reservation} Choose another device, or confirm that {holder} gets this one all the same.",
                field="despite_reservation",
            )
