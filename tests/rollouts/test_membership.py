"""Who is in a tranche, and on which day."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fleet.models import Organisation
from rollouts.models import Tranche, TranchePerson
from rollouts.services.membership import Criteria, preview_membership, refresh_membership, replan
from tests.factories import OrganisationFactory, SiteFactory, StaffMemberFactory
from tests.rollouts.factories import (
    EntitlementFactory,
    PersonReadinessFactory,
    TrancheFactory,
    TranchePersonFactory,
    ready_device,
)


def names(tranche: Tranche) -> set[str]:
    return {place.staff_member.name for place in tranche.people.select_related("staff_member")}


@pytest.fixture
def staff(department: Organisation) -> None:
    leeds = SiteFactory(organisation=department, name="Leeds")
    york = SiteFactory(organisation=department, name="York")
    people: list[tuple[str, Any, str, str, str]] = [
        ("Ann", leeds, "Inspector", "mobile", "North"),
        ("Bob", leeds, "Inspector", "office", "South"),
        ("Cat", york, "Inspector", "mobile", "North"),
        ("Dan", york, "Clerk", "office", "North"),
    ]
    for name, site, role, style, group in people:
        StaffMemberFactory(
            organisation=department, name=name, site=site, job_role=role, work_style=style, group=group
        )
    StaffMemberFactory(
        organisation=department,
        name="Gone",
        job_role="Inspector",
        leaves_on=timezone.localdate() - timedelta(days=1),
    )
    StaffMemberFactory(organisation=OrganisationFactory(code="OTHER"), name="Foe", job_role="Inspector")


CRITERIA: list[tuple[dict[str, list[str]], set[str]]] = [
    ({}, set()),
    ({"job_roles": ["Inspector"]}, {"Ann", "Bob", "Cat"}),
    ({"job_roles": ["Inspector", "Clerk"], "work_styles": ["office"]}, {"Bob", "Dan"}),
    ({"groups": ["North"], "at_sites": ["York"]}, {"Cat", "Dan"}),
    ({"job_roles": ["Clerk"], "at_sites": ["Leeds"]}, set()),
]


@pytest.mark.parametrize(("criteria", "expected"), CRITERIA)
def test_criteria(
    department: Organisation,
    tranche: Tranche,
    staff: None,
    criteria: dict[str, list[str]],
    expected: set[str],
) -> None:
    fields = dict(criteria)
    sites = department.sites.filter(name__in=fields.pop("at_sites", []))
    Tranche.objects.filter(pk=tranche.pk).update(**fields)
    tranche.refresh_from_db()
    tranche.sites.set(sites)
    assert preview_membership(Criteria.of(tranche)) == len(expected)
    assert refresh_membership(tranche=tranche).added == len(expected)
    assert names(tranche) == expected
    assert refresh_membership(tranche=tranche).added == 0


def test_people_follow_the_criteria_and_those_dealt_with_stay(tranche: Tranche, staff: None) -> None:
    tranche.job_roles = ["Inspector"]
    tranche.save()
    refresh_membership(tranche=tranche)
    deferred = tranche.people.get(staff_member__name="Ann")
    TranchePerson.objects.filter(pk=deferred.pk).update(state="deferred", reason="On leave")
    given = tranche.people.get(staff_member__name="Bob")
    TranchePerson.objects.filter(pk=given.pk).update(state="allocated", device=ready_device(given))
    PersonReadinessFactory(person=tranche.people.get(staff_member__name="Cat"))
    tranche.job_roles = ["Clerk"]
    tranche.save()
    result = refresh_membership(tranche=tranche)
    assert (result.added, result.removed) == (1, 1)
    assert names(tranche) == {"Ann", "Bob", "Dan"}


@pytest.mark.parametrize("state", ["gate", "deploying", "held", "hypercare", "closed"])
def test_a_locked_tranche_keeps_its_people(department: Organisation, staff: None, state: str) -> None:
    tranche = TrancheFactory(programme__organisation=department, state=state, job_roles=["Inspector"])
    place = TranchePersonFactory(tranche=tranche, staff_member__name="Eve")
    refresh_membership(tranche=tranche)
    assert list(tranche.people.all()) == [place]


def test_the_lowest_priority_that_matches_is_the_entitlement(tranche: Tranche, staff: None) -> None:
    everybody = tranche.programme.entitlements.get()
    mobile = EntitlementFactory(programme=tranche.programme, priority=everybody.priority + 9)
    mobile.job_roles, mobile.work_styles = ["Inspector"], ["mobile"]
    mobile.save()
    everybody.work_styles = ["office"]
    everybody.save()
    tranche.job_roles = ["Inspector", "Clerk"]
    tranche.save()
    refresh_membership(tranche=tranche)
    chosen = {
        place.staff_member.name: place.entitlement
        for place in tranche.people.select_related("staff_member", "entitlement")
    }
    assert chosen == {"Ann": mobile, "Bob": everybody, "Cat": mobile, "Dan": everybody}
    mobile.delete()
    assert refresh_membership(tranche=tranche).changed == 0
    assert tranche.people.get(staff_member__name="Ann").entitlement is None


def test_handovers_are_spread_over_working_days_by_site_and_name(tranche: Tranche, staff: None) -> None:
    friday = dt.date(2030, 3, 1)
    Tranche.objects.filter(pk=tranche.pk).update(
        handover_starts_on=friday,
        handover_ends_on=friday + timedelta(days=3),
        job_roles=["Inspector", "Clerk"],
    )
    tranche.refresh_from_db()
    refresh_membership(tranche=tranche)
    monday = friday + timedelta(days=3)
    days = {
        place.staff_member.name: place.planned_on for place in tranche.people.select_related("staff_member")
    }
    assert days == {"Ann": friday, "Bob": friday, "Cat": monday, "Dan": monday}


def test_a_window_of_a_weekend_is_used_all_the_same(tranche: Tranche, staff: None) -> None:
    saturday = dt.date(2030, 3, 2)
    Tranche.objects.filter(pk=tranche.pk).update(
        handover_starts_on=saturday, handover_ends_on=saturday, job_roles=["Clerk"]
    )
    tranche.refresh_from_db()
    refresh_membership(tranche=tranche)
    assert tranche.people.get().planned_on == saturday


def test_replan_moves_days_with_the_window(tranche: Tranche, staff: None) -> None:
    tranche.job_roles = ["Clerk"]
    tranche.save()
    replan(tranche=tranche, by=None)
    tranche.handover_starts_on = tranche.handover_ends_on = dt.date(2030, 3, 5)
    tranche.save()
    replan(tranche=tranche, by=None)
    assert tranche.people.get().planned_on == dt.date(2030, 3, 5)
    assert tranche.events.filter(verb="edit").count() == 2


def test_as_many_queries_for_many_people_as_for_few(department: Organisation, tranche: Tranche) -> None:
    tranche.job_roles = ["Inspector"]
    tranche.save()
    counts = []
    for people in (5, 60):
        StaffMemberFactory.create_batch(people, organisation=department, job_role="Inspector")
        with CaptureQueriesContext(connection) as captured:
            refresh_membership(tranche=tranche)
        counts.append(len(captured))
    assert counts[0] == counts[1]
