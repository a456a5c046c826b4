"""Saved views: kept above a list, opened, renamed, shared and deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fleet.models import Organisation, SavedView, User
from tests.conftest import person_with
from tests.factories import DeviceFactory, SavedViewFactory

pytestmark = pytest.mark.django_db
DEVICES = "/devices/"


@pytest.fixture
def client(client_of: Callable[[User], Client], it_manager: User, department: Organisation) -> Client:
    DeviceFactory(organisation=department)
    return client_of(it_manager)


def html(client: Client, url: str) -> str:
    return re.sub(r"\s+", " ", client.get(url).content.decode())


def save(client: Client, **data: Any) -> Any:
    asked = {"list": "devices", "query": "life_cycle=issued", "back": DEVICES, "name": "Issued"} | data
    return client.post(reverse("fleet:view-save"), asked)


def test_what_a_list_shows_is_kept_under_a_name_but_for_the_place(client: Client, it_manager: User) -> None:
    query = "status=issued&sort=-seen&columns=serial&after=x&format=csv&q="
    response = save(client, query=query)
    view = SavedView.objects.get()
    assert view.query == "sort=-seen&columns=serial&life_cycle=issued"
    assert (view.owner, view.list, view.is_shared) == (it_manager, "devices", False)
    assert response["Location"] == f"{DEVICES}?{view.query}"
    shown = html(client, f"{DEVICES}?columns=serial&life_cycle=issued&sort=-seen")
    assert 'aria-current="true">Issued</a>' in shown
    assert "Rename or share" in shown
    assert "Save this view" not in shown
    assert "Save this view" in html(client, f"{DEVICES}?life_cycle=lost")
    assert "Save this view" not in html(client, DEVICES)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": ""}, "Enter the name of the view"),
        ({"name": "iSSUED"}, "There is a view “iSSUED” of this list already"),
        ({"query": "bogus=1"}, "There is no filter “bogus”"),
        ({"query": "sort=colour"}, "cannot be sorted by “colour”"),
        ({"query": "columns=colour"}, "There is no column “colour”"),
        ({"query": "life_cycle=burnt"}, "must be one of those listed"),
        ({"list": "nothing"}, "There is no list “nothing”"),
    ],
)
def test_what_the_list_does_not_take_is_refused(client: Client, data: dict[str, str], said: str) -> None:
    save(client)
    response = save(client, **data)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert SavedView.objects.count() == 1


def test_one_s_own_are_one_s_own_and_shared_ones_the_organisation_s(
    client: Client, department: Organisation, council: Organisation, client_of: Callable[[User], Client]
) -> None:
    save(client, name="Mine")
    save(client, name="Ours", is_shared="on")
    colleague = client_of(person_with("engineer", department))
    shown = html(colleague, DEVICES)
    assert "Mine" not in shown
    assert ">Ours</a>" in shown
    assert ">Ours</a>" not in html(client_of(person_with("it-manager", council)), DEVICES)
    assert ">Mine</a>" not in html(client, "/sites/")
    url = reverse("fleet:view-edit", args=[SavedView.objects.get(name="Ours").pk])
    assert colleague.get(url).status_code == 404
    assert colleague.post(url, {"name": "Theirs"}).status_code == 404


def test_renaming_sharing_and_deleting_lead_back_to_the_list(client: Client) -> None:
    save(client)
    view = SavedView.objects.get()
    edit, delete = (reverse(f"fleet:view-{verb}", args=[view.pk]) for verb in ("edit", "delete"))
    answer = client.post(f"{edit}?back={DEVICES}", {"name": "Given out", "is_shared": "on"})
    assert answer["Location"] == DEVICES
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("Given out", True)
    assert client.post(f"{edit}?back=//evil.example/", {"name": "Given out"})["Location"] == "/"
    assert "Given out" in html(client, delete)
    assert client.post(f"{delete}?back={DEVICES}")["Location"] == DEVICES
    assert not SavedView.objects.exists()


def test_who_gives_roles_may_change_what_is_shared(client: Client, department: Organisation) -> None:
    shared = SavedViewFactory(organisation=department)
    private = SavedViewFactory(organisation=department, is_shared=False)
    assert client.get(reverse("fleet:view-edit", args=[shared.pk])).status_code == 200
    assert client.get(reverse("fleet:view-edit", args=[private.pk])).status_code == 404


def test_the_change_log_holds_shared_views_alone(client: Client) -> None:
    save(client, name="Mine")
    save(client, name="Ours", is_shared="on")
    client.get(DEVICES)  # which says once what was saved
    shown = html(client, f"{reverse('fleet:change-log')}?kind=views")
    assert "Ours" in shown
    assert "Mine" not in shown


def test_the_api_saves_changes_and_deletes_views(
    api_of: Callable[[User], Any], it_manager: User, department: Organisation
) -> None:
    api, url = api_of(it_manager), reverse("api-view-list")
    sent = {"organisation": "DEPT", "list": "devices", "name": "Issued", "query": "?status=issued&after=x"}
    made = api.post(url, sent)
    assert made.status_code == 201, made.json()
    assert (made.json()["query"], made.json()["owner"]) == ("life_cycle=issued", it_manager.email)
    assert api.post(url, sent).json()["errors"][0]["field"] == "name"
    assert api.post(url, sent | {"query": "bogus=1"}).json()["errors"][0]["field"] == "query"
    assert api.post(url, sent | {"list": "x"}).json()["errors"][0]["field"] == "list"
    assert api.post(url, sent | {"organisation": "SHIRE"}).json()["errors"][0]["field"] == "organisation"
    one = reverse("api-view-detail", args=[made.json()["id"]])
    changed = api.patch(one, {"name": "Given out", "query": "q=x"}).json()
    assert (changed["name"], changed["query"], changed["list"]) == ("Given out", "q=x", "devices")
    colleague = api_of(person_with("engineer", department))
    assert colleague.get(one).status_code == 404
    api.patch(one, {"is_shared": True})
    assert [view["name"] for view in colleague.get(url, {"list": "devices"}).json()["results"]] == [
        "Given out"
    ]
    assert colleague.patch(one, {"name": "X"}).status_code == 403
    assert colleague.delete(one).status_code == 403
    assert api.delete(one).status_code == 204
