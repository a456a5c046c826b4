"""Planning a tranche: criteria choose its people, and can be counted before anything is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from fleet.models import Organisation, User
from rollouts.models import Programme, Tranche
from tests.factories import SiteFactory, StaffMemberFactory
from tests.rollouts.factories import ProgrammeFactory, TrancheFactory
from tests.rollouts.pages.conftest import Scene

PLAN = {
    "number": "1",
    "name": "Inspectors",
    "handover_starts_on_day": "1",
    "handover_starts_on_month": "4",
    "handover_starts_on_year": "2027",
    "handover_ends_on_day": "30",
    "handover_ends_on_month": "4",
    "handover_ends_on_year": "2027",
    "hypercare_days": "14",
    "groups": "",
}


@pytest.fixture
def client(client_of: Callable[[User], Client], it_manager: User) -> Client:
    return client_of(it_manager)


@pytest.fixture
def programme(department: Organisation) -> Programme:
    """All through the year of `PLAN`."""
    year = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    return ProgrammeFactory(organisation=department, name="Tablets", **year)


def due_on(day: date) -> dict[str, str]:
    return {f"decision_due_on_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


@pytest.fixture
def url(programme: Programme) -> str:
    site = SiteFactory(organisation=programme.organisation)
    for role, group in (("Inspector", "North"), ("Inspector", "South"), ("Analyst", "North")):
        StaffMemberFactory(organisation=programme.organisation, site=site, job_role=role, group=group)
    return f"/programmes/{programme.pk}/tranches/new/"


def test_criteria_choose_its_people(client: Client, url: str) -> None:
    client.post(url, {**PLAN, "job_roles": ["Inspector"], "groups": "North\nSouth\n"})
    tranche = Tranche.objects.get(name="Inspectors")
    assert tranche.groups == ["North", "South"]
    assert {place.staff_member.job_role for place in tranche.people.all()} == {"Inspector"}


def test_counting_saves_nothing(client: Client, url: str) -> None:
    response = client.post(url, {**PLAN, "job_roles": ["Inspector"], "groups": "North", "preview": "1"})
    assert "<strong>1 person</strong> matches" in response.content.decode()
    assert not Tranche.objects.exists()


def test_with_no_criterion_nobody_is_in_it(client: Client, url: str) -> None:
    client.post(url, PLAN)
    assert Tranche.objects.get(name="Inspectors").people.count() == 0


@pytest.mark.parametrize(
    ("field", "values", "message"),
    [
        ("groups", {"groups": "Noth"}, "Nobody is in Noth; check how the staff list spells it"),
        ("handover_ends_on", {"handover_ends_on_year": "2026"}, "Handover ends must be the same as or after"),
        ("handover_starts_on", {"handover_starts_on_year": "2020"}, "Tablets runs from 1 Jan 2027 to 31 Dec"),
        ("handover_ends_on", {"handover_ends_on_year": "2028"}, "Tablets runs from 1 Jan 2027 to 31 Dec"),
        ("decision_due_on", due_on(date(2027, 4, 2)), "The gate must be decided before handovers start"),
        ("decision_due_on", due_on(date(2025, 4, 2)), "Decision due must be today or later"),
        ("number", {"number": "0"}, "Number must be 1 or more"),
        ("hypercare_days", {"hypercare_days": "0"}, "Hypercare must be 1 or more"),
        ("handover_starts_on", {"handover_starts_on_day": "32"}, "Handover starts must be a real date"),
    ],
)
def test_an_error_names_its_field(
    client: Client, url: str, field: str, values: dict[str, str], message: str
) -> None:
    response = client.post(url, {**PLAN, **values})
    [(wrong, [said])] = response.context["form"].errors.items()
    assert (wrong, said[: len(message)]) == (field, message)
    assert not Tranche.objects.exists()


def test_a_number_is_used_once_in_a_programme(client: Client, url: str, programme: Programme) -> None:
    TrancheFactory(programme=programme, number=1)
    response = client.post(url, PLAN)
    assert response.context["form"].errors == {
        "number": ["Number 1 is taken by another tranche of this programme"]
    }


def test_people_follow_changed_criteria(client: Client, url: str) -> None:
    client.post(url, {**PLAN, "job_roles": ["Inspector"]})
    tranche = Tranche.objects.get(name="Inspectors")
    client.post(f"/tranches/{tranche.pk}/edit/", {**PLAN, "job_roles": ["Analyst"]})
    assert [place.staff_member.job_role for place in tranche.people.all()] == ["Analyst"]


def test_a_locked_tranche_is_not_edited(client: Client, scene: Scene) -> None:
    Tranche.objects.filter(pk=scene.tranche.pk).update(state="gate", locked_at="2026-01-01T00:00Z")
    url = f"/tranches/{scene.tranche.pk}/edit/"
    assert client.get(url)["Location"] == f"/tranches/{scene.tranche.pk}/"
    response = client.post(url, {**PLAN, "name": "Else"})
    assert response.status_code == 409
    assert not Tranche.objects.filter(name="Else").exists()
