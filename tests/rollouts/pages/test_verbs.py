"""From plan to close on the tranche's pages, and who is let near each verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fleet.models import User
from rollouts.models import ExitCriterion, Tranche, Waiver
from tests.rollouts.factories import ExitCriterionFactory, ReflectionFactory, TrancheFactory, WaiverFactory
from tests.rollouts.pages.conftest import Scene

ClientOf = Callable[[User], Client]


@pytest.fixture
def client(client_of: ClientOf, it_manager: User) -> Client:
    return client_of(it_manager)


def in_state(scene: Scene, state: str, **fields: Any) -> str:
    """The address of the scene's tranche, moved to `state`."""
    locked_at = None if state in ("draft", "planned") else timezone.now()
    Tranche.objects.filter(pk=scene.tranche.pk).update(state=state, locked_at=locked_at, **fields)
    return f"/tranches/{scene.tranche.pk}/"


def state_of(scene: Scene) -> str:
    return Tranche.objects.get(pk=scene.tranche.pk).state


def test_a_draft_is_planned(client: Client, scene: Scene) -> None:
    url = in_state(scene, "draft", job_roles=["Field inspector"])
    assert "spoken for" in client.get(f"{url}plan/").content.decode()
    client.post(f"{url}plan/")
    assert state_of(scene) == "planned"


def test_a_tranche_without_people_is_not_planned(client: Client, scene: Scene) -> None:
    empty = TrancheFactory(programme=scene.programme, state="draft", number=9)
    response = client.post(f"/tranches/{empty.pk}/plan/")
    assert "Nobody is in this tranche" in response.content.decode()
    assert Tranche.objects.get(pk=empty.pk).state == "draft"


def test_hold_and_release(client: Client, scene: Scene) -> None:
    url = in_state(scene, "deploying")
    refused: Any = client.post(f"{url}hold/", {"reason": ""})
    assert refused.context["form"].errors == {"reason": ["Enter why it is held"]}
    client.post(f"{url}hold/", {"reason": "Batteries swell"})
    assert state_of(scene) == "held"
    assert "Batteries swell" in client.get(url).content.decode()
    client.post(f"{url}release/", {"reason": "Batteries replaced"})
    assert state_of(scene) == "deploying"


def test_hypercare_with_people_waiting_needs_a_reason(client: Client, scene: Scene) -> None:
    url = in_state(scene, "deploying")
    refused: Any = client.post(f"{url}hypercare/start/", {"reason": ""})
    assert "3 people have no device yet" in refused.context["form"].errors["reason"][0]
    client.post(f"{url}hypercare/start/", {"reason": "They come with the next tranche"})
    assert state_of(scene) == "hypercare"


def test_exit_criteria_can_be_agreed_before_hypercare(client: Client, scene: Scene) -> None:
    url = in_state(scene, "deploying")
    response = client.post(f"{url}hypercare/criteria/new/", {"text": "No open ticket"}, follow=True)
    text = response.content.decode()
    assert response.redirect_chain == [(f"{url}hypercare/", 302)]
    assert "has not started yet" in text
    assert "No open ticket" in text


def test_hypercare_ends_when_its_days_are_over_and_its_criteria_met(client: Client, scene: Scene) -> None:
    started = timezone.localdate() - timedelta(days=14)
    url = in_state(scene, "hypercare", hypercare_starts_on=started)
    client.post(f"{url}hypercare/criteria/new/", {"text": "No open ticket"})
    criterion = ExitCriterion.objects.get(tranche=scene.tranche)
    refused = client.post(f"{url}hypercare/end/")
    assert refused.status_code == 409
    assert "“No open ticket” is not met." in refused.content.decode()
    client.post(f"/exit-criteria/{criterion.pk}/meet/")
    missing = "3 people have no device yet: defer or withdraw them."
    assert missing in client.get(f"{url}hypercare/").content.decode()
    scene.tranche.people.update(state="deferred", reason="On leave", device=None)
    client.post(f"{url}hypercare/end/")
    assert state_of(scene) == "reflecting"


def test_days_left_are_counted(client: Client, scene: Scene) -> None:
    started = timezone.localdate() - timedelta(days=11)
    url = in_state(scene, "hypercare", hypercare_starts_on=started)
    assert "3 days of hypercare left" in client.get(f"{url}hypercare/").content.decode()


def test_a_criterion_is_met_once(client: Client, scene: Scene) -> None:
    url = in_state(scene, "hypercare", hypercare_starts_on=timezone.localdate())
    criterion = ExitCriterionFactory(tranche=scene.tranche)
    client.post(f"/exit-criteria/{criterion.pk}/meet/")
    response = client.post(f"/exit-criteria/{criterion.pk}/meet/", follow=True)
    assert response.redirect_chain == [(f"{url}hypercare/", 302)]
    assert "is met already" in response.content.decode()


