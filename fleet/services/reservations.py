"""Who a device is kept for. Apps above say it: `register(source)` in an AppConfig's `ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fleet.errors import Invalid
from fleet.models import Device, StaffMember


@dataclass(frozen=True, slots=True)
class Reservation:
    """`kept_by` names what keeps the device for somebody, such as a tranche."""

    staff_member: StaffMember
    kept_by: str

    def __str__(self) -> str:
        return f"It is kept for {self.staff_member} by {self.kept_by}."


Source = Callable[[Device], Iterable[Reservation]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask `source` too."""
    if source not in _sources:
        _sources.append(source)


def reservations_of(device: Device) -> list[Reservation]:
    return [reservation for source in _sources for reservation in source(device)]


def check_free_for(holder: StaffMember, device: Device) -> None:
    """Raises Invalid (field `despite_reservation`) where the device is kept for somebody else."""
    for reservation in reservations_of(device):
        if reservation.staff_member != holder:
            raise Invalid(
                f"{reservation} Choose another device, or confirm that {holder} gets this one all the same.",
                field="despite_reservation",
            )
