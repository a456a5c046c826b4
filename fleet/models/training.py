"""What people were trained and briefed in, which policies they accepted, and until when that holds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import in_order, one_of
from fleet.models.organisations import Organisation
from fleet.models.people import StaffMember
from fleet.months import months_after
from fleet.vocabulary import CourseKind, RecordSource, TrainingState

if TYPE_CHECKING:
    from fleet.models.accounts import User

EXPIRING = dt.timedelta(days=60)


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: User) -> CourseQuerySet:
        return self.filter(user.access.scope("training.view", sites=()))


@tracked()
class Course(models.Model):
    """A training, a briefing or a policy that people accept; `validity_months` empty: it never runs out."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="courses")
    kind = models.CharField(max_length=10, choices=CourseKind, default=CourseKind.TRAINING)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    validity_months = models.PositiveSmallIntegerField(
        "valid for (months)", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    is_for_everybody = models.BooleanField("everybody needs it", default=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="course_code"),
            one_of("kind", CourseKind, name="course_kind"),
            models.CheckConstraint(
                condition=Q(validity_months__isnull=True) | Q(validity_months__gte=1), name="course_validity"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def valid_until(self, completed_on: dt.date) -> dt.date | None:
        """The last day on which what was done then still counts; None: it never runs out."""
        return months_after(completed_on, self.validity_months) if self.validity_months else None


class TrainingRecordQuerySet(models.QuerySet["TrainingRecord"]):
    def visible_to(self, user: User) -> TrainingRecordQuerySet:
        """Those of people whose training a role shows, and always one's own."""
        own = Q(staff_member__in=user.own_staff_beyond("training.view"))
        return self.filter(user.access.scope("training.view", sites=("staff_member__site",)) | own)

    def search(self, text: str) -> TrainingRecordQuerySet:
        """Records of the people whom `text` finds, and those whose reference or provider begins with it."""
        people = StaffMember.objects.search(text).order_by()
        return self.filter(
            Q(staff_member__in=people.values("pk"))
            | Q(reference__istartswith=text.strip())
            | Q(provider__istartswith=text.strip())
        )

    def holding(self, on: dt.date) -> TrainingRecordQuerySet:
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), completed_on__lte=on)

    def with_state(self) -> TrainingRecordQuerySet:
        """Adds `state`, of today; a record is replaced where a later one of its person holds as long."""
        today = timezone.localdate()
        as_long = Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("valid_until"))
        later = TrainingRecord.objects.filter(
            as_long,
            staff_member=OuterRef("staff_member"),
            course=OuterRef("course"),
            completed_on__gt=OuterRef("completed_on"),
            completed_on__lte=today,
        )
        return self.annotate(
            state=Case(
                When(completed_on__gt=today, then=Value(TrainingState.BOOKED)),
                When(Exists(later), then=Value(TrainingState.REPLACED)),
                When(valid_until__lt=today, then=Value(TrainingState.EXPIRED)),
                When(valid_until__lt=today + EXPIRING, then=Value(TrainingState.EXPIRING)),
                default=Value(TrainingState.VALID),
                output_field=models.CharField(),
            )
        )


@tracked()
class TrainingRecord(models.Model):
    """Somebody did a course on a day. A day to come is a booking, which counts from that day on."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="training_records")
    staff_member = models.ForeignKey(
        StaffMember, verbose_name="person", on_delete=models.CASCADE, related_name="training_records"
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="records")
    completed_on = models.DateField("done on")
    valid_until = models.DateField("valid until", null=True, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=10, choices=RecordSource, default=RecordSource.PAGE, editable=False)

    objects = TrainingRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "training record"
        ordering = ["-completed_on", "-pk"]
        constraints = [
            # and what readiness reads of each person
            models.UniqueConstraint(fields=["staff_member", "course", "completed_on"], name="training_once"),
            one_of("source", RecordSource, name="training_source"),
            in_order("completed_on", "valid_until", name="training_valid"),
        ]
        indexes = [
            # the list of records, in its usual order
            models.Index(fields=["organisation", "-completed_on", "-id"], name="training_by_day"),
            # what runs out soon, or has
            models.Index(fields=["organisation", "valid_until"], name="training_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.staff_member}"

    @property
    def site_id(self) -> int | None:
        """Where the person works, which decides who may change the record."""
        return self.staff_member.site_id

    def get_state_display(self: Any) -> str:
        """In words, where `with_state` has added it."""
        return str(TrainingState(self.state).label)

    def save(self, *args: object, **kwargs: object) -> None:
        """Without a last day of its own, the record holds as long as the catalogue says."""
        if self.valid_until is None:
            self.valid_until = self.course.valid_until(self.completed_on)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
