"""How much demo there is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Head counts of the revenue department. `field_workers`: tranches 2 to 5, in that order."""

    name: str
    staff: int
    devices: int
    goal: int
    field_workers: tuple[int, int, int, int]

    @property
    def rows(self) -> int:
        """Roughly what is stored, for the progress bar: a device is four rows."""
        return self.staff + 4 * self.devices


SIZES = {
    "full": Size("full", staff=58_000, devices=64_000, goal=7_000, field_workers=(2000, 1800, 1900, 900)),
    "small": Size("small", staff=1_500, devices=1_900, goal=350, field_workers=(90, 80, 90, 40)),
}
