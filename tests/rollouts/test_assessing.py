"""An assessment's counts, what waivers do to them, and what a run costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rollouts.models import Assessment, CheckResult, Computation, PersonReadiness, Tranche, TranchePerson
from rollouts.services.housekeeping import thin_assessments
from tests.rollouts.factories import (
    AssessmentFactory,
    TrancheFactory,
    TranchePersonFactory,
    WaiverFactory,
    device_facts,
    last_seen,
    ready_place,
)
from tests.rollouts.words import assessed


def result(assessment: Assessment, key: str) -> dict[str, Any]:
    names = ("passed", "failed", "unknown", "waived", "people_affected", "would_release")
    row = CheckResult.objects.filter(assessment=assessment, check_key=key).values(*names).get()
    return {name: number for name, number in row.items() if number}


@pytest.fixture
def mixed(tranche: Tranche) -> Tranche:
    """One ready, at risk, unknown, blocked by one check, by two checks, done and deferred each."""
    ready_place(tranche)
    at_risk = ready_place(tranche)
    assert at_risk.device is not None
    last_seen(at_risk.device, 10)
    device_facts(ready_place(tranche), encrypted=None)
    device_facts(ready_place(tranche), encrypted=False)
    device_facts(ready_place(tranche), encrypted=False, compliance="noncompliant")
    TranchePersonFactory(tranche=tranche, state="handed_over")
    TranchePersonFactory(tranche=tranche, state="deferred")
    return tranche


def test_counts_add_up(mixed: Tranche) -> None:
    assessment = assessed(mixed)
    assert assessment.state == "blocked"
    assert (assessment.ready, assessment.at_risk, assessment.unknown, assessment.blocked) == (1, 1, 1, 2)
    assert (assessment.people, assessment.done) == (5, 1)
    assert result(assessment, "encrypted") == {
        "passed": 2,
        "failed": 2,
        "unknown": 1,
        "people_affected": 3,
        "would_release": 1,
    }
    assert result(assessment, "compliant") == {"passed": 4, "failed": 1, "people_affected": 1}
    assert result(assessment, "seen_recently") == {"passed": 4, "failed": 1, "people_affected": 1}


def test_device_checks_do_not_ask_people_without_a_device(tranche: Tranche) -> None:
    ready_place(tranche)
    TranchePersonFactory(tranche=tranche, entitlement=tranche.programme.entitlements.get())
    assessment = assessed(tranche)
    assert result(assessment, "encrypted") == {"passed": 1}
    assert result(assessment, "device_allocated") == {
        "passed": 1,
        "failed": 1,
        "people_affected": 1,
        "would_release": 1,
    }


def test_an_empty_tranche_is_ready(tranche: Tranche) -> None:
    assert assessed(tranche).state == "ready"


def test_a_tranche_check_blocks_the_tranche_and_none_of_its_people(tranche: Tranche) -> None:
    ready_place(tranche)
    TrancheFactory(programme=tranche.programme, number=0, state="deploying")
    assessment = assessed(tranche)
    assert (assessment.state, assessment.ready, assessment.blocked) == ("blocked", 1, 0)
    assert result(assessment, "previous_reflection") == {
        "failed": 1,
        "people_affected": 1,
        "would_release": 1,
    }


def test_a_site_check_counts_for_everybody_at_the_site(tranche: Tranche) -> None:
    first = ready_place(tranche)
    assert first.staff_member.site is not None
    ready_place(tranche, site=first.staff_member.site)
    ready_place(tranche)
    first.staff_member.site.network_mbps = 0
    first.staff_member.site.save()
    assessment = assessed(tranche)
    assert (assessment.state, assessment.ready, assessment.at_risk) == ("at_risk", 1, 2)
    assert result(assessment, "site_network") == {"passed": 1, "failed": 1, "people_affected": 2}


class TestWaivers:
    def test_of_a_person(self, tranche: Tranche) -> None:
        waived = device_facts(ready_place(tranche), encrypted=False)
        device_facts(ready_place(tranche), encrypted=False)
        WaiverFactory(tranche=tranche, person=waived)
        assessment = assessed(tranche)
        assert (assessment.ready, assessment.blocked) == (1, 1)
        assert result(assessment, "encrypted") == {
            "failed": 1,
            "waived": 1,
            "people_affected": 1,
            "would_release": 1,
        }
        readiness = PersonReadiness.objects.get(person=waived)
        assert readiness.waived == ["encrypted"]
        assert readiness.findings[0]["waived"] is True

    def test_of_a_site(self, tranche: Tranche) -> None:
        here = device_facts(ready_place(tranche), encrypted=False)
        device_facts(ready_place(tranche), encrypted=False)
        WaiverFactory(tranche=tranche, site=here.staff_member.site)
        assert assessed(tranche).ready == 1

    def test_of_the_tranche(self, tranche: Tranche) -> None:
        device_facts(ready_place(tranche), encrypted=False)
        device_facts(ready_place(tranche), encrypted=None)
        WaiverFactory(tranche=tranche)
        assert assessed(tranche).ready == 2

    def test_another_check_or_tranche_is_not_touched(self, tranche: Tranche) -> None:
        device_facts(ready_place(tranche), encrypted=False)
        WaiverFactory(tranche=tranche, check_key="compliant")
        WaiverFactory(tranche=TrancheFactory(programme=tranche.programme, state="closed", number=99))
        assert assessed(tranche).blocked == 1

    def test_counts_until_the_end_of_its_last_day(self, tranche: Tranche) -> None:
        device_facts(ready_place(tranche), encrypted=False)
        waiver = WaiverFactory(tranche=tranche, expires_on=timezone.localdate())
        assert assessed(tranche).blocked == 0
        waiver.expires_on -= timedelta(days=1)
        waiver.save()
        assert assessed(tranche).blocked == 1

    def test_an_ended_one_counts_no_more(self, tranche: Tranche) -> None:
        device_facts(ready_place(tranche), encrypted=False)
        WaiverFactory(tranche=tranche, ended_at=timezone.now())
        assert assessed(tranche).blocked == 1


def test_people_who_are_done_or_left_are_forgotten(tranche: Tranche) -> None:
    place = ready_place(tranche)
    assessed(tranche)
    assert PersonReadiness.objects.filter(person=place).exists()
    TranchePerson.objects.filter(pk=place.pk).update(state="withdrawn", reason="Left", device=None)
    assessed(tranche)
    assert not PersonReadiness.objects.filter(person=place).exists()


def row_versions(tranche: Tranche) -> set[tuple[int, str]]:
    """Which row versions stand in the table: a rewritten row has another ctid."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, ctid::text FROM rollouts_personreadiness")
        return set(cursor.fetchall())


