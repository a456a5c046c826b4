"""Training records: the list, what one person did, adding, changing and removing a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from fleet.filters import TrainingRecordFilter
from fleet.forms.training import TrainingRecordForm
from fleet.models import Course, StaffMember, TrainingRecord, User
from fleet.services.training import record_training, remove_training
from fleet.views.facts import EditFacts, VerbPage, page_of
from fleet.views.shown import under
from fleet.vocabulary import RecordSource, TrainingState
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

STATE = Column(key="state", title="State", is_status=True)
VALID_UNTIL = Column(key="valid_until", title="Valid until", empty="No end")
# What a person's page says of a course where there are several records: the first of these.
BEST_FIRST = (
    TrainingState.VALID,
    TrainingState.EXPIRING,
    TrainingState.BOOKED,
    TrainingState.EXPIRED,
    TrainingState.REPLACED,
)


class TrainingList(ListPage):
    model = TrainingRecord
    seen = "training"
    filterset_class = TrainingRecordFilter
    heading = "Training"
    nouns = ("training record", "training records")
    default_sort = "-completed_on"
    permissions = ("training.view",)
    template_name = "fleet/training_list.html"
    empty_text = (
        "Say in the catalogue what people are trained and briefed in, then record it on a person's page or "
        "load a file with manage.py load_csv training FILE."
    )
    columns = (
        Column(
            key="staff_member",
            title="Person",
            value=lambda record: under(record.staff_member.name, record.staff_member.staff_number),
            csv="staff_member__staff_number",
            link=to("fleet:person-detail", "staff_member_id"),
        ),
        Column(
            key="site",
            title="Site",
            value="staff_member.site.name",
            csv="staff_member__site__code",
            empty="Not known",
        ),
        Column(
            key="course",
            title="Course",
            value="course.name",
            csv="course__code",
            link=to("fleet:course-detail", "course_id"),
        ),
        Column(key="kind", title="Kind", value="course.kind", is_csv_only=True),
        Column(key="completed_on", title="Done on"),
        VALID_UNTIL,
        STATE,
        Column(key="provider", title="Provider"),
        Column(key="reference", title="Reference"),
        Column(key="source", title="Came in by", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[TrainingRecord]:
        visible = TrainingRecord.objects.visible_to(signed_in(self.request))
        return visible.with_state().select_related("staff_member__site", "course")


def training_of(person: StaffMember, user: User) -> dict[str, Any]:
    """For a person's page: each course with the record that counts, and where records are added.

    Nothing for those who may not see the person's training.
    """
    access = user.access
    if not (access.may_touch("training.view", person) or person.pk in user.own_staff):
        return {}
    may_change = access.may_touch("training.change", person)
    return {
        "training": _training_table(person, may_change=may_change),
        "training_add_url": reverse("fleet:training-add", args=[person.pk]) if may_change else "",
    }


def _training_table(person: StaffMember, *, may_change: bool) -> Table:
    def edit_url(record: TrainingRecord) -> str:
        return reverse("fleet:training-edit", args=[record.pk]) if may_change and record.pk else ""

    records = person.training_records.with_state().select_related("course")
    columns = (
        Column(key="course", title="Course", value="course.name", link=edit_url),
        Column(key="kind", title="Kind", value="course.kind"),
        STATE,
        Column(key="completed_on", title="Done on", empty="Not done"),
        VALID_UNTIL,
        Column(key="provider", title="Provider"),
    )
    rows = [*_counting(records), *_missing(person)]
    return Table(columns=columns, rows=rows, caption="Training", is_caption_hidden=True)


def _counting(records: Iterable[Any]) -> list[TrainingRecord]:
    """Of each course the record that says how the person stands; a booking stands beside it."""
    best: dict[tuple[int, bool], Any] = {}
    for record in sorted(records, key=lambda one: BEST_FIRST.index(TrainingState(one.state))):
        best.setdefault((record.course_id, record.state == TrainingState.BOOKED), record)
    return sorted(best.values(), key=lambda one: (one.course.name, one.completed_on))


def _missing(person: StaffMember) -> list[TrainingRecord]:
    """A row for each course that everybody needs and this person has no record of."""
    courses = Course.objects.filter(organisation=person.organisation_id, is_for_everybody=True)
    rows: list[Any] = [
        TrainingRecord(course=course) for course in courses.exclude(records__staff_member=person)
    ]
    for row in rows:
        row.state = TrainingState.MISSING
    return rows


class AddTraining(VerbPage):
    model = StaffMember
    seen = "training"
    form_class = TrainingRecordForm
    permission = "training.change"
    heading = "Record training"
    submit = "Record"

    def get_form_kwargs(self) -> dict[str, Any]:
        self.record = TrainingRecord(staff_member=self.row, organisation=self.row.organisation)
        return super().get_form_kwargs() | {"instance": self.record, "user": signed_in(self.request)}

    def do(self, _data: dict[str, Any]) -> str:
        record_training(record=self.record, source=RecordSource.PAGE)
        return f"{self.record} is recorded."


class OfPerson:
    """The record's page is that of its person."""

    row: Any

    def get_queryset(self) -> QuerySet[TrainingRecord]:
        rows: QuerySet[TrainingRecord] = super().get_queryset()  # type: ignore[misc]
        return rows.select_related("staff_member__organisation", "course")

    def get_success_url(self) -> str:
        return page_of(self.row.staff_member)


class EditTraining(OfPerson, EditFacts):
    model = TrainingRecord
    seen = "training"
    form_class = TrainingRecordForm
    permission = "training.change"
    heading = "Change the record"
    template_name = "fleet/training_edit.html"


class RemoveTraining(OfPerson, VerbPage):
    model = TrainingRecord
    seen = "training"
    seen = "training"
    form_class: type[forms.BaseForm] = GovukForm
    permission = "training.change"
    heading = "Remove the record"
    template_name = "fleet/training_remove.html"

    def do(self, _data: dict[str, Any]) -> str:
        remove_training(record=self.row)
        return f"The record of {self.name} is removed."
