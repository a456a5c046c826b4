"""A tranche's pages: can it go, why not, who fixes it, and what may be done to it now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fleet.models import User
from rollouts.models import Computation, Programme, Tranche
from tests.queries import queries_of
from tests.rollouts.factories import (
    HoldFactory,
    TrancheEventFactory,
    TrancheFactory,
    TranchePersonFactory,
    WaiverFactory,
    ready_place,
    ready_tranche,
)
from tests.rollouts.pages.conftest import Scene, computed, unencrypted

ClientOf = Callable[[User], Client]


@pytest.fixture
def client(client_of: ClientOf, it_manager: User) -> Client:
    return client_of(it_manager)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def buttons(client: Client, tranche: Tranche) -> list[str]:
    response: Any = client.get(f"/tranches/{tranche.pk}/")
    return [words for _, words in response.context["buttons"]]


def matched(client: Client, url: str) -> int:
    response: Any = client.get(url)
    count: int = response.context["matched"]
    return count


def test_each_number_leads_to_as_many_people(client: Client, scene: Scene) -> None:
    response: Any = client.get(f"/tranches/{scene.tranche.pk}/")
    report = response.context["report"]
    assert [(card.label, card.value) for card in report.cards] == [
        ("handed over", "0"),
        ("ready", "1"),
        ("at risk", "0"),
        ("unknown", "1"),
        ("blocked", "1"),
    ]
    assert report.people == sum(matched(client, card.url) for card in report.cards) == 3


def test_each_check_leads_to_the_people_whom_it_holds_up(client: Client, scene: Scene) -> None:
    response: Any = client.get(f"/tranches/{scene.tranche.pk}/")
    rows = {row.check.key: row for row in response.context["report"].checks}
    encrypted = rows["encrypted"]
    assert (encrypted.status, encrypted.counts) == (("blocked", "Blocking"), "1 failed, 1 unknown")
    assert matched(client, encrypted.url) == 2
    assert rows["person_active"].is_passed


def test_a_check_that_applies_to_nobody_is_not_said_to_pass(client: Client, tranche: Tranche) -> None:
    Tranche.objects.filter(pk=tranche.pk).update(state="gate", locked_at="2026-01-01T00:00Z")
    TranchePersonFactory(tranche=tranche, entitlement=tranche.programme.entitlements.get())
    response: Any = client.get(f"/tranches/{computed(tranche).pk}/")
    report = response.context["report"]
    unasked = {"enrolled", "compliant", "encrypted", "os_minimum", "seen_recently"}
    assert {row.check.key for row in report.unasked} == unasked
    assert not unasked & {row.check.key for row in report.passed}
    assert "5 checks apply to nobody yet" in page(client, f"/tranches/{tranche.pk}/")


def test_what_is_waived_stays_to_be_seen(client: Client, scene: Scene) -> None:
    WaiverFactory(tranche=scene.tranche, person=scene.blocked)
    url = f"/tranches/{computed(scene.tranche).pk}/"
    response: Any = client.get(url)
    [row] = [row for row in response.context["to_fix"].rows if row.check.key == "encrypted"]
    assert (row.result.waived, matched(client, row.waived_url)) == (1, 1)
    report = response.context["report"]
    assert report.by_waiver == matched(client, report.by_waiver_url) == 1
    assert "1 person is ready or at risk by waiver" in page(client, url)
    assert matched(client, f"{url}people/?waived=compliant") == 0


def test_a_check_of_the_tranche_holds_the_whole_of_it(client: Client, programme: Programme) -> None:
    TrancheFactory(programme=programme, number=1, state="deploying")
    tranche = ready_tranche(programme, number=2)
    ready_place(tranche)
    response: Any = client.get(f"/tranches/{computed(tranche).pk}/")
    [row] = response.context["to_fix"].rows
    assert (row.check.key, row.people, row.release) == (
        "previous_reflection",
        "Whole tranche",
        "Whole tranche",
    )


def test_who_fixes_what_says_what_it_releases(client: Client, scene: Scene) -> None:
    response: Any = client.get(f"/tranches/{scene.tranche.pk}/")
    rows = {row.title: row for row in response.context["to_fix"].rows}
    assert rows["Device is encrypted"].owner == "Engineer"
    assert rows["Device is encrypted"].result.would_release == 1


def test_what_the_tranche_itself_lacks_is_said(client: Client, programme: Programme, scene: Scene) -> None:
    later = TrancheFactory(programme=programme, number=2, name="Next")
    ready_place(later)
    text = page(client, f"/tranches/{computed(later).pk}/")
    assert "Tranche 1 – Inspectors has no reflection yet" in text


def test_before_the_first_computation_it_says_so(client: Client, tranche: Tranche) -> None:
    text = page(client, f"/tranches/{tranche.pk}/")
    assert "Readiness was not computed yet" in text
    assert "Not computed" in text


def test_while_facts_are_newer_the_page_renews_itself(client: Client, scene: Scene) -> None:
    url = f"/tranches/{scene.tranche.pk}/"
    assert "tranche-refresh" not in page(client, url)
    client.post(f"{url}recompute/")
    assert Computation.objects.get(pk=scene.tranche.pk).dirty_at is not None
    text = page(client, url)
    assert '<meta http-equiv="refresh" content="3">' in text
    assert "newer figures are being computed" in text


def test_only_what_one_may_do_now_is_on_offer(client_of: ClientOf, scene: Scene, request: Any) -> None:
    offered = {
        name: buttons(client_of(request.getfixturevalue(name)), scene.tranche)
        for name in ("it_manager", "technology_lead", "site_lead", "auditor")
    }
    assert offered == {
        "it_manager": ["Propose a gate", "Edit", "Put back to draft"],
        "technology_lead": ["Propose a gate"],
        "site_lead": [],
        "auditor": [],
    }


def test_a_hold_stands_at_the_top(client: Client, scene: Scene) -> None:
    Tranche.objects.filter(pk=scene.tranche.pk).update(state="held", locked_at="2026-01-01T00:00Z")
    HoldFactory(tranche=scene.tranche, reason="Batteries swell")
    assert "Batteries swell" in page(client, f"/tranches/{scene.tranche.pk}/")


def test_sites_with_the_most_blocked_come_first(client: Client, scene: Scene) -> None:
    response: Any = client.get(f"/tranches/{scene.tranche.pk}/sites/")
    rows = response.context["table"].rows
    assert [(row.blocked, row.unknown, row.ready) for row in rows] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    assert matched(client, rows[0].url) == 1
    csv = client.get(f"/tranches/{scene.tranche.pk}/sites/?format=csv")
    assert len(csv.getvalue().decode().splitlines()) == 1 + 3


def test_what_a_site_counts_is_what_its_link_lists(client: Client, scene: Scene) -> None:
    site = scene.blocked.staff_member.site
    for state in ("deferred", "withdrawn", "handed_over"):
        place = ready_place(scene.tranche, site=site)
        computed(scene.tranche)
        gone = TranchePersonFactory.build(tranche=scene.tranche, state=state)
        place.state, place.reason, place.handed_over_at = state, gone.reason, gone.handed_over_at
        place.save()
    response: Any = client.get(f"/tranches/{scene.tranche.pk}/sites/")
    [row] = [row for row in response.context["table"].rows if row.name == str(site)]
    assert row.people == row.blocked == matched(client, row.url) == 1
    assert matched(client, f"/tranches/{scene.tranche.pk}/people/?readiness=ready") == 1
    report = client.get(f"/tranches/{computed(scene.tranche).pk}/").context["report"]
    assert (report.people, report.left, matched(client, report.left_url)) == (4, 2, 2)


def test_a_closed_tranche_shows_who_was_handed_over(client: Client, scene: Scene) -> None:
    done = {"state": "handed_over", "handed_over_at": timezone.now()}
    scene.tranche.people.exclude(pk=scene.unknown.pk).update(**done)
    scene.tranche.people.filter(pk=scene.unknown.pk).update(state="deferred", reason="On leave")
    Tranche.objects.filter(pk=scene.tranche.pk).update(state="closed", locked_at=timezone.now())
    response: Any = client.get(f"/tranches/{scene.tranche.pk}/")
    cards = response.context["report"].cards
    assert [(card.label, card.value) for card in cards] == [("handed over", "2"), ("without a device", "0")]
    assert matched(client, cards[0].url) == 2
    assert "1 deferred or withdrawn" in page(client, f"/tranches/{scene.tranche.pk}/")
    told = client.get(f"/api/v1/tranches/{scene.tranche.pk}/readiness/").json()
    assert (told["assessment"], told["checks"]) == (None, [])


def test_the_trend_needs_two_days_and_has_its_csv(
    client_of: ClientOf, it_manager: User, scene: Scene, time_machine: Any
) -> None:
    url = f"/tranches/{scene.tranche.pk}/readiness.csv"
    assert client_of(it_manager).get(url).status_code == 404
    time_machine.move_to(timezone.now() + timedelta(days=1))
    ready_place(scene.tranche, name="Cy Copy")
    unencrypted(scene.ready)
    computed(scene.tranche)
    client = client_of(it_manager)
    assert "2 people are blocked, 1 more than 1 day ago" in page(client, f"/tranches/{scene.tranche.pk}/")
    head, *days = client.get(url).getvalue().decode().splitlines()
    assert head == "day,ready,at_risk,unknown,blocked"
    assert [line.split(",")[0] for line in days] == [
        (timezone.localdate() - timedelta(days=ago)).isoformat() for ago in (1, 0)
    ]


def test_history_says_who_did_what(client: Client, scene: Scene, it_manager: User) -> None:
    TrancheEventFactory(
        tranche=scene.tranche, verb="plan", from_state="draft", to_state="planned", actor=it_manager
    )
    text = page(client, f"/tranches/{scene.tranche.pk}/history/")
    assert "Mark as planned: draft to planned" in text
    assert f"by {it_manager.name}" in text


@pytest.mark.parametrize("section", ["", "sites/", "people/", "allocation/", "waivers/", "history/", "gate/"])
def test_queries_do_not_grow_with_people(client: Client, scene: Scene, section: str) -> None:
    WaiverFactory(tranche=scene.tranche)
    TrancheEventFactory(tranche=scene.tranche)
    url = f"/tranches/{scene.tranche.pk}/{section}"
    few = queries_of(client, url)
    for number in range(47):
        unencrypted(ready_place(scene.tranche, name=f"Person {number}"))
    for key in ("compliant", "enrolled"):
        WaiverFactory(tranche=scene.tranche, check_key=key)
    TrancheEventFactory.create_batch(5, tranche=scene.tranche)
    computed(scene.tranche)
    assert queries_of(client, url) == few
