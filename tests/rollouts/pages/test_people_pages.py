"""The people of a tranche: filters, CSV, and one person's place with reasons and verbs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fleet.models import User
from rollouts.models import TranchePerson
from tests.factories import GrantFactory, shipped_role
from tests.rollouts.pages.conftest import Scene

ClientOf = Callable[[User], Client]


@pytest.fixture
def client(client_of: ClientOf, it_manager: User) -> Client:
    return client_of(it_manager)


def names(client: Client, url: str) -> list[str]:
    response: Any = client.get(url)
    return [place.staff_member.name for place in response.context["table"].rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ann Able", "Bob Block", "Una Unknown"]),
        ("?sort=-person", ["Una Unknown", "Bob Block", "Ann Able"]),
        ("?q=bob", ["Bob Block"]),
        ("?q=block", ["Bob Block"]),
        ("?readiness=ready&readiness=unknown", ["Ann Able", "Una Unknown"]),
        ("?check=encrypted", ["Bob Block", "Una Unknown"]),
        ("?state=withdrawn", []),
    ],
)
def test_filters(client: Client, scene: Scene, query: str, expected: list[str]) -> None:
    assert names(client, f"/tranches/{scene.tranche.pk}/people/{query}") == expected


def test_the_csv_holds_what_the_page_shows(client: Client, scene: Scene) -> None:
    url = f"/tranches/{scene.tranche.pk}/people/?check=encrypted&sort=person"
    response = client.get(f"{url}&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert [row["person"] for row in rows] == names(client, url)
    assert rows[0]["blockers"] == f"{scene.blocked.device} is not encrypted"
    assert rows[0]["staff_number"] == scene.blocked.staff_member.staff_number


def test_a_site_lead_sees_the_people_of_their_sites(
    client_of: ClientOf, site_lead: User, scene: Scene
) -> None:
    site_lead.grants.all().delete()
    place = scene.blocked
    GrantFactory(
        user=site_lead,
        role=shipped_role("site-lead"),
        organisation=scene.programme.organisation,
        sites=[place.staff_member.site],
    )
    client = client_of(site_lead)
    assert names(client, f"/tranches/{scene.tranche.pk}/people/") == ["Bob Block"]
    assert client.get(f"/tranche-people/{place.pk}/").status_code == 200
    assert client.get(f"/tranche-people/{scene.ready.pk}/").status_code == 404


def test_a_person_s_page_says_what_blocks_and_who_mends_it(client: Client, scene: Scene) -> None:
    place = scene.blocked
    text = client.get(f"/tranche-people/{place.pk}/").content.decode()
    assert f"{place.device} is not encrypted" in text
    assert "Engineer sees to it" in text
    number = place.staff_member.staff_number
    assert f"/tranches/{scene.tranche.pk}/waivers/new/?check=encrypted&amp;person={number}" in text


def test_one_s_own_place_needs_no_role_and_leads_nowhere_else(
    client_of: ClientOf, staff_user: User, scene: Scene
) -> None:
    TranchePerson.objects.filter(pk=scene.ready.pk).update(staff_member=staff_user.staff_records.get())
    client = client_of(staff_user)
    text = client.get(f"/tranche-people/{scene.ready.pk}/").content.decode()
    assert "Staff user" in text
    assert f"/tranches/{scene.tranche.pk}/" not in text
    assert client.get(f"/tranches/{scene.tranche.pk}/").status_code == 404
    assert client.post(f"/tranche-people/{scene.ready.pk}/withdraw/", {"reason": "No"}).status_code == 404


@pytest.mark.parametrize(("verb", "state"), [("defer", "deferred"), ("withdraw", "withdrawn")])
def test_leaving_needs_a_reason_and_can_be_undone(
    client: Client, scene: Scene, verb: str, state: str
) -> None:
    url = f"/tranche-people/{scene.blocked.pk}/"
    refused: Any = client.post(f"{url}{verb}/", {"reason": ""})
    assert refused.context["form"].errors == {"reason": ["Enter the reason"]}
    client.post(f"{url}{verb}/", {"reason": "On leave until May"})
    place = TranchePerson.objects.get(pk=scene.blocked.pk)
    assert (place.state, place.reason, place.device) == (state, "On leave until May", None)
    client.post(f"{url}reinstate/")
    assert TranchePerson.objects.get(pk=place.pk).state == "planned"


def test_an_allocated_device_is_taken_back(client: Client, scene: Scene) -> None:
    client.post(f"/tranche-people/{scene.ready.pk}/release/")
    assert TranchePerson.objects.get(pk=scene.ready.pk).device is None


def test_acceptance_follows_the_handover(client: Client, scene: Scene) -> None:
    url = f"/tranche-people/{scene.ready.pk}/accept/"
    response = client.post(url)
    assert response.status_code == 409
    assert "Ann Able is allocated; this needs handed over." in response.content.decode()
    TranchePerson.objects.filter(pk=scene.ready.pk).update(
        state="handed_over", handed_over_at="2026-01-01T00:00Z"
    )
    client.post(url)
    assert TranchePerson.objects.get(pk=scene.ready.pk).state == "accepted"
