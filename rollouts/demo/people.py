"""The revenue department's staff, place by place."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal

from fleet.models import Classification, StaffMember
from fleet.vocabulary import AssistiveTechnology, SiteKind, WorkStyle
from rollouts.demo.areas import AREAS
from rollouts.demo.chance import chance_of, shares
from rollouts.demo.copying import Row, copy_rows, reserve_ids
from rollouts.demo.places import Place
from rollouts.demo.sizes import Size
from rollouts.demo.stage import Stage
from rollouts.demo.words import full_name, mailbox

EXECUTIVES = 12
EXECUTIVE_GROUP = "Executive committee"
FIELD_INSPECTOR = "Field inspector"
VISITING_OFFICER = "Visiting compliance officer"
FIELD_COLLECTOR = "Field collector"
FIELD_ROLES = {FIELD_INSPECTOR: 72, VISITING_OFFICER: 18, FIELD_COLLECTOR: 10}
OFFICE_ROLES = {
    "Caseworker": 26,
    "Call handler": 16,
    "Compliance officer": 20,
    "Customs officer": 6,
    "Debt officer": 7,
    "Technical specialist": 5,
    "Team leader": 6,
    "Policy adviser": 4,
    "Analyst": 3,
    "Fraud investigator": 3,
    "Lawyer": 1,
    "Software engineer": 2,
    "Human resources adviser": 1,
}
SENSITIVE_ROLES = {*FIELD_ROLES, "Compliance officer", "Fraud investigator", "Policy adviser", "Executive"}
DOMAIN = "revenue.example"


def make_people(
    stage: Stage, places: list[Place], classifications: dict[str, Classification], size: Size
) -> list[Row]:
    """Stored; returned as the rows that were written."""
    ids = reserve_ids(StaffMember, size.staff)
    by_code = {code: one.pk for code, one in classifications.items()}
    factory = _Factory(stage.organisation.pk, by_code, stage.today)
    jobs = _jobs(places, size)
    rows = [factory.person(pk, place, role) for pk, (place, role) in zip(ids, jobs, strict=True)]
    copy_rows(StaffMember, rows, stage.progress.advance)
    return rows


def _jobs(places: list[Place], size: Size) -> Iterator[tuple[Place, str]]:
    """Where each person works and as what: field workers by area, executives at headquarters."""
    chance = chance_of("jobs")
    field = _field_workers(places, size)
    for place in places:
        special = ["Executive"] * (EXECUTIVES if place.site.kind == SiteKind.HEADQUARTERS else 0)
        special += _drawn(chance, FIELD_ROLES, min(field.get(place.site.pk, 0), place.heads - len(special)))
        rest = _drawn(chance, OFFICE_ROLES, place.heads - len(special))
        yield from ((place, role) for role in special + rest)


def _field_workers(places: list[Place], size: Size) -> dict[int, int]:
    counts: dict[int, int] = {}
    for area, total in zip(AREAS, size.field_workers, strict=True):
        staffed = [place for place in area.places(places) if place.heads]
        for place, count in zip(staffed, shares(total, [place.heads for place in staffed]), strict=True):
            counts[place.site.pk] = count
    return counts


def _drawn(chance: random.Random, weights: dict[str, int], count: int) -> list[str]:
    return chance.choices(list(weights), list(weights.values()), k=count)


class _Factory:
    """Draws one person after another."""

    def __init__(self, organisation_id: int, classification_ids: dict[str, int], today: dt.date) -> None:
        self.organisation_id = organisation_id
        self.classification_ids = classification_ids
        self.today = today
        self.chance = chance_of("people")
        self.count = 0

    def person(self, pk: int, place: Place, role: str) -> Row:
        self.count += 1
        name = full_name(self.chance)
        email = f"{mailbox(name)}.{self.count}@{DOMAIN}"
        starts_on, leaves_on = self._dates()
        return {
            "id": pk,
            "organisation_id": self.organisation_id,
            "staff_number": f"R{100_000 + self.count}",
            "name": name,
            "email": email,
            "upn": email,
            "site_id": place.site.pk,
            "job_role": role,
            "fte": Decimal(self.chance.choices(("1.00", "0.80", "0.60", "0.50"), (80, 9, 7, 4))[0]),
            "work_style": self._work_style(role),
            "group": self._group(place, role),
            "assistive_needs": self._needs(),
            "classification_id": self._classification(role),
            "starts_on": starts_on,
            "leaves_on": leaves_on,
        }

    def _dates(self) -> tuple[dt.date, dt.date | None]:
        draw = self.chance.random()
        starts_on = self.today - dt.timedelta(self.chance.randrange(30, 9000))
        if draw < 0.006:
            starts_on = self.today + dt.timedelta(self.chance.randrange(5, 60))
        leaves_on = self.today + dt.timedelta(self.chance.randrange(5, 150)) if draw > 0.985 else None
        return starts_on, leaves_on

    def _work_style(self, role: str) -> str:
        if role in FIELD_ROLES:
            return WorkStyle.MOBILE
        return WorkStyle.HOME if self.chance.random() < 0.07 else WorkStyle.OFFICE

    def _group(self, place: Place, role: str) -> str:
        if role == "Executive":
            return EXECUTIVE_GROUP
        return f"{place.site.region} {role.lower()}s {self.chance.randrange(1, 9)}"

    def _needs(self) -> list[str]:
        if self.chance.random() > 0.015:
            return []
        return self.chance.sample(AssistiveTechnology.values, self.chance.choice((1, 1, 1, 2)))

    def _classification(self, role: str) -> int:
        if self.chance.random() < 0.004:
            return self.classification_ids["SECRET"]
        return self.classification_ids["OFFICIAL-SENSITIVE" if role in SENSITIVE_ROLES else "OFFICIAL"]
