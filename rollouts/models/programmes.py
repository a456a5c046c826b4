"""A programme: one rollout with a goal, who is entitled to what, and what its readiness asks for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import OuterRef

from fleet.history import tracked
from fleet.models import Classification, Course, DeviceModel, Organisation
from fleet.models.constraints import in_order, one_of
from fleet.models.counts import count_of
from fleet.versions import version_key
from fleet.vocabulary import Platform, WorkStyle

if TYPE_CHECKING:
    from fleet.models import User


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> ProgrammeQuerySet:
        return self.filter(user.access.scope("rollouts.view", sites=()))

    def with_tranche_count(self) -> ProgrammeQuerySet:
        """Adds `tranche_count`."""
        tranches = apps.get_model("rollouts", "Tranche")._default_manager.all()
        return self.annotate(tranche_count=count_of(tranches, programme=OuterRef("pk")))


@tracked()
class Programme(models.Model):
    """One rollout. The thresholds are what its readiness checks compare with."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="programmes")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    goal = models.CharField(max_length=500, blank=True)
    goal_quantity = models.PositiveIntegerField("devices to hand out", validators=[MinValueValidator(1)])
    starts_on = models.DateField("starts")
    ends_on = models.DateField("ends")
    classification = models.ForeignKey(
        Classification,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
        help_text="For people whose own classification is not known.",
    )
    double_touch_weeks = models.PositiveSmallIntegerField("double touch within (weeks)", default=8)
    seen_within_days = models.PositiveSmallIntegerField("seen within (days)", default=7)
    facts_stale_after_days = models.PositiveSmallIntegerField("MDM facts are stale after (days)", default=30)
    network_mbps_per_head = models.DecimalField(
        "network per head (Mbit/s)", max_digits=6, decimal_places=2, default=Decimal("0.50")
    )

    required_courses = models.ManyToManyField(
        Course,
        through="ProgrammeCourse",
        blank=True,
        related_name="programmes",
        verbose_name="training and briefings needed before the handover",
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="programme_code"),
            in_order("starts_on", "ends_on", name="programme_ends_after_start"),
            models.CheckConstraint(condition=models.Q(goal_quantity__gte=1), name="programme_goal_quantity"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_wholly_visible_to(self, user: User) -> bool:
        """Whether the person sees everybody in its tranches, and not only those at their sites."""
        return self.organisation_id in user.access.whole_organisation_ids("rollouts.view")


@tracked()
class ProgrammeCourse(models.Model):
    """A training, briefing or policy that a programme asks of everybody before the handover."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="course_asks")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "course"], name="programme_course_once")]

    def __str__(self) -> str:
        return str(self.course)


@tracked()
class PlatformMinimum(models.Model):
    """The oldest version of a platform that a programme hands out."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="minimums")
    platform = models.CharField(max_length=10, choices=Platform)
    version = models.CharField(max_length=50)
    version_key = ArrayField(models.BigIntegerField(), editable=False)

    class Meta:
        ordering = ["platform"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "platform"], name="platform_minimum_once"),
            one_of("platform", Platform, name="platform_minimum_platform"),
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.version}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.version_key = version_key(self.version)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


@tracked()
class Entitlement(models.Model):
    """Which user case gets which device. Empty lists match everybody; the lowest matching `priority` wins."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="entitlements")
    user_case = models.CharField(max_length=100)
    device_model = models.ForeignKey(DeviceModel, on_delete=models.PROTECT, related_name="entitlements")
    job_roles = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    work_styles = ArrayField(models.CharField(max_length=10, choices=WorkStyle), default=list, blank=True)
    priority = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["priority", "user_case"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "user_case"], name="entitlement_user_case"),
            models.UniqueConstraint(fields=["programme", "priority"], name="entitlement_priority"),
        ]

    def __str__(self) -> str:
        return f"{self.user_case}: {self.device_model}"


class Forecast(models.Model):
    """What was expected on a day, kept so that it can be scored later."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="forecasts")
    made_on = models.DateField()
    method = models.CharField(max_length=200)
    handed_over = models.PositiveIntegerField()
    per_week = models.DecimalField(max_digits=8, decimal_places=2)
    finish_on = models.DateField(null=True)
    finish_early_on = models.DateField(null=True)
    finish_late_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "made_on"], name="forecast_once_a_day")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.made_on}"
