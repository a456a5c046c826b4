"""The check on training: what the programme asks for, on the day of the handover, and until when it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fleet.models import Course, Organisation
from rollouts.models import Computation, Programme, Tranche, TranchePerson
from rollouts.services.computing import compute
from rollouts.services.staleness import mark_dirty
from tests.factories import CourseFactory, TrainingRecordFactory
from tests.rollouts.factories import ProgrammeCourseFactory, ready_place
from tests.rollouts.words import findings_of

TODAY = timezone.localdate()
KEY = "trained_and_briefed"


def words(days: int) -> str:
    day = TODAY + timedelta(days=days)
    return f"{day:%-d %B %Y}"


@pytest.fixture
def place(tranche: Tranche) -> TranchePerson:
    return ready_place(tranche, name="Ada Byron")


@pytest.fixture
def briefing(tranche: Tranche) -> Course:
    return asked(tranche.programme, name="Phishing briefing", kind="briefing")


def asked(programme: Programme, **fields: object) -> Course:
    course = CourseFactory(organisation=programme.organisation, **fields)
    ProgrammeCourseFactory(programme=programme, course=course)
    return course


def done(place: TranchePerson, course: Course, ago: int, left: int | None = None) -> None:
    """Done so many days ago; valid for so many days from today, or for ever."""
    TrainingRecordFactory(
        staff_member=place.staff_member,
        course=course,
        completed_on=TODAY - timedelta(days=ago),
        valid_until=None if left is None else TODAY + timedelta(days=left),
    )


def until_of(place: TranchePerson) -> str | None:
    place.refresh_from_db()
    until: str | None = place.readiness.findings[0]["until"]
    return until


def test_a_programme_that_asks_for_nothing_passes_everybody(place: TranchePerson) -> None:
    CourseFactory(organisation=place.tranche.programme.organisation)
    assert findings_of(place) == {}


def test_what_another_programme_asks_for_does_not_count(place: TranchePerson) -> None:
    ProgrammeCourseFactory()
    assert findings_of(place) == {}


def test_nothing_done(place: TranchePerson, briefing: Course) -> None:
    asked(place.tranche.programme, name="Acceptable use", kind="policy")
    assert findings_of(place) == {
        KEY: ("failed", "Has not accepted Acceptable use; Has not done Phishing briefing")
    }
    assert until_of(place) is None


def test_done_and_without_end(place: TranchePerson, briefing: Course) -> None:
    done(place, briefing, ago=900)
    assert findings_of(place) == {}


def test_ran_out_before_today(place: TranchePerson, briefing: Course) -> None:
    done(place, briefing, ago=400, left=-1)
    assert findings_of(place)[KEY] == ("failed", f"Phishing briefing ran out on {words(-1)}")


def test_it_must_hold_on_the_day_of_the_handover(place: TranchePerson, briefing: Course) -> None:
    assert place.planned_on is not None
    left = (place.planned_on - TODAY).days
    done(place, briefing, ago=100, left=left - 1)
    assert findings_of(place)[KEY] == ("failed", f"Phishing briefing runs out on {words(left - 1)}")
    done(place, briefing, ago=50, left=left)
    assert findings_of(place) == {}


def test_a_booking_counts_from_its_day(place: TranchePerson, briefing: Course) -> None:
    assert place.planned_on is not None
    after = (place.planned_on - TODAY).days + 1
    done(place, briefing, ago=-after)
    assert findings_of(place)[KEY] == ("failed", f"Phishing briefing is booked for {words(after)}")
    assert until_of(place) == (TODAY + timedelta(days=after)).isoformat()
    done(place, briefing, ago=1 - after)
    assert findings_of(place) == {}


def test_one_course_that_is_not_booked_leaves_no_end(place: TranchePerson, briefing: Course) -> None:
    asked(place.tranche.programme, name="Tablet basics")
    done(place, briefing, ago=-300)
    assert "Has not done Tablet basics" in findings_of(place)[KEY][1]
    assert until_of(place) is None


def test_a_mend_would_release_those_whom_nothing_else_blocks(place: TranchePerson, briefing: Course) -> None:
    other = ready_place(place.tranche)
    TranchePerson.objects.filter(pk=other.pk).update(device=None, state="planned")
    trained = ready_place(place.tranche)
    done(trained, briefing, ago=1)
    findings_of(place)
    assessment = Computation.objects.get(tranche=place.tranche).assessment
    assert assessment is not None
    result = assessment.results.get(check_key=KEY)
    assert (result.passed, result.failed, result.people_affected, result.would_release) == (1, 2, 2, 1)


def test_a_record_makes_readiness_stale(
    place: TranchePerson,
    briefing: Course,
    department: Organisation,
    django_capture_on_commit_callbacks: object,
) -> None:
    from fleet.services.training import record_training, remove_training
    from fleet.vocabulary import RecordSource

    mark_dirty(Tranche.objects.all())
    compute(tranche_id=place.tranche_id)
    fresh = Computation.objects.filter(tranche=place.tranche, dirty_at__isnull=True)
    assert fresh.exists()
    record = TrainingRecordFactory.build(
        staff_member=place.staff_member, course=briefing, organisation=department
    )
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        record_training(record=record, source=RecordSource.PAGE)
    assert not fresh.exists()
    compute(tranche_id=place.tranche_id)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_training(record=record)
    assert not fresh.exists()
