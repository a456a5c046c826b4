"""Each check: what it passes, what it fails and why, and what it cannot know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from feedback.models import Thread
from feedback.services.moderating import sort_thread
from feedback.services.raising import join_thread, leave_thread, raise_thread, reply
from fleet.models import StaffMember
from rollouts.checks import CHECKS
from rollouts.models import Computation, Tranche, TranchePerson
from tests.conftest import person_with
from tests.factories import ConditionFactory, SiteFactory, StaffMemberFactory, UserFactory
from tests.feedback.factories import ThreadFactory, VoiceFactory
from tests.rollouts.factories import (
    ReflectionFactory,
    TrancheFactory,
    TranchePersonFactory,
    allocated,
    device_facts,
    last_seen,
    ready_device,
    ready_place,
)
from tests.rollouts.words import findings_of, scope_findings_of

TODAY = timezone.localdate()


@pytest.fixture
def place(tranche: Tranche) -> TranchePerson:
    return ready_place(tranche, name="Ada Byron")


def staff(place: TranchePerson, **fields: object) -> None:
    StaffMember.objects.filter(pk=place.staff_member_id).update(**fields)


def test_nothing_is_found_of_somebody_who_is_ready(place: TranchePerson) -> None:
    assert findings_of(place) == {}
    assert scope_findings_of(place.tranche) == {}


def test_every_check_says_what_it_means_and_who_mends_it() -> None:
    for key, check in CHECKS.items():
        assert key == check.key
        assert check.title
        assert check.meaning.endswith(".")
        assert check.owner.label


DEVICE_FACTS = [
    ("enrolled", {"enrolment": "pending"}, "failed", "T1 waits for its enrolment"),
    ("enrolled", {"enrolment": "unenrolled"}, "failed", "T1 is not enrolled"),
    ("enrolled", {"enrolment": "unknown"}, "unknown", "No MDM says whether T1 is enrolled"),
    ("compliant", {"compliance": "noncompliant"}, "failed", "T1 is not compliant"),
    ("compliant", {"compliance": "unknown"}, "unknown", "No MDM says whether T1 is compliant"),
    ("encrypted", {"encrypted": False}, "failed", "T1 is not encrypted"),
    ("encrypted", {"encrypted": None}, "unknown", "No MDM says whether T1 is encrypted"),
    ("os_minimum", {"os_version": "17.2", "os_key": [17, 2]}, "failed", "iPadOS 17.2 is below 17.4"),
    ("os_minimum", {"os_version": "", "os_key": []}, "unknown", "The OS version of T1 is not known"),
    ("device_allocated", {"life_cycle": "lost"}, "failed", "T1 is lost"),
]


@pytest.mark.parametrize(("key", "facts", "verdict", "reason"), DEVICE_FACTS)
def test_device_facts(
    place: TranchePerson, key: str, facts: dict[str, object], verdict: str, reason: str
) -> None:
    device_facts(place, asset_tag="T1", **facts)
    assert findings_of(place)[key] == (verdict, reason)


def test_grace_passes_as_compliant(place: TranchePerson) -> None:
    device_facts(place, compliance="grace")
    assert "compliant" not in findings_of(place)


def test_facts_that_are_too_old_are_unknown(place: TranchePerson) -> None:
    assert place.device is not None
    last_seen(place.device, 31)
    found = findings_of(place)
    for key in ("enrolled", "compliant", "encrypted", "os_minimum", "approved_for_classification"):
        assert found[key][0] == "unknown"
        assert "its facts are too old" in found[key][1]
    assert found["seen_recently"][0] == "failed"


def test_a_device_that_no_mdm_has_seen(place: TranchePerson) -> None:
    assert place.device is not None
    place.device.heartbeat.delete()
    found = findings_of(place)
    assert found["seen_recently"][0] == "unknown"
    assert found["encrypted"] == ("unknown", f"No MDM has seen {place.device}")


def test_an_mdm_that_says_not_enrolled_is_believed_though_the_device_is_silent(place: TranchePerson) -> None:
    assert place.device is not None
    last_seen(place.device, 90)
    device_facts(place, enrolment="unenrolled")
    assert findings_of(place)["enrolled"][0] == "failed"


def test_seen_recently(place: TranchePerson) -> None:
    assert place.device is not None
    last_seen(place.device, 6)
    assert findings_of(place) == {}
    last_seen(place.device, 8)
    assert list(findings_of(place)) == ["seen_recently"]


def test_one_missing_device_is_one_blocker(place: TranchePerson) -> None:
    TranchePerson.objects.filter(pk=place.pk).update(device=None, state="planned")
    assert findings_of(place) == {"device_allocated": ("failed", "No device is allocated")}


def test_a_device_that_another_holds_is_not_ones_own(place: TranchePerson) -> None:
    other = StaffMemberFactory(organisation=place.staff_member.organisation)
    device_facts(place, asset_tag="T1", holder=other)
    assert findings_of(place)["device_allocated"] == ("failed", "T1 is held by somebody else")


def test_person_leaves_before_the_handover(place: TranchePerson) -> None:
    staff(place, leaves_on=place.planned_on)
    assert "person_active" not in findings_of(place)
    assert place.planned_on is not None
    staff(place, leaves_on=place.planned_on - timedelta(days=1))
    verdict, reason = findings_of(place)["person_active"]
    assert verdict == "failed"
    assert reason.startswith("Leaves on ")


def test_person_starts_after_the_handover(place: TranchePerson) -> None:
    assert place.planned_on is not None
    starts_on = place.planned_on + timedelta(days=3)
    staff(place, starts_on=starts_on)
    assert findings_of(place)["person_active"][1].startswith("Starts on ")
    place.refresh_from_db()
    assert place.readiness.findings[0]["until"] == starts_on.isoformat()


def test_home_site_is_not_known(place: TranchePerson) -> None:
    staff(place, site=None)
    assert findings_of(place)["site_known_open"] == ("unknown", "The home site is not known")


@pytest.mark.parametrize(
    ("closes_after_days", "found"),
    [(-1, "site_known_open"), (0, "site_known_open"), (1, "site_closing"), (55, "site_closing"), (56, None)],
)
def test_home_site_closes(place: TranchePerson, closes_after_days: int, found: str | None) -> None:
    site = place.staff_member.site
    assert site is not None
    assert place.planned_on is not None
    site.closes_on = place.planned_on + timedelta(days=closes_after_days)
    site.save()
    assert list(findings_of(place)) == ([found] if found else [])


def test_home_site_opens_after_the_handover(place: TranchePerson) -> None:
    site = place.staff_member.site
    assert site is not None
    assert place.planned_on is not None
    site.opens_on = place.planned_on + timedelta(days=1)
    site.save()
    assert f"{site.name} opens on" in findings_of(place)["site_known_open"][1]


def test_no_user_case_matches(place: TranchePerson) -> None:
    TranchePerson.objects.filter(pk=place.pk).update(entitlement=None)
    assert findings_of(place)["entitlement_chosen"] == ("failed", "No user case matches Field inspector")


def test_assistive_technology(place: TranchePerson) -> None:
    assert place.device is not None
    assert place.device.model is not None
    model = place.device.model
    staff(place, assistive_needs=["screen_reader", "switch_control"])
    model.assistive_supported = ["screen_reader"]
    model.save()
    assert findings_of(place)["assistive_supported"] == (
        "failed",
        f"{model} does not support switch control",
    )
    model.assistive_supported = ["switch_control", "screen_reader"]
    model.save()
    assert findings_of(place) == {}


def test_assistive_technology_without_a_planned_device(place: TranchePerson) -> None:
    staff(place, assistive_needs=["captions"])
    TranchePerson.objects.filter(pk=place.pk).update(device=None, state="planned", entitlement=None)
    assert findings_of(place)["assistive_supported"][0] == "unknown"


def test_in_another_active_tranche(place: TranchePerson) -> None:
    other = TrancheFactory(programme=place.tranche.programme, state="deploying", number=90, name="North")
    TranchePersonFactory(tranche=other, staff_member=place.staff_member)
    assert findings_of(place)["one_active_tranche"] == ("failed", "Also in Tranche 90 – North")


@pytest.mark.parametrize(("state", "person"), [("closed", "accepted"), ("deploying", "withdrawn")])
def test_a_tranche_that_is_over_or_was_left_does_not_count(
    place: TranchePerson, state: str, person: str
) -> None:
    other = TrancheFactory(programme=place.tranche.programme, state=state, number=90)
    TranchePersonFactory(tranche=other, staff_member=place.staff_member, state=person)
    assert findings_of(place) == {}


def approval_finding(place: TranchePerson) -> tuple[str, str] | None:
    return findings_of(place).get("approved_for_classification")


class TestApproval:
    def test_platform_is_not_approved(self, place: TranchePerson) -> None:
        place.tranche.programme.organisation.approvals.update(platform="ios")
        found = approval_finding(place)
        assert found is not None
        assert found[0] == "failed"
        assert "iPadOS is not approved for" in found[1]

    @pytest.mark.parametrize("days", [-1, 13])
    def test_approval_runs_out_before_the_handover(self, place: TranchePerson, days: int) -> None:
        approvals = place.tranche.programme.organisation.approvals
        approvals.update(valid_until=TODAY + timedelta(days=days))
        assert approval_finding(place) is not None
        approvals.update(valid_until=place.planned_on)
        assert approval_finding(place) is None

    def test_version_is_too_old(self, place: TranchePerson) -> None:
        device_facts(place, os_version="16.2", os_key=[16, 2])
        found = approval_finding(place)
        assert found is not None
        assert found[0] == "failed"
        assert found[1].endswith("iPadOS 16.2 is below 17.0")

    def test_classification_is_not_known(self, place: TranchePerson) -> None:
        programme = place.tranche.programme
        programme.classification = None
        programme.save()
        assert approval_finding(place) == (
            "unknown",
            "It is not known what classification the person handles",
        )

    @pytest.mark.parametrize("control", ["encrypted", "passcode", "supervised"])
    def test_condition_that_an_mdm_tells(self, place: TranchePerson, control: str) -> None:
        approval = place.tranche.programme.organisation.approvals.get()
        ConditionFactory(approval=approval, control=control)
        assert approval_finding(place) is None
        device_facts(place, **{control: False})
        assert (approval_finding(place) or ("",))[0] == "failed"
        device_facts(place, **{control: None})
        assert (approval_finding(place) or ("",))[0] == "unknown"

    def test_named_control(self, place: TranchePerson) -> None:
        approval = place.tranche.programme.organisation.approvals.get()
        ConditionFactory(approval=approval, control="software", name="Managed container")
        assert (approval_finding(place) or ("",))[0] == "unknown"
        device_facts(place, software=[{"name": "Notes", "version": "1"}])
        found = approval_finding(place)
        assert found is not None
        assert found[0] == "failed"
        assert found[1].endswith("Managed container is not installed")
        device_facts(place, software=[{"name": "managed CONTAINER", "version": "3"}])
        assert approval_finding(place) is None

    def test_signed_statement(self, place: TranchePerson) -> None:
        approval = place.tranche.programme.organisation.approvals.get()
        statement = ConditionFactory(approval=approval, statement=True)
        found = approval_finding(place)
        assert found is not None
        assert found[1].endswith("a statement it asks for is not signed")
        statement.signed_by, statement.signed_on = "Head of security", TODAY
        statement.signed_until = place.planned_on
        statement.save()
        assert approval_finding(place) is None
        statement.signed_until = TODAY
        statement.save()
        assert "runs out on" in (approval_finding(place) or ("", ""))[1]

    def test_any_approval_that_holds_is_enough(self, place: TranchePerson) -> None:
        approval = place.tranche.programme.organisation.approvals.get()
        ConditionFactory(approval=approval, control="supervised")
        device_facts(place, supervised=False)
        assert approval_finding(place) is not None
        approval.pk = None
        approval.save()
        assert approval_finding(place) is None

    def test_platform_alone_counts_without_a_device(self, place: TranchePerson) -> None:
        TranchePerson.objects.filter(pk=place.pk).update(device=None, state="planned")
        assert approval_finding(place) is None


def test_site_network(place: TranchePerson) -> None:
    site = place.staff_member.site
    assert site is not None
    StaffMemberFactory.create_batch(3, organisation=site.organisation, site=site)
    StaffMemberFactory(organisation=site.organisation, site=site, leaves_on=TODAY - timedelta(days=1))
    site.network_mbps = 2
    site.save()
    assert scope_findings_of(place.tranche) == {}
    site.network_mbps = 1
    site.save()
    assert scope_findings_of(place.tranche)["site_network"] == (
        "failed",
        f"{site.name} has 0.25 Mbit/s a head (1 for 4); 0.50 is asked for",
    )
    assert findings_of(place)["site_network"][0] == "failed"
    site.network_mbps = None
    site.save()
    assert scope_findings_of(place.tranche)["site_network"][0] == "unknown"


def test_stock_covers(tranche: Tranche) -> None:
    entitlement = tranche.programme.entitlements.get()
    places = TranchePersonFactory.create_batch(2, tranche=tranche, entitlement=entitlement)
    ready_device(places[0])
    assert scope_findings_of(tranche)["stock_covers"] == (
        "failed",
        f"{entitlement.device_model}: 2 wanted, 1 in stock",
    )
    ready_device(places[1])
    assert "stock_covers" not in scope_findings_of(tranche)


def test_allocated_stock_is_not_free(tranche: Tranche) -> None:
    waiting = TranchePersonFactory(tranche=tranche, entitlement=tranche.programme.entitlements.get())
    ready_place(tranche)
    assert "stock_covers" in scope_findings_of(tranche)
    allocated(waiting, ready_device(waiting))
    assert "stock_covers" not in scope_findings_of(tranche)


def test_previous_reflection(tranche: Tranche) -> None:
    SiteFactory(organisation=tranche.programme.organisation)
    previous = TrancheFactory(programme=tranche.programme, number=0, name="Pilot", state="reflecting")
    assert scope_findings_of(tranche)["previous_reflection"] == (
        "failed",
        "Tranche 0 – Pilot has no reflection yet; it is reflecting",
    )
    ReflectionFactory(tranche=previous)
    assert scope_findings_of(tranche) == {}


def test_what_people_of_earlier_tranches_say_since_they_had_their_device(tranche: Tranche) -> None:
    organisation = tranche.programme.organisation
    previous = TrancheFactory(programme=tranche.programme, number=0, state="closed")
    ReflectionFactory(tranche=previous)
    user = UserFactory()
    TranchePersonFactory(
        tranche=previous,
        staff_member=StaffMemberFactory(organisation=organisation, user=user),
        state="handed_over",
    )
    severe = ThreadFactory(organisation=organisation, is_severe=True)
    late = ThreadFactory(organisation=organisation, due_on=timezone.localdate() - timedelta(days=1))
    VoiceFactory(thread=severe, author=user, joined_on=timezone.localdate() - timedelta(days=1))
    assert scope_findings_of(tranche) == {}
    for thread in (severe, late):
        VoiceFactory(thread=thread, author=UserFactory())
    assert scope_findings_of(tranche) == {}
    merged = ThreadFactory(organisation=organisation, status="duplicate", merged_into=severe)
    for thread in (merged, late):
        VoiceFactory(thread=thread, author=user)
    assert scope_findings_of(tranche) == {
        "severe_feedback": ("failed", "1 severe problem of people in earlier tranches is open"),
        "feedback_answered": (
            "failed",
            "1 problem of people in earlier tranches is overdue for an answer or an update",
        ),
    }
    Thread.objects.filter(pk=severe.pk).update(status="done")
    Thread.objects.filter(pk=late.pk).update(is_answered=True)
    assert scope_findings_of(tranche) == {}


def test_only_what_is_said_by_name_in_earlier_tranches_asks_for_a_new_reckoning(
    tranche: Tranche, django_capture_on_commit_callbacks: Any
) -> None:
    """What is said anonymously would tell its moment by the time of the readiness that follows."""
    organisation = tranche.programme.organisation
    previous = TrancheFactory(programme=tranche.programme, number=0, state="closed")
    people = [person_with("staff", organisation) for _ in range(2)]
    TranchePersonFactory(
        tranche=previous,
        staff_member=StaffMemberFactory(organisation=organisation, user=people[0]),
        state="handed_over",
    )
    lead = person_with("technology-lead", organisation)
    said: dict[str, Any] = {"organisation": organisation, "title": "It is slow", "body": "Very."}
    asked: list[bool] = []

    def doing(act: Callable[..., Any], **given: Any) -> Any:
        Computation.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            done = act(**given)
        asked.append(Computation.objects.filter(tranche=tranche, dirty_at__isnull=False).exists())
        assert not Computation.objects.filter(tranche=previous).exists()
        return done

    thread = doing(raise_thread, by=people[1], shown_as="anonymous", **said)
    doing(sort_thread, thread=thread, by=lead, kind="problem", topic=None, is_severe=True)
    doing(join_thread, thread=thread, by=people[0], shown_as="anonymous")
    doing(reply, thread=thread, by=people[0], body="So it is.")
    doing(leave_thread, thread=thread, by=people[0])
    assert asked == [False] * 5
    doing(join_thread, thread=thread, by=people[0])
    doing(sort_thread, thread=thread, by=lead, kind="problem", topic=None, is_severe=True)
    doing(leave_thread, thread=thread, by=people[0])
    assert asked[5:] == [True] * 3
