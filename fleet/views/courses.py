"""The catalogue of training, briefings and policies, and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from fleet.filters import CourseFilter
from fleet.forms.training import CourseForm
from fleet.models import Course, StaffMember, TrainingRecord, User
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, add_link
from fleet.views.shown import Section
from fleet.vocabulary import TrainingState
from fleet.web import text
from fleet.web.lists import ListPage
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to

TONES = {TrainingState.EXPIRING: "warning", TrainingState.EXPIRED: "warning"}


def validity_of(course: Course) -> str:
    months = course.validity_months
    return text.counted(months, "month") if months else "Never runs out"


class CourseList(ListPage):
    model = Course
    filterset_class = CourseFilter
    heading = "Training catalogue"
    nouns = ("course", "courses")
    default_sort = "name"
    permissions = ("training.view",)
    template_name = "fleet/facts_list.html"
    empty_text = "Add the trainings, briefings and policies that people need before they get a device."
    columns = (
        Column(key="name", title="Name", link=to("fleet:course-detail")),
        Column(key="code", title="Code"),
        Column(key="kind", title="Kind"),
        Column(
            key="validity_months",
            title="Valid for",
            value=validity_of,
            csv="validity_months",
        ),
        Column(key="is_for_everybody", title="Everybody needs it"),
    )

    def get_context_data(self) -> dict[str, Any]:
        link_to_add = add_link(
            self.request, "training.change", "fleet:course-add", "Add a course", model=Course
        )
        return super().get_context_data() | link_to_add


class CoursePage(ObjectPage):
    model = Course
    view_permission = "training.view"
    change_permission = "training.change"
    edit_url_name = "fleet:course-edit"
    template_name = "fleet/course_detail.html"

    def context(self, row: Course) -> dict[str, Any]:
        user = signed_in(self.request)
        facts = [
            SummaryRow("Kind", row.get_kind_display()),
            SummaryRow("Code", row.code),
            SummaryRow("Valid for", validity_of(row)),
            SummaryRow("Everybody needs it", text.shown(row.is_for_everybody)),
        ]
        return {
            "sections": [Section("Facts", facts)],
            "cards": [*_records(row, user), *_without(row, user)],
        }


def _records(course: Course, user: User) -> list[Stat]:
    """How many of the records that this person may see are in each state."""
    visible: Any = TrainingRecord.objects.visible_to(user).filter(course=course).with_state().order_by()
    counts = dict(visible.values("state").annotate(n=Count("pk")).values_list("state", "n"))
    url = f"{reverse('fleet:training-list')}?course={course.pk}&state="
    shown = (
        TrainingState.VALID,
        TrainingState.EXPIRING,
        TrainingState.EXPIRED,
        TrainingState.BOOKED,
    )
    return [
        Stat(
            text.number(counts.get(state, 0)),
            f"{state.label.lower()} records",
            f"{url}{state}",
            TONES.get(state, "") if counts.get(state) else "",
        )
        for state in shown
    ]


def _without(course: Course, user: User) -> list[Stat]:
    """The people at work today who lack it, for those who see people."""
    if not user.access.may("people.view"):
        return []
    today = timezone.localdate()
    people = StaffMember.objects.visible_to(user).filter(organisation=course.organisation_id)
    lacking = people.active_on(today).without_course(course, today).count()
    url = f"{reverse('fleet:person-list')}?without_course={course.pk}&at_work=now"
    return [Stat(text.number(lacking), "people at work without it", url)]


class AddCourse(AddFacts):
    model = Course
    form_class = CourseForm
    permission = "training.change"
    heading = "Add a course"


class EditCourse(EditFacts):
    model = Course
    form_class = CourseForm
    permission = "training.change"
    heading = "Change the course"
