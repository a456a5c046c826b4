"""Narrowing the lists of training records and of the catalogue."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from fleet.filters.parts import FindFilter, Rule, RuleFilter, choice_of
from fleet.models import Course, Site, TrainingRecord
from fleet.vocabulary import CourseKind, RecordSource, TrainingState
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter, YesNoFilter
from fleet.web.keyset import by

STATES = [choice for choice in TrainingState.choices if choice[0] != TrainingState.MISSING]


class TrainingRecordFilter(ListFilterSet):
    q = FindFilter(label="Person, reference or provider")
    course = choice_of(Course, label="Course")
    kind = ChoicesFilter("course__kind", choices=CourseKind.choices, label="Kind")
    state = ChoicesFilter(choices=STATES, label="State", method="in_state")
    site = choice_of(Site, label="Site", field_name="staff_member__site")
    source = ChoicesFilter(choices=RecordSource.choices, label="Came in by")

    sorts = {
        "staff_member": ("staff_member__name",),
        "site": ("staff_member__site__name",),
        "course": ("course__name",),
        "kind": ("course__kind",),
        **by("completed_on", "valid_until", "provider", "reference", "source"),
    }

    class Meta:
        model = TrainingRecord
        fields: list[str] = []

    def in_state(self, rows: Any, _name: str, chosen: list[str]) -> QuerySet[TrainingRecord]:
        found: QuerySet[TrainingRecord] = rows.with_state().filter(state__in=chosen) if chosen else rows
        return found


VALIDITY: dict[str, tuple[str, Rule]] = {
    "limited": ("Runs out", lambda courses: courses.filter(validity_months__isnull=False)),
    "unlimited": ("Never runs out", lambda courses: courses.filter(validity_months__isnull=True)),
}


class CourseFilter(ListFilterSet):
    q = SearchFilter(*("name__icontains", "code__istartswith"), labels=("kind",), label="Name, code or kind")
    kind = ChoicesFilter(choices=CourseKind.choices, label="Kind")
    validity = RuleFilter(label="Validity", rules=VALIDITY)
    is_for_everybody = YesNoFilter(label="Everybody needs it")

    sorts = by("name", "code", "kind", "validity_months", "is_for_everybody")

    class Meta:
        model = Course
        fields: list[str] = []