def test_unchanged_people_are_not_rewritten(mixed: Tranche) -> None:
    assessed(mixed)
    before = row_versions(mixed)
    changed = mixed.people.filter(state="allocated").first()
    assert changed is not None
    device_facts(changed, compliance="noncompliant")
    assessed(mixed)
    after = row_versions(mixed)
    assert {person for person, _ in before - after} == {changed.pk}


def test_a_run_that_changes_nothing_writes_no_new_assessment(mixed: Tranche) -> None:
    first = assessed(mixed)
    assert assessed(mixed) == first
    computation = Computation.objects.get(tranche=mixed)
    assert computation.computed_at is not None
    assert computation.computed_at > first.computed_at


def test_a_new_day_has_its_own_assessment(mixed: Tranche) -> None:
    assessed(mixed)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assessed(mixed)
    assert mixed.assessments.count() == 2


def queries_of_a_run(tranche: Tranche) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assessed(tranche)
    return [query["sql"] for query in captured.captured_queries]


def test_a_run_takes_as_many_queries_for_many_people_as_for_few(tranche: Tranche) -> None:
    """A first run in each of two tranches of the same programme."""
    for _ in range(5):
        ready_place(tranche)
    few = queries_of_a_run(tranche)
    large = TrancheFactory(programme=tranche.programme)
    for _ in range(50):
        device_facts(ready_place(large), encrypted=False, os_key=[16], os_version="16")
    many = queries_of_a_run(large)
    assert len(few) == len(many)
    # the tranche; two tables gathered and analysed; 19 checks; 6 to store; counts; the assessment
    assert len(many) <= 47


def test_old_assessments_are_thinned_to_the_last_word_of_a_day(tranche: Tranche) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    for days, hours in ((0, 0), (0, 1), (9, 0), (9, 1), (9, 2), (20, 0)):
        AssessmentFactory(tranche=tranche, computed_at=noon - timedelta(days=days, hours=hours))
    assert thin_assessments() == 2
    assert thin_assessments() == 0
    kept = [noon - one.computed_at for one in tranche.assessments.all()]
    assert kept == [timedelta(days=days, hours=hours) for days, hours in ((0, 0), (0, 1), (9, 0), (20, 0))]