def test_reflection_comes_before_the_close(client: Client, scene: Scene, it_manager: User) -> None:
    url = in_state(scene, "reflecting", hypercare_starts_on=timezone.localdate())
    assert client.post(f"{url}close/").status_code == 409
    values = {"what_happened": "All handed over.", "lessons": "Order chargers.", "owner": it_manager.pk}
    client.post(f"{url}reflection/", values)
    assert "Order chargers." in client.get(f"{url}hypercare/").content.decode()
    client.post(f"{url}close/")
    assert state_of(scene) == "closed"


def test_a_recorded_reflection_is_shown_for_change(client: Client, scene: Scene) -> None:
    url = in_state(scene, "reflecting", hypercare_starts_on=timezone.localdate())
    ReflectionFactory(tranche=scene.tranche, lessons="Order chargers.")
    assert "Order chargers." in client.get(f"{url}reflection/").content.decode()


def test_a_waiver_is_granted_for_one_person_and_ended(client: Client, scene: Scene, it_manager: User) -> None:
    url = f"/tranches/{scene.tranche.pk}/waivers/new/"
    number = scene.blocked.staff_member.staff_number
    page: Any = client.get(f"{url}?check=encrypted&person={number}")
    assert (page.context["form"]["check_key"].value(), page.context["form"]["person"].value()) == (
        "encrypted",
        number,
    )
    until = timezone.localdate() + timedelta(days=30)
    values = {
        "check_key": "encrypted",
        "person": number,
        "owner": it_manager.pk,
        "reason": "Encrypted at the handover",
        "expires_on_day": until.day,
        "expires_on_month": until.month,
        "expires_on_year": until.year,
    }
    client.post(url, values)
    waiver = Waiver.objects.get(tranche=scene.tranche)
    assert (waiver.person, waiver.expires_on, waiver.created_by) == (scene.blocked, until, it_manager)
    client.post(f"/waivers/{waiver.pk}/end/")
    assert Waiver.objects.get(pk=waiver.pk).ended_by == it_manager
    again = client.get(f"/waivers/{waiver.pk}/end/", follow=True)
    assert again.redirect_chain == [(f"/tranches/{scene.tranche.pk}/waivers/", 302)]
    assert "This waiver was ended on" in again.content.decode()


@pytest.mark.parametrize(
    ("field", "values", "message"),
    [
        ("person", {"person": "nobody"}, "Nobody in this tranche has staff number nobody; check the number"),
        ("expires_on", {"expires_on_year": "2020"}, "The waiver must expire on a day after today."),
        ("check_key", {"check_key": ""}, "Select the check"),
        ("owner", {"owner": ""}, "Select the owner"),
    ],
)
def test_an_error_of_a_waiver_names_its_field(
    client: Client, scene: Scene, it_manager: User, field: str, values: dict[str, str], message: str
) -> None:
    sound = {
        "check_key": "encrypted",
        "owner": it_manager.pk,
        "reason": "Known",
        "expires_on_day": "1",
        "expires_on_month": "1",
        "expires_on_year": str(timezone.localdate().year + 2),
    }
    response: Any = client.post(f"/tranches/{scene.tranche.pk}/waivers/new/", {**sound, **values})
    assert response.context["form"].errors == {field: [message]}
    assert not Waiver.objects.exists()


def test_an_expired_waiver_is_shown_as_such(client: Client, scene: Scene) -> None:
    WaiverFactory(tranche=scene.tranche, expires_on=timezone.localdate() - timedelta(days=1))
    assert "Expired" in client.get(f"/tranches/{scene.tranche.pk}/waivers/").content.decode()


POSTS = {
    "plan/": {},
    "hold/": {"reason": "No"},
    "release/": {"reason": "No"},
    "hypercare/start/": {"reason": "No"},
    "hypercare/end/": {},
    "hypercare/criteria/new/": {"text": "No"},
    "reflection/": {},
    "close/": {},
    "allocation/allocate/": {},
    "waivers/new/": {},
    "gate/propose/": {"recommendation": "go", "proposal": "No"},
    "edit/": {"name": "No"},
}


@pytest.mark.parametrize("verb", POSTS)
@pytest.mark.parametrize("who", ["auditor", "stranger", "staff_user", "mdm_administrator"])
def test_verbs_are_absent_for_those_without_the_role(
    client_of: ClientOf, scene: Scene, who: str, verb: str, request: pytest.FixtureRequest
) -> None:
    client, url = client_of(request.getfixturevalue(who)), f"/tranches/{scene.tranche.pk}/{verb}"
    assert client.get(url).status_code == 404
    assert client.post(url, POSTS[verb]).status_code == 404
    assert state_of(scene) == "planned"
