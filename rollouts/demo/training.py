"""What people of the demo were trained and briefed in, and what the programmes ask for."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator

from fleet.models import Course, Organisation, TrainingRecord
from fleet.months import months_after
from fleet.vocabulary import CourseKind, RecordSource
from rollouts.demo.chance import chance_of
from rollouts.demo.copying import Row, copy_rows
from rollouts.demo.rollout_devices import Seat
from rollouts.demo.stage import Stage
from rollouts.models import Programme

INFORMATION, OUTSIDE, ACCEPTABLE, PHONES = "INFO-1", "OUT-1", "AUP-3", "PHONE-1"
# code: kind, name, months, whether everybody needs it
COURSES = {
    INFORMATION: (CourseKind.TRAINING, "Information handling", 12, True),
    OUTSIDE: (CourseKind.BRIEFING, "Working outside the office", 24, False),
    ACCEPTABLE: (CourseKind.POLICY, "Acceptable use of devices", None, False),
    PHONES: (CourseKind.POLICY, "Use of a council phone", None, False),
}
PROVIDER = "Learning and development"
# Of the people outside the programme, one in so many has records; enough to look through.
SAMPLED = 12
# How tranche 3 stands while it waits at its gate, of a hundred.
STANDS = {"": 91, "not_briefed": 3, "lapsed": 2, "lapses": 2, "booked": 2}


def make_courses(organisation: Organisation, codes: Iterable[str]) -> dict[str, Course]:
    """Stored, by code."""
    listed = ((code, *COURSES[code]) for code in codes)
    made = Course.objects.bulk_create(
        Course(
            organisation=organisation,
            code=code,
            kind=kind,
            name=name,
            validity_months=months,
            is_for_everybody=for_everybody,
        )
        for code, kind, name, months, for_everybody in listed
    )
    return {course.code: course for course in made}


def train_department(
    stage: Stage, programme: Programme, people: list[Row], seats: dict[int, list[Seat]]
) -> None:
    """Those who have their device are trained; of those who wait, most; of the others, some."""
    courses = make_courses(stage.organisation, (INFORMATION, OUTSIDE, ACCEPTABLE))
    programme.required_courses.set([courses[INFORMATION], courses[OUTSIDE]])
    trainer = _Trainer(stage, courses)
    waiting = {seat.person["id"] for chosen in seats.values() for seat in chosen}
    others = [person["id"] for person in people if person["id"] not in waiting][::SAMPLED]
    rows = [
        *(row for number in (1, 2) for seat in seats[number] for row in trainer.trained(seat.person["id"])),
        *(row for seat in seats[3] for row in trainer.at_gate(seat)),
        *(row for seat in seats[4] for row in trainer.begun(seat.person["id"])),
        *(row for pk in others for row in trainer.begun(pk)),
    ]
    copy_rows(TrainingRecord, rows)


def train_council(stage: Stage, programme: Programme, people: list[Row]) -> None:
    """Most members have had the training; few have accepted the policy on phones yet."""
    courses = make_courses(stage.organisation, (INFORMATION, PHONES))
    programme.required_courses.set(courses.values())
    trainer = _Trainer(stage, courses)
    rows = [row for person in people for row in trainer.begun(person["id"], often=INFORMATION)]
    copy_rows(TrainingRecord, rows)


class _Trainer:
    def __init__(self, stage: Stage, courses: dict[str, Course]) -> None:
        self.organisation_id = stage.organisation.pk
        self.today = stage.today
        self.courses = courses
        self.chance: random.Random = chance_of(f"training {stage.organisation.code}")

    def trained(self, pk: int) -> Iterator[Row]:
        """All that there is, within the last ten months."""
        for code in self.courses:
            yield self._record(pk, code, self._ago(300))

    def begun(self, pk: int, often: str = "") -> Iterator[Row]:
        """Each course with some luck, and now and then too long ago."""
        for code in self.courses:
            if self.chance.random() < (0.8 if code == often else 0.45):
                yield self._record(pk, code, self._ago(400))

    def at_gate(self, seat: Seat) -> Iterator[Row]:
        """Most have all that is asked for."""
        pk = seat.person["id"]
        stands = self.chance.choices(list(STANDS), list(STANDS.values()))[0]
        done = {code: self._ago(240) for code in self.courses}
        if stands == "not_briefed":
            del done[OUTSIDE]
        if stands == "lapsed":
            done[INFORMATION] = self.today - dt.timedelta(days=370 + self.chance.randrange(60))
        if stands == "lapses":
            done[INFORMATION] = months_after(seat.planned_on - dt.timedelta(days=3), -12)
        if stands == "booked":
            done[OUTSIDE] = seat.planned_on + dt.timedelta(days=7)
        for code, day in done.items():
            yield self._record(pk, code, day)

    def _ago(self, most: int) -> dt.date:
        return self.today - dt.timedelta(days=self.chance.randrange(5, most))

    def _record(self, pk: int, code: str, day: dt.date) -> Row:
        course = self.courses[code]
        return {
            "organisation_id": self.organisation_id,
            "staff_member_id": pk,
            "course_id": course.pk,
            "completed_on": day,
            "valid_until": course.valid_until(day),
            "provider": "" if course.kind == CourseKind.POLICY else PROVIDER,
            "source": RecordSource.IMPORT.value,
        }
