"""What changed, by whom, on the pages of rollouts' own rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from fleet.models import User
from rollouts.models import Gate
from tests.rollouts.pages.conftest import Scene

ClientOf = Callable[[User], Client]


def log_of(client: Client, url: str) -> str:
    """The page from its change log on; empty where it has none."""
    text = " ".join(client.get(url).content.decode().split())
    return text.partition('id="changes"')[2]


def test_a_person_s_page_shows_who_deferred_them(client_of: ClientOf, it_manager: User, scene: Scene) -> None:
    client, url = client_of(it_manager), f"/tranche-people/{scene.blocked.pk}/"
    client.post(f"{url}defer/", {"reason": "On leave until May"})
    log = log_of(client, url)
    assert "State: Allocated" in log
    assert "Deferred" in log
    assert it_manager.name in log


@pytest.mark.parametrize("url", ["/programmes/{t.programme_id}/", "/tranches/{t.pk}/history/"])
def test_programme_and_tranche_have_one(
    client_of: ClientOf, it_manager: User, auditor: User, site_lead: User, scene: Scene, url: str
) -> None:
    address = url.format(t=scene.tranche)
    assert "Added" in log_of(client_of(auditor), address)
    assert log_of(client_of(site_lead), address) == ""


def test_a_gate_has_one(client_of: ClientOf, it_manager: User, gate: Gate) -> None:
    assert "Added" in log_of(client_of(it_manager), f"/gates/{gate.pk}/")


def test_the_organisation_s_log_covers_tranches(client_of: ClientOf, it_manager: User, scene: Scene) -> None:
    text = client_of(it_manager).get("/settings/changes/?kind=tranches").content.decode()
    assert f"/tranches/{scene.tranche.pk}/" in text
