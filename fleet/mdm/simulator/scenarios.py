"""Which of the happenings a run is made of."""

from __future__ import annotations

from collections.abc import Iterator

from fleet.mdm.simulator import happenings
from fleet.mdm.simulator.estate import Estate
from fleet.mdm.simulator.happenings import Happening
from fleet.mdm.simulator.parcels import Parcel

DAY = "day"
# How often each happens to a batch on an ordinary day.
_SHARES: dict[str, tuple[Happening, int]] = {
    "checkins": (happenings.checkins, 70),
    "updates": (happenings.updates, 12),
    "enrolments": (happenings.enrolments, 4),
    "losses": (happenings.losses, 2),
    "duplicates": (happenings.duplicates, 4),
    "late": (happenings.late, 6),
    "broken": (happenings.broken, 2),
}
SCENARIOS = (DAY, *_SHARES)


def parcels_of(estate: Estate, scenario: str, *, rounds: int = 1) -> Iterator[Parcel]:
    """The requests of so many rounds through the estate: on a `day` of everything, else of one kind alone."""
    for _ in range(rounds):
        for batch in estate.batches():
            yield from _happening(estate, scenario)(estate, batch)


def _happening(estate: Estate, scenario: str) -> Happening:
    if scenario != DAY:
        return _SHARES[scenario][0]
    happening = [one for one, _ in _SHARES.values()]
    return estate.chance.choices(happening, [share for _, share in _SHARES.values()])[0]
