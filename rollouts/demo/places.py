"""The revenue department's places: 170 offices of which 137 close, 13 regional centres, touchdown sites."""

from __future__ import annotations

import csv
import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path

from fleet.models import Organisation, Site
from fleet.vocabulary import SiteKind
from rollouts.demo.chance import chance_of, shares
from rollouts.demo.sizes import Size

CLOSING = 137
CLOSED_ALREADY = 24
CLOSING_SOON = 10
CENTRES_OPEN = ("Belfast", "Birmingham", "Bristol", "Cardiff", "Croydon", "Leeds", "Liverpool")
BANDWIDTHS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
CODES = {
    SiteKind.LOCAL_OFFICE: "LO",
    SiteKind.REGIONAL_CENTRE: "RC",
    SiteKind.TOUCHDOWN: "TD",
    SiteKind.HEADQUARTERS: "HQ",
    SiteKind.DEPOT: "DP",
}
NAMES = {
    SiteKind.LOCAL_OFFICE: "{} office",
    SiteKind.REGIONAL_CENTRE: "{} regional centre",
    SiteKind.TOUCHDOWN: "{} touchdown",
    SiteKind.HEADQUARTERS: "{} headquarters",
    SiteKind.DEPOT: "{} depot",
}


@dataclass
class Place:
    """A site to be, and how many people work there."""

    site: Site
    weight: float = 0
    heads: int = 0


def make_places(organisation: Organisation, size: Size, today: dt.date) -> list[Place]:
    """Stored, with the staff shared out among those that are open, by size."""
    chance = chance_of("places")
    places = [Place(site) for site in _sites(organisation)]
    _open_centres(places, today, chance)
    _close_offices(places, today, chance)
    _share_out(places, size, today, chance)
    for place in places:
        _equip(place, chance)
    Site.objects.bulk_create(place.site for place in places)
    _replace(places)
    return places


def _sites(organisation: Organisation) -> list[Site]:
    with (Path(__file__).parent / "places.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts: dict[str, int] = {}
    return [_site(organisation, row, counts) for row in rows]


def _site(organisation: Organisation, row: dict[str, str], counts: dict[str, int]) -> Site:
    kind = SiteKind(row["kind"])
    counts[kind] = counts.get(kind, 0) + 1
    return Site(
        organisation=organisation,
        code=f"{CODES[kind]}{counts[kind]:03}",
        name=NAMES[kind].format(row["name"]),
        kind=kind,
        region=row["region"],
        postcode=row["postcode"],
        latitude=row["latitude"],
        longitude=row["longitude"],
    )


def _of_kind(places: list[Place], kind: SiteKind) -> list[Place]:
    return [place for place in places if place.site.kind == kind]


def _open_centres(places: list[Place], today: dt.date, chance: random.Random) -> None:
    for place in _of_kind(places, SiteKind.REGIONAL_CENTRE):
        is_open = place.site.region in CENTRES_OPEN
        days = -chance.randrange(40, 700) if is_open else chance.randrange(60, 540)
        place.site.opens_on = today + dt.timedelta(days)


def _close_offices(places: list[Place], today: dt.date, chance: random.Random) -> None:
    """Some are closed, some close within weeks, most over the two years to come."""
    offices = _of_kind(places, SiteKind.LOCAL_OFFICE)
    soon = CLOSED_ALREADY + CLOSING_SOON
    later = CLOSING - soon
    for order, place in enumerate(chance.sample(offices, CLOSING)):
        if order < CLOSED_ALREADY:
            days = -chance.randrange(14, 330)
        elif order < soon:
            days = chance.randrange(14, 56)
        else:
            days = 60 + (order - soon) * 670 // later
        place.site.closes_on = today + dt.timedelta(days)


def _share_out(places: list[Place], size: Size, today: dt.date, chance: random.Random) -> None:
    for place in places:
        place.weight = _weight(place.site, today, chance)
    for place, heads in zip(places, shares(size.staff, [place.weight for place in places]), strict=True):
        place.heads = heads


def _weight(site: Site, today: dt.date, chance: random.Random) -> float:
    """In people, roughly, at full size; some local offices have fewer than ten."""
    if site.kind == SiteKind.TOUCHDOWN or not site.is_open(today):
        return 0
    if site.kind == SiteKind.REGIONAL_CENTRE:
        return chance.randrange(1900, 3300)
    if site.kind == SiteKind.HEADQUARTERS:
        return 1600
    if site.kind == SiteKind.DEPOT:
        return 60
    return min(8 + chance.lognormvariate(5.1, 1.1), 1500)


def _equip(place: Place, chance: random.Random) -> None:
    site = place.site
    site.capacity_desks = max(round(place.heads * chance.uniform(0.7, 1.1)), 6)
    wanted = place.heads * chance.uniform(0.62, 1.6)
    if chance.random() < 0.05:
        wanted /= 3
    site.network_mbps = next((step for step in BANDWIDTHS if step >= wanted), BANDWIDTHS[-1])
    site.has_wifi = site.kind != SiteKind.LOCAL_OFFICE or chance.random() < 0.6
    site.has_training_room = site.kind == SiteKind.REGIONAL_CENTRE or place.heads > 300


def _replace(places: list[Place]) -> None:
    """The work of an office that closes moves to its regional centre."""
    centres = {place.site.region: place.site for place in _of_kind(places, SiteKind.REGIONAL_CENTRE)}
    closing = [place.site for place in places if place.site.closes_on]
    for site in closing:
        site.replaced_by = centres[site.region]
    Site.objects.bulk_update(closing, ["replaced_by"])
