"""Files of the training catalogue and of who did what."""

from __future__ import annotations

from collections.abc import Sequence

from fleet import rules
from fleet.models import Course, Organisation, TrainingRecord
from fleet.services.imports.kind import Kind, Values
from fleet.services.imports.references import by_code, by_staff_number
from fleet.vocabulary import RecordSource


class TrainingKind(Kind):
    def settle(self, organisation: Organisation, rows: Sequence[Values]) -> None:
        """A new record holds as long as the catalogue says, unless the file says until when."""
        courses = Course.objects.filter(organisation=organisation).in_bulk()
        for row in rows:
            if "id" not in row and row["valid_until"] is None:
                row["valid_until"] = courses[row["course_id"]].valid_until(row["completed_on"])

    def completed(self, values: Values) -> Values:
        return values | {"source": RecordSource.IMPORT.value}


COURSES = Kind(
    title="Training catalogue",
    permission="training.change",
    model=Course,
    fields=("code", "name", "kind", "validity_months", "is_for_everybody"),
    identifiers=(("code",),),
    names_row=("name", "code"),
    url_name="fleet:course-detail",
    list_url_name="fleet:course-list",
    rules=rules.of_course,
    synonyms={
        "course_code": "code", "course": "name", "course_name": "name", "title": "name", "type": "kind",
        "months": "validity_months", "valid_for": "validity_months", "valid_for_months": "validity_months",
        "mandatory": "is_for_everybody", "everybody_needs_it": "is_for_everybody",
    },
    meanings={
        "code": "Its key in the organisation",
        "validity_months": "How long a record counts; empty where it never runs out",
        "is_for_everybody": "Whether everybody needs it; no, unless said",
    },
    example={"code": "INFO-1", "name": "Information handling", "kind": "training", "validity_months": "12"},
)  # fmt: skip
TRAINING = TrainingKind(
    title="Training records",
    permission="training.change",
    model=TrainingRecord,
    fields=("completed_on", "valid_until", "provider", "reference"),
    references={"staff_member": by_staff_number("staff_member"), "course": by_code("course", Course)},
    identifiers=(("staff_member", "course", "completed_on"),),
    names_row=("completed_on",),
    list_url_name="fleet:training-list",
    rules=rules.of_training,
    ignored=frozenset({"site", "kind", "state", "source"}),
    kept=frozenset({"valid_until"}),
    synonyms={
        "staff_number": "staff_member", "employee_number": "staff_member", "person": "staff_member",
        "employee_id": "staff_member", "course_code": "course", "done_on": "completed_on",
        "completed": "completed_on", "completion_date": "completed_on", "date": "completed_on",
        "expires": "valid_until", "expires_on": "valid_until", "expiry_date": "valid_until",
        "trainer": "provider", "supplier": "provider", "certificate": "reference",
        "certificate_number": "reference",
    },
    meanings={
        "staff_member": "The person's staff number",
        "course": "The course's code",
        "completed_on": "Date; a day to come is a booking",
        "valid_until": "Date: the last day on which it counts. Empty: as long as the catalogue says; "
        "an empty cell leaves what is there",
    },
    example={
        "staff_member": "004711", "course": "INFO-1", "completed_on": "2026-03-03",
        "provider": "Learning and development",
    },
)  # fmt: skip
