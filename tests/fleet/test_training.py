"""Training records: added, changed and removed; their states; who sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.models import Course, Organisation, StaffMember, TrainingRecord, User
from fleet.months import months_after
from tests.conftest import person_with
from tests.factories import (
    CourseFactory,
    GrantFactory,
    SiteFactory,
    StaffMemberFactory,
    TrainingRecordFactory,
    UserFactory,
    shipped_role,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def person(department: Organisation) -> StaffMember:
    return StaffMemberFactory(organisation=department, name="Ada Byron")


@pytest.fixture
def course(department: Organisation) -> Course:
    return CourseFactory(organisation=department, name="Data handling", code="DATA", validity_months=12)


def parts(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def on_page(client: Client, person: StaffMember, **data: Any) -> Any:
    return client.post(reverse("fleet:training-add", args=[person.pk]), data, follow=True)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 3), 12, date(2027, 3, 3)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_a_record_holds_as_long_as_the_catalogue_says(
    person: StaffMember, course: Course, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    done = TODAY - timedelta(days=40)
    response = on_page(
        client_of(it_manager), person, course=course.pk, **parts("completed_on", done), reference="C-1"
    )
    record = TrainingRecord.objects.get()
    assert (record.valid_until, record.source) == (months_after(done, 12), "page")
    assert record.organisation == person.organisation
    assert "Data handling" in response.content.decode()


def test_a_record_may_say_itself_until_when_it_holds(
    person: StaffMember, course: Course, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    days = parts("completed_on", TODAY) | parts("valid_until", TODAY + timedelta(days=9))
    on_page(client_of(it_manager), person, course=course.pk, **days)
    assert TrainingRecord.objects.get().valid_until == TODAY + timedelta(days=9)


@pytest.mark.parametrize(
    ("completed", "valid", "words"),
    [
        (0, -1, "It must hold until the day on which it was done, or later."),
        (400, None, "Enter a day within a year from today."),
    ],
)
def test_days_that_cannot_be_are_refused(
    person: StaffMember,
    course: Course,
    it_manager: User,
    client_of: Callable[[User], Client],
    completed: int,
    valid: int | None,
    words: str,
) -> None:
    days = parts("completed_on", TODAY + timedelta(days=completed))
    if valid is not None:
        days |= parts("valid_until", TODAY + timedelta(days=valid))
    response = on_page(client_of(it_manager), person, course=course.pk, **days)
    assert words in response.content.decode()
    assert not TrainingRecord.objects.exists()


def test_the_same_course_on_the_same_day_is_refused(
    person: StaffMember, course: Course, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    for _ in range(2):
        response = on_page(
            client_of(it_manager), person, course=course.pk, **parts("completed_on", date(2026, 3, 3))
        )
    assert "The record of 3 Mar 2026 is taken by another training record" in response.content.decode()
    assert TrainingRecord.objects.count() == 1


STATES = [
    (-30, None, "valid"),
    (-30, 60, "valid"),
    (-30, 59, "expiring"),
    (-30, 0, "expiring"),
    (-30, -1, "expired"),
    (1, None, "booked"),
]


@pytest.mark.parametrize(("done", "left", "state"), STATES)
def test_states(person: StaffMember, course: Course, done: int, left: int | None, state: str) -> None:
    course.validity_months = None
    TrainingRecordFactory(
        staff_member=person,
        course=course,
        completed_on=TODAY + timedelta(days=done),
        valid_until=None if left is None else TODAY + timedelta(days=left),
    )
    record: Any = TrainingRecord.objects.with_state().get()
    assert record.state == state


def test_a_later_record_that_holds_as_long_replaces_one(person: StaffMember, course: Course) -> None:
    days = [TODAY - timedelta(days=ago) for ago in (800, 400, 5)]
    for day in days:
        TrainingRecordFactory(staff_member=person, course=course, completed_on=day)
    rows: Any = TrainingRecord.objects.with_state().order_by("completed_on")
    assert [row.state for row in rows] == ["replaced", "replaced", "valid"]


def test_a_shorter_later_record_replaces_nothing(person: StaffMember, course: Course) -> None:
    TrainingRecordFactory(staff_member=person, course=course, completed_on=TODAY - timedelta(days=9))
    TrainingRecordFactory(
        staff_member=person,
        course=course,
        completed_on=TODAY - timedelta(days=8),
        valid_until=TODAY - timedelta(days=1),
    )
    rows: Any = TrainingRecord.objects.with_state().order_by("completed_on")
    assert [row.state for row in rows] == ["valid", "expired"]


def test_a_persons_page_names_what_everybody_needs_and_they_lack(
    person: StaffMember, course: Course, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    CourseFactory(organisation=person.organisation, name="Fire safety", is_for_everybody=True)
    TrainingRecordFactory(staff_member=person, course=course)
    page = client_of(it_manager).get(reverse("fleet:person-detail", args=[person.pk])).content.decode()
    assert page.index("Data handling") < page.index("Fire safety") < page.index(">Missing<")


def test_a_record_is_changed_and_removed(
    person: StaffMember, course: Course, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    record = TrainingRecordFactory(staff_member=person, course=course)
    client = client_of(it_manager)
    client.post(
        reverse("fleet:training-edit", args=[record.pk]),
        {
            "course": course.pk,
            **parts("completed_on", record.completed_on),
            **parts("valid_until", TODAY),
            "provider": "The college",
        },
    )
    record.refresh_from_db()
    assert (record.provider, record.valid_until) == ("The college", TODAY)
    response = client.post(reverse("fleet:training-remove", args=[record.pk]))
    assert response["Location"] == reverse("fleet:person-detail", args=[person.pk])
    assert not TrainingRecord.objects.exists()


def test_a_site_lead_sees_and_records_for_their_sites_alone(
    department: Organisation, course: Course, client_of: Callable[[User], Client]
) -> None:
    here, there = SiteFactory.create_batch(2, organisation=department)
    near, far = (StaffMemberFactory(organisation=department, site=site) for site in (here, there))
    records = [TrainingRecordFactory(staff_member=person, course=course) for person in (near, far)]
    lead = UserFactory()
    GrantFactory(user=lead, organisation=department, role=shipped_role("site-lead"), sites=[here])
    assert list(TrainingRecord.objects.visible_to(lead)) == records[:1]
    client = client_of(lead)
    assert client.get(reverse("fleet:training-add", args=[near.pk])).status_code == 200
    assert client.get(reverse("fleet:training-add", args=[far.pk])).status_code == 404
    assert client.get(reverse("fleet:training-edit", args=[records[1].pk])).status_code == 404


def test_people_see_their_own_records_and_nobody_elses(
    department: Organisation, course: Course, staff_user: User, client_of: Callable[[User], Client]
) -> None:
    own = StaffMember.objects.get(user=staff_user)
    mine = TrainingRecordFactory(staff_member=own, course=course)
    TrainingRecordFactory(course=course)
    assert list(TrainingRecord.objects.visible_to(staff_user)) == [mine]
    page = client_of(staff_user).get(reverse("fleet:person-detail", args=[own.pk])).content.decode()
    assert "Data handling" in page
    assert reverse("fleet:training-add", args=[own.pk]) not in page


def test_whoever_sees_people_but_no_training_is_told_nothing_of_it(
    person: StaffMember, course: Course, group_leader: User, client_of: Callable[[User], Client]
) -> None:
    TrainingRecordFactory(staff_member=person, course=course)
    page = client_of(group_leader).get(reverse("fleet:person-detail", args=[person.pk])).content.decode()
    assert "Data handling" not in page
    url = f"{reverse('fleet:person-list')}?without_course={course.pk}"
    assert "Ada Byron" not in client_of(group_leader).get(url).content.decode()


def test_the_list_is_filtered_and_searched(
    person: StaffMember, course: Course, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    TrainingRecordFactory(staff_member=person, course=course, reference="CERT-9")
    other = TrainingRecordFactory(completed_on=TODAY + timedelta(days=3))
    client = client_of(it_manager)

    def found(query: str) -> list[int]:
        response = client.get(f"{reverse('fleet:training-list')}?{query}")
        return [row.pk for row in response.context["table"].rows]

    mine = TrainingRecord.objects.get(staff_member=person).pk
    for query in ("q=byron", "q=cert", f"course={course.pk}", "state=valid", f"site={person.site_id}"):
        assert found(query) == [mine], query
    assert found("state=booked") == [other.pk]
    assert sorted(found("state=valid&state=booked")) == sorted([mine, other.pk])


def test_a_courses_numbers_lead_to_lists_that_add_up_to_them(
    person: StaffMember, course: Course, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    TrainingRecordFactory.create_batch(3, course=course)
    TrainingRecordFactory(course=course, completed_on=TODAY - timedelta(days=400))
    client = client_of(it_manager)
    cards = client.get(reverse("fleet:course-detail", args=[course.pk])).context["cards"]
    assert [(card.value, card.label) for card in cards] == [
        ("3", "valid records"),
        ("0", "expiring records"),
        ("1", "expired records"),
        ("0", "booked records"),
        ("2", "people at work without it"),
    ]
    for card in cards:
        assert str(client.get(card.url).context["matched"]) == card.value


def test_the_api_records_changes_and_removes(
    person: StaffMember, course: Course, coordinator: User, api_of: Callable[[User], Any]
) -> None:
    client = api_of(coordinator)
    sent = {"staff_member": person.pk, "course": course.pk, "completed_on": "2026-03-03"}
    made = client.post("/api/v1/training/", sent, format="json")
    assert made.status_code == 201, made.data
    assert (made.data["valid_until"], made.data["source"]) == ("2027-03-03", "api")
    again = client.post("/api/v1/training/", sent, format="json")
    assert again.status_code == 400
    assert again.data["errors"][0]["field"] == "completed_on"
    url = f"/api/v1/training/{made.data['id']}/"
    assert client.patch(url, {"provider": "The college"}, format="json").data["provider"] == "The college"
    assert client.delete(url).status_code == 204
    assert not TrainingRecord.objects.exists()


def test_the_api_does_not_record_for_people_elsewhere(
    department: Organisation, course: Course, api_of: Callable[[User], Any]
) -> None:
    here, there = SiteFactory.create_batch(2, organisation=department)
    far = StaffMemberFactory(organisation=department, site=there)
    lead = person_with("auditor", department)
    GrantFactory(user=lead, organisation=department, role=shipped_role("site-lead"), sites=[here])
    sent = {"staff_member": far.pk, "course": course.pk, "completed_on": "2026-03-03"}
    answer = api_of(lead).post("/api/v1/training/", sent, format="json")
    assert answer.status_code == 400
    assert answer.data["errors"][0]["field"] == "staff_member"


def test_a_course_of_another_organisation_is_refused(
    person: StaffMember, council: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    foreign = CourseFactory(organisation=council)
    on_page(client_of(it_manager), person, course=foreign.pk, **parts("completed_on", TODAY))
    assert not TrainingRecord.objects.exists()
