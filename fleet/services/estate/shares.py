"""Which share of the devices in use runs a version or a later one: today, on a past day, and day by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable

from fleet.models.devices import DeviceQuerySet
from fleet.models.estate import DayCountQuerySet
from fleet.models.software import DeviceProduct
from fleet.versions import version_key
from fleet.vocabulary import Measure


@dataclass(frozen=True, slots=True)
class Share:
    """Numbers of devices in use on a day: at or above a version, below it, and of no known version."""

    day: dt.date
    reached: int
    below: int
    unknown: int

    @property
    def n(self) -> int:
        """Of how many the version is known: what the share is of."""
        return self.reached + self.below

    @property
    def percent(self) -> float | None:
        """0 to 100; None where no version is known."""
        return 100 * self.reached / self.n if self.n else None


def share_today(devices: DeviceQuerySet, *, measure: str, group: str, version: str, day: dt.date) -> Share:
    """The share of `devices` in use whose OS or product is `version` or later; one query.

    `devices` says whose: `Device.objects.filter(organisation=…)`, at some sites where wanted. `group` is a
    platform for `Measure.OS` and a product's name for `Measure.PRODUCT`, which is as the last count found it.
    `day` is what the answer calls today.
    """
    rows, name = versioned(devices, measure=measure, group=group)
    key, known = _key(version), ~Q(**{name: ""})
    column = KEYS[name]
    found = rows.aggregate(
        reached=Count("pk", filter=known & Q(**{f"{column}__gte": key})),
        below=Count("pk", filter=known & Q(**{f"{column}__lt": key})),
        unknown=Count("pk", filter=~known),
    )
    return Share(day, **found)


# The sort key of each version.
KEYS = {"os_version": "os_key", "version": "version_key"}


def versioned(devices: DeviceQuerySet, *, measure: str, group: str) -> tuple[QuerySet[Any], str]:
    """The rows that have a version, one a device in use, and the field that it is in."""
    in_use = devices.in_use().order_by()
    if Measure(measure) == Measure.PRODUCT:
        return DeviceProduct.objects.order_by().filter(device__in=in_use, product=group), "version"
    return in_use.filter(platform=group), "os_version"


def share_on(
    counts: DayCountQuerySet, *, measure: str, group: str, version: str, day: dt.date
) -> Share | None:
    """As the measurement of a past day found it; None where that day was not measured or had none of these.

    `counts` says whose: `DayCount.objects.filter(organisation=…)`. `group` is a platform for `Measure.OS`
    and a product's name for `Measure.PRODUCT`.
    """
    found = shares(counts.filter(day=day), measure=measure, group=group, version=version)
    return found[0] if found else None


def shares(counts: DayCountQuerySet, *, measure: str, group: str, version: str) -> list[Share]:
    """One for each day that was measured, oldest first; one query."""
    key, known = _key(version), ~Q(version="")
    rows = (
        counts.filter(measure=Measure(measure), group=group)
        .order_by("day")
        .values("day")
        .annotate(
            reached=Sum("count", filter=known & Q(version_key__gte=key), default=0),
            below=Sum("count", filter=known & Q(version_key__lt=key), default=0),
            unknown=Sum("count", filter=~known, default=0),
        )
    )
    return [Share(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class GroupCount:
    day: dt.date
    group: str
    count: int


def groups_by_day(counts: DayCountQuerySet, *, measure: str) -> list[GroupCount]:
    """How many devices were in each group on each measured day, oldest first; one query."""
    rows = counts.filter(measure=Measure(measure)).order_by("day", "group").values("day", "group")
    return [GroupCount(**row) for row in rows.annotate(count=Sum(F("count")))]


def _key(version: str) -> Combinable:
    return Value(version_key(version), output_field=ArrayField(BigIntegerField()))
