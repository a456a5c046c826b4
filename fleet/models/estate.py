"""What devices in use were like, counted day by day, so that no page reads their history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fleet.models.constraints import one_of
from fleet.models.organisations import Organisation
from fleet.models.sites import Site
from fleet.vocabulary import Measure

if TYPE_CHECKING:
    from fleet.models.accounts import User


class MeasuredDay(models.Model):
    """A day of an organisation's measurements; without `measured_at` it was missed, and nothing is known."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    measured_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="measured_day_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.day}"


class DayCountQuerySet(models.QuerySet["DayCount"]):
    def visible_to(self, user: User) -> DayCountQuerySet:
        return self.filter(user.access.scope("devices.view"))


class DayCount(models.Model):
    """How many devices in use at a site were alike in one measure, at one day's measurement.

    `group`: the platform, product, model or band. `version` and its key are of OS and products alone; an
    empty version is one that nobody reported. Each measure counts every device once, products aside.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    measure = models.CharField(max_length=12, choices=Measure)
    group = models.CharField(max_length=320)
    version = models.CharField(max_length=100, blank=True)
    version_key = ArrayField(models.BigIntegerField(), default=list, blank=True)
    site = models.ForeignKey(Site, null=True, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField()

    objects = DayCountQuerySet.as_manager()

    class Meta:
        constraints = [
            # begins as the page asks: one measure and group over days
            models.UniqueConstraint(
                fields=["organisation", "measure", "group", "day", "site", "version"],
                nulls_distinct=False,
                name="day_count_once",
            ),
            one_of("measure", Measure, name="day_count_measure"),
        ]
        indexes = [
            # a day is measured again, and its rows replaced
            models.Index(fields=["organisation", "day"], name="day_count_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.group} {self.version}: {self.count}"
