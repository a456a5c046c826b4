"""Handing over: what goes, what stays and why, in one step and with one request id."""

from __future__ import annotations

from typing import Any

import pghistory
import pytest
from django.urls import reverse

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Organisation, User
from fleet.services.handing_over import fingerprint, found, hand_over, handing
from tests.factories import GrantFactory, InvitationFactory, RoleFactory, SiteFactory, shipped_role
from tests.rollouts.factories import (
    GateFactory,
    HoldFactory,
    ReflectionFactory,
    TrancheFactory,
    WaiverFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def taker(engineer: User) -> User:
    return engineer


def roles_of(user: User) -> set[str]:
    return set(Grant.objects.in_force().filter(user=user).values_list("role__key", flat=True))


def test_all_goes_in_one_step(
    it_manager: User, technology_lead: User, taker: User, department: Organisation
) -> None:
    site = SiteFactory(organisation=department)
    GrantFactory(user=technology_lead, organisation=department, role=shipped_role("site-lead"), sites=[site])
    invitation = InvitationFactory(organisation=department, invited_by=technology_lead)
    tranche = TrancheFactory(programme__organisation=department)
    waiver = WaiverFactory(tranche=tranche, owner=technology_lead)
    lessons = ReflectionFactory(tranche=tranche, owner=technology_lead)
    agreed = handing(giver=technology_lead, to=taker.email, by=it_manager)
    assert {item.kind for item in found(agreed)} == {
        "Role",
        "Invitation sent",
        "Waiver owned",
        "Lessons owned",
    }
    with pghistory.context(request_id="one-step"):
        hand_over(handing=agreed, seen=fingerprint(agreed, found(agreed)))
    assert roles_of(technology_lead) == set()
    assert roles_of(taker) == {"engineer", "technology-lead", "site-lead"}
    assert [*taker.grants.get(role__key="site-lead").sites.all()] == [site]
    for row in (invitation, waiver, lessons):
        row.refresh_from_db()
    assert (invitation.invited_by, waiver.owner, lessons.owner) == (taker, taker, taker)
    assert taker.grants.get(role__key="technology-lead").given_by == it_manager
    rows: list[Any] = [invitation, waiver, lessons]
    changes = [change for row in rows for change in row.changes.filter(pgh_label="update")]
    contexts = {change.pgh_context_id for change in changes}
    assert len(contexts) == 1


def test_what_somebody_did_stays_under_their_name(
    it_manager: User, technology_lead: User, taker: User, department: Organisation
) -> None:
    tranche = TrancheFactory(programme__organisation=department)
    gate = GateFactory(tranche=tranche, proposed_by=technology_lead)
    HoldFactory(tranche=tranche, placed_by=technology_lead)
    agreed = handing(giver=technology_lead, to=taker.email, by=it_manager)
    stays = {item.kind: item.stays for item in found(agreed) if item.stays}
    assert set(stays) == {"Gate proposed", "Hold placed"}
    assert "may never decide it" in stays["Gate proposed"]
    hand_over(handing=agreed)
    gate.refresh_from_db()
    assert gate.proposed_by == technology_lead


def test_a_role_that_the_other_holds_elsewhere_stays(
    it_manager: User, engineer: User, department: Organisation
) -> None:
    lead, site = shipped_role("site-lead"), SiteFactory(organisation=department)
    GrantFactory(user=engineer, organisation=department, role=lead)
    other = GrantFactory(organisation=department, role=lead, sites=[site]).user
    agreed = handing(giver=engineer, to=other.email, by=it_manager)
    assert {item.what: bool(item.stays) for item in found(agreed)} == {
        "Site lead in Department of Examples": True,
        "Engineer in Department of Examples": False,
    }
    hand_over(handing=agreed)
    assert roles_of(engineer) == {"site-lead"}
    assert roles_of(other) == {"site-lead", "engineer"}


def test_one_who_holds_the_same_role_just_keeps_it(
    it_manager: User, engineer: User, department: Organisation
) -> None:
    other = GrantFactory(organisation=department, role=shipped_role("engineer")).user
    hand_over(handing=handing(giver=engineer, to=other.email, by=it_manager))
    assert roles_of(engineer) == set()
    assert other.grants.count() == 1


def test_nobody_hands_over_what_they_do_not_manage(
    it_manager: User, stranger: User, engineer: User, auditor: User, council: Organisation
) -> None:
    for by in (stranger, auditor):
        with pytest.raises(Forbidden):
            handing(giver=engineer, to=it_manager.email, by=by)
    for to in (stranger.email, engineer.email, "nobody@dept.example"):
        with pytest.raises(Invalid) as refused:
            handing(giver=engineer, to=to, by=it_manager)
        assert refused.value.field == "to"
    GrantFactory(user=engineer, organisation=council, role=shipped_role("auditor"))
    hand_over(handing=handing(giver=engineer, to=it_manager.email, by=it_manager))
    assert roles_of(engineer) == {"auditor"}


def test_nothing_happens_where_it_changed_meanwhile_or_there_is_nothing(
    it_manager: User, engineer: User, auditor: User, department: Organisation
) -> None:
    agreed = handing(giver=engineer, to=auditor.email, by=it_manager)
    seen = fingerprint(agreed, found(agreed))
    GrantFactory(user=engineer, organisation=department, role=shipped_role("stock-keeper"))
    with pytest.raises(Conflict, match="has changed"):
        hand_over(handing=agreed, seen=seen)
    assert roles_of(engineer) == {"engineer", "stock-keeper"}
    hand_over(handing=agreed)
    with pytest.raises(Conflict, match="nothing that can go"):
        hand_over(handing=agreed)


def test_an_organisation_keeps_somebody_who_gives_roles(
    it_manager: User, engineer: User, department: Organisation
) -> None:
    narrow = RoleFactory(permissions=["access.manage"])
    site = SiteFactory(organisation=department)
    GrantFactory(user=engineer, organisation=department, role=narrow, sites=[site])
    hand_over(handing=handing(giver=it_manager, to=engineer.email, by=it_manager))
    assert "it-manager" in roles_of(engineer)


def test_the_page_shows_first_and_does_then(
    it_manager: User, technology_lead: User, engineer: User, client_of: Any
) -> None:
    client = client_of(it_manager)
    url = reverse("fleet:grant-hand-over", args=[technology_lead.grants.get().pk])
    wrong = client.post(url, {"to": "nobody@dept.example"})
    assert "Enter the address of another person" in wrong.content.decode()
    assert "Enter the email address of the person who takes over" in client.post(url).content.decode()
    shown = client.post(url, {"to": engineer.email, "seen": ""})
    assert "What goes over" in shown.content.decode()
    assert roles_of(technology_lead) == {"technology-lead"}
    GrantFactory(user=technology_lead, organisation=technology_lead.grants.get().organisation)
    seen = shown.context["form"]["seen"].value()
    other = client.post(url, {"to": it_manager.email, "seen": seen})
    assert "has changed" in other.content.decode()
    again = client.post(url, {"to": engineer.email, "seen": seen})
    assert "has changed" in again.content.decode()
    done = client.post(
        url, {"to": engineer.email, "seen": again.context["form"]["seen"].value()}, follow=True
    )
    assert f"2 things went from {technology_lead} to {engineer}" in done.content.decode()
    assert roles_of(engineer) == {"engineer", "technology-lead", "it-manager"}


def test_the_api_checks_and_hands_over(
    it_manager: User, technology_lead: User, engineer: User, stranger: User, api_of: Any
) -> None:
    api, asked = api_of(it_manager), {"giver": technology_lead.email, "taker": engineer.email}
    [item] = api.post("/api/v1/hand-overs/", {**asked, "check": True}).data["items"]
    assert (item["kind"], item["stays"]) == ("Role", "")
    assert roles_of(technology_lead) == {"technology-lead"}
    assert api.post("/api/v1/hand-overs/", asked).status_code == 200
    assert roles_of(engineer) == {"engineer", "technology-lead"}
    refused = api.post("/api/v1/hand-overs/", {"giver": stranger.email, "taker": engineer.email})
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (400, "giver")
    refused = api.post("/api/v1/hand-overs/", {"giver": engineer.email, "taker": stranger.email})
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (400, "taker")
