"""A programme's page and lists, and the panels that rollouts hangs on pages of facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fleet.models import User
from rollouts.models import Programme
from tests.queries import queries_of
from tests.rollouts.factories import EntitlementFactory, ProgrammeFactory, TrancheFactory, ready_place
from tests.rollouts.pages.conftest import Scene

ClientOf = Callable[[User], Client]


@pytest.fixture
def client(client_of: ClientOf, it_manager: User) -> Client:
    return client_of(it_manager)


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_tranches_stand_in_order_with_their_figures(client: Client, scene: Scene) -> None:
    TrancheFactory(programme=scene.programme, number=2, name="Next")
    response: Any = client.get(f"/programmes/{scene.programme.pk}/")
    first, second = response.context["tranches"].rows
    assert (first.tranche.number, first.people, first.blocked) == (1, 3, 1)
    assert (second.tranche.number, second.people, second.blocked) == (2, 0, None)


def test_it_says_how_far_its_tranches_go_beyond_the_goal(client: Client, scene: Scene) -> None:
    assert "over the goal" not in text_of(client, f"/programmes/{scene.programme.pk}/")
    Programme.objects.filter(pk=scene.programme.pk).update(goal_quantity=1)
    assert "<strong>2 over the goal</strong>" in text_of(client, f"/programmes/{scene.programme.pk}/")


def test_only_planners_are_offered_changes(
    client: Client, client_of: ClientOf, auditor: User, scene: Scene
) -> None:
    url = f"/programmes/{scene.programme.pk}/"
    assert "Add an entitlement" in text_of(client, url)
    assert "Add an entitlement" not in text_of(client_of(auditor), url)


def test_a_programme_of_another_organisation_is_absent(
    client_of: ClientOf, stranger: User, scene: Scene
) -> None:
    client, pk = client_of(stranger), scene.programme.pk
    for url in ("", "edit/", "people/", "handovers.csv", "entitlements/new/", "tranches/new/"):
        assert client.get(f"/programmes/{pk}/{url}").status_code == 404
    assert scene.programme.name not in text_of(client, "/programmes/")


def test_its_people_can_be_had_as_csv(client: Client, scene: Scene) -> None:
    response = client.get(f"/programmes/{scene.programme.pk}/people/?figure=stuck&format=csv")
    lines = response.getvalue().decode().splitlines()
    assert lines[0].startswith("person,staff_number,tranche,readiness,blockers,site")
    assert len(lines) == 1 + 2


@pytest.mark.parametrize("url", ["/programmes/", "/programmes/{pk}/", "/programmes/{pk}/people/"])
def test_queries_do_not_grow(client: Client, scene: Scene, url: str) -> None:
    address = url.format(pk=scene.programme.pk)
    few = queries_of(client, address)
    ProgrammeFactory.create_batch(5, organisation=scene.programme.organisation)
    EntitlementFactory.create_batch(5, programme=scene.programme)
    for number in range(2, 12):
        ready_place(TrancheFactory(programme=scene.programme, number=number))
    assert queries_of(client, address) == few


@pytest.mark.parametrize("place", ["devices/{place.device_id}", "people/{place.staff_member_id}"])
def test_a_device_and_a_person_show_their_tranche(client: Client, scene: Scene, place: str) -> None:
    text = text_of(client, f"/{place.format(place=scene.blocked)}/")
    assert str(scene.tranche) in text
    assert f"/tranche-people/{scene.blocked.pk}/" in text


def test_a_site_shows_the_tranches_with_people_there(client: Client, scene: Scene) -> None:
    text = text_of(client, f"/sites/{scene.blocked.staff_member.site_id}/")
    assert f"/tranches/{scene.tranche.pk}/" in text
    assert "People still waiting" in text


def test_a_goal_of_one_is_one_device(client: Client, programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(goal_quantity=1)
    assert "1 device to hand out" in text_of(client, f"/programmes/{programme.pk}/")
