"""Which regions each tranche of the mobile working programme covers."""

from __future__ import annotations

from dataclasses import dataclass

from fleet.vocabulary import SiteKind
from rollouts.demo.places import Place

WORKPLACES = (SiteKind.LOCAL_OFFICE, SiteKind.REGIONAL_CENTRE)


@dataclass(frozen=True, slots=True)
class Area:
    """One field tranche: its number, name and regions; no region belongs to two."""

    tranche: int
    name: str
    regions: frozenset[str]

    def places(self, places: list[Place]) -> list[Place]:
        return [
            place for place in places if place.site.region in self.regions and place.site.kind in WORKPLACES
        ]


AREAS = (
    Area(
        2,
        "Field staff, Scotland and the North East",
        frozenset({"Edinburgh", "Glasgow", "Leeds", "Newcastle"}),
    ),
    Area(
        3,
        "Field staff, the North West and the Midlands",
        frozenset({"Birmingham", "Liverpool", "Manchester", "Nottingham"}),
    ),
    Area(4, "Field staff, Wales, the West and the South", frozenset({"Bristol", "Cardiff", "Croydon"})),
    Area(5, "Field staff, London, the East and Northern Ireland", frozenset({"Belfast", "Stratford"})),
)
