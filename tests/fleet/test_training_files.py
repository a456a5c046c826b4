"""Files of courses, training records and contracts: what they make, and that an export changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.models import Contract, Course, Organisation, StaffMember, TrainingRecord, User
from fleet.services.imports import KINDS, load_csv
from fleet.signals import facts_changed
from tests.factories import ContractFactory, CourseFactory, StaffMemberFactory, TrainingRecordFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def load(kind: str, text: str, organisation: Organisation) -> Any:
    return load_csv(kind=kind, content=text.encode(), organisation=organisation)


@pytest.fixture
def person(department: Organisation) -> StaffMember:
    return StaffMemberFactory(organisation=department, staff_number="0042")


@pytest.fixture
def course(department: Organisation) -> Course:
    return CourseFactory(organisation=department, code="DATA", name="Data handling", validity_months=12)


def test_a_catalogue_is_loaded(department: Organisation) -> None:
    text = "Course code,name,kind,validity_months,is_for_everybody\nDATA,Data handling,Briefing,12,yes\n"
    assert load("courses", text, department).created == 1
    row = Course.objects.get()
    assert (row.kind, row.validity_months, row.is_for_everybody) == ("briefing", 12, True)


def test_records_hold_as_long_as_the_catalogue_says(
    department: Organisation, person: StaffMember, course: Course
) -> None:
    rows = ("0042,DATA,2026-03-03,", "0042,DATA,2025-03-01,2025-09-01")
    text = "\n".join(("staff_member,course,completed_on,valid_until", *rows))
    assert str(load("training", text, department)).startswith("2 created, 0 changed")
    found = TrainingRecord.objects.order_by("completed_on").values_list("valid_until", "source")
    assert list(found) == [(date(2025, 9, 1), "import"), (date(2027, 3, 3), "import")]
    assert load("training", text, department).unchanged == 2


def test_a_change_of_the_catalogue_leaves_records_as_they_are(
    department: Organisation, person: StaffMember, course: Course
) -> None:
    text = "staff_member,course,completed_on,valid_until,provider\n0042,DATA,2026-03-03,,{}\n"
    load("training", text.format(""), department)
    Course.objects.update(validity_months=1)
    assert load("training", text.format(""), department).unchanged == 1
    assert load("training", text.format("College"), department).changed == 1
    row = TrainingRecord.objects.get()
    assert (row.valid_until, row.provider) == (date(2027, 3, 3), "College")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("0043,DATA,2026-03-03,", "staff_member"),
        ("0042,NONE,2026-03-03,", "course"),
        ("0042,DATA,2099-03-03,", "completed_on"),
        ("0042,DATA,2026-03-03,2026-03-02", "valid_until"),
    ],
)
def test_what_cannot_be_is_rejected_at_its_column(
    department: Organisation, person: StaffMember, course: Course, cells: str, column: str
) -> None:
    report = load("training", f"staff_member,course,completed_on,valid_until\n{cells}\n", department)
    assert [(one.number, one.field) for one in report.rejections] == [(2, column)]
    assert not TrainingRecord.objects.exists()


def test_loaded_records_are_announced_by_their_people(
    department: Organisation,
    person: StaffMember,
    course: Course,
    django_capture_on_commit_callbacks: Any,
) -> None:
    told: list[Any] = []

    def listen(staff_ids: Any, **_: Any) -> None:
        told.append(staff_ids)

    facts_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            load("training", "staff_member,course,completed_on\n0042,DATA,2026-03-03\n", department)
    finally:
        facts_changed.disconnect(listen)
    assert told == [{person.pk}]


def test_contracts_are_loaded_with_notice_from_their_period(
    department: Organisation, it_manager: User
) -> None:
    text = (
        "supplier,reference,title,starts_on,ends_on,notice_by,notice_period,notice_unit,owner\n"
        f"Phones,C1,Members,2026-04-01,2028-03-31,,3,months,{it_manager.email}\n"
        "Phones,C2,Officers,2026-04-01,2026-03-31,,,,\n"
    )
    report = load("contracts", text, department)
    assert [(one.number, one.field) for one in report.rejections] == [(3, "ends_on")]
    row = Contract.objects.get()
    assert (row.notice_by, row.owner) == (date(2027, 12, 31), it_manager)
    assert load("contracts", text, department).unchanged == 1


def rows_of_each(organisation: Organisation, owner: User) -> None:
    CourseFactory(organisation=organisation, is_for_everybody=True)
    person = StaffMemberFactory(organisation=organisation)
    for months, days in ((None, 30), (12, 500), (12, -20)):
        course = CourseFactory(organisation=organisation, validity_months=months, kind="policy")
        TrainingRecordFactory(
            staff_member=person, course=course, completed_on=TODAY - timedelta(days=days), reference="=1+1"
        )
    # its course runs out since
    TrainingRecordFactory(staff_member=person, course=CourseFactory(organisation=organisation))
    Course.objects.filter(records__valid_until=None).update(validity_months=3)
    ContractFactory(organisation=organisation, notice_period=3, owner=owner, value_pence=5)
    ContractFactory(organisation=organisation, notice_given_on=TODAY, renews_itself=True, covers="A, “b”")
    ContractFactory(organisation=organisation, notice_by=None, device_count=10)
    # nobody said when, though there is a period now
    Contract.objects.filter(notice_by=None).update(notice_period=2)


@pytest.mark.parametrize("kind", ["courses", "training", "contracts"])
def test_loading_an_export_changes_nothing(
    kind: str, department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    rows_of_each(department, it_manager)
    url = reverse(KINDS[kind].list_url_name)
    answer: Any = client_of(it_manager).get(f"{url}?format=csv")
    report = load(kind, answer.getvalue().decode(), department)
    count = KINDS[kind].model._default_manager.count()
    assert (report.created, report.changed, report.rejected, report.unchanged) == (0, 0, 0, count)
    assert count >= 3
