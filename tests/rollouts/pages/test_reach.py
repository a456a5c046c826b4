"""What a role that is limited to sites shows of a tranche: the people there, counted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fleet.models import Site, User
from rollouts.models import Gate, Waiver
from tests.factories import GrantFactory, UserFactory, shipped_role
from tests.rollouts.factories import AssessmentFactory, TranchePersonFactory, WaiverFactory
from tests.rollouts.pages.conftest import Scene, computed

ClientOf = Callable[[User], Client]
ApiOf = Callable[[User], Any]


@pytest.fixture
def local(scene: Scene) -> User:
    """Leads the site of the one who is blocked, in the scene of three sites."""
    user = UserFactory(name="Local lead")
    site = scene.blocked.staff_member.site
    organisation = scene.programme.organisation
    GrantFactory(user=user, role=shipped_role("site-lead"), organisation=organisation, sites=[site])
    return user


def test_gates_and_their_evidence_are_absent(
    client_of: ClientOf, api_of: ApiOf, local: User, auditor: User, gate: Gate
) -> None:
    pages = [f"/gates/{gate.pk}/{part}" for part in ("", "evidence.json", "evidence.csv", "blocked.csv")]
    pages += [f"/tranches/{gate.tranche_id}/{part}/" for part in ("gate", "allocation")]
    for url in pages:
        assert client_of(local).get(url).status_code == 404, url
        assert client_of(auditor).get(url).status_code == 200, url
    assert api_of(local).get(f"/api/v1/gates/{gate.pk}/").status_code == 404
    assert api_of(local).get("/api/v1/gates/").json()["count"] == 0
    page = client_of(local).get(f"/tranches/{gate.tranche_id}/").content.decode()
    assert "/people/" in page
    assert "/gate/" not in page
    assert "/allocation/" not in page


@pytest.mark.parametrize("page", ["/", "/programmes/{}/"])
def test_a_programme_s_numbers_are_those_of_their_lists(
    client_of: ClientOf, api_of: ApiOf, local: User, auditor: User, scene: Scene, page: str
) -> None:
    TranchePersonFactory(tranche=scene.tranche, state="handed_over")
    for user, expected in ((local, ["0", "0", "1"]), (auditor, ["1", "1", "2", "96"])):
        client = client_of(user)
        shown = client.get(page.format(scene.programme.pk)).context
        cards = shown["plan"].cards
        assert [card.value for card in cards] == expected
        assert [client.get(card.url).context["matched"] for card in cards[:3]] == [*map(int, expected[:3])]
        [row] = shown["tranches"].rows
        assert (
            row.people == sum(map(int, expected[:3])) == row.done + row.ready + row.in_between + row.blocked
        )
        assert (shown["plan"].curve.points[-1].planned, row.blocked) == (row.people, 1)
        figures = api_of(user).get(f"/api/v1/programmes/{scene.programme.pk}/figures/").json()
        assert figures["total"] == sum(map(int, expected))


def test_a_tranche_s_numbers_are_those_of_their_lists(
    client_of: ClientOf, api_of: ApiOf, local: User, auditor: User, scene: Scene
) -> None:
    url = f"/tranches/{scene.tranche.pk}/"
    for user, expected, encrypted in ((local, [0, 0, 0, 0, 1], (1, 0)), (auditor, [0, 1, 0, 1, 1], (1, 1))):
        client = client_of(user)
        shown = client.get(url).context
        cards = shown["report"].cards
        assert [int(card.value) for card in cards] == expected
        assert [client.get(card.url).context["matched"] for card in cards] == expected
        assert shown["is_limited"] == (user == local)
        [row] = [row for row in shown["to_fix"].rows if row.check.key == "encrypted"]
        assert (row.result.failed, row.result.unknown) == encrypted
        assert client.get(row.url).context["matched"] == row.people == sum(encrypted)
        assert row.release == 1
        assert sum(site.people for site in shown["sites"].rows) == sum(expected)
        told = api_of(user).get(f"/api/v1{url}readiness/").json()
        assert (told["assessment"]["people"], told["assessment"]["blocked"]) == (sum(expected), 1)
        assert api_of(user).get(f"/api/v1{url}checks/").json() == told["checks"]


def test_what_is_found_of_another_site_stays_there(
    client_of: ClientOf, api_of: ApiOf, local: User, auditor: User, scene: Scene
) -> None:
    here, elsewhere = scene.blocked.staff_member.site, scene.ready.staff_member.site
    assert here is not None
    assert elsewhere is not None
    Site.objects.filter(pk__in=[here.pk, elsewhere.pk]).update(network_mbps=0)
    computed(scene.tranche)
    url = f"/api/v1/tranches/{scene.tranche.pk}/readiness/"
    for user, sites in ((local, {here.pk}), (auditor, {here.pk, elsewhere.pk})):
        told = api_of(user).get(url).json()
        assert {one["site"] for one in told["findings"] if one["check"] == "site_network"} == sites
        [network] = [one for one in told["checks"] if one["key"] == "site_network"]
        assert (network["failed"], network["people_affected"]) == (len(sites), len(sites))
    AssessmentFactory(tranche=scene.tranche, computed_at=timezone.now() - timedelta(days=2))
    trend = f"/tranches/{scene.tranche.pk}/readiness.csv"
    assert client_of(auditor).get(trend).status_code == 200
    assert client_of(local).get(trend).status_code == 404


def test_waivers_are_those_for_ones_sites_and_people(
    client_of: ClientOf, api_of: ApiOf, local: User, scene: Scene
) -> None:
    mine, elsewhere = scene.blocked, scene.ready
    shown = {
        WaiverFactory(tranche=scene.tranche, person=mine),
        WaiverFactory(tranche=scene.tranche, site=mine.staff_member.site),
    }
    for about in ({"person": elsewhere}, {"site": elsewhere.staff_member.site}, {}):
        WaiverFactory(tranche=scene.tranche, **about)
    assert set(Waiver.objects.visible_to(local)) == shown
    listed = api_of(local).get("/api/v1/waivers/").json()["results"]
    assert {one["id"] for one in listed} == {one.pk for one in shown}
    table = client_of(local).get(f"/tranches/{scene.tranche.pk}/waivers/").context["table"]
    assert set(table.rows) == shown
