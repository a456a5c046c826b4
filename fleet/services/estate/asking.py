"""What somebody asks of the fleet over time, and the answer that page, CSV and API give alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from fleet.models import DayCount, Device, MeasuredDay, Organisation, Site, User
from fleet.models.devices import DeviceQuerySet
from fleet.models.estate import DayCountQuerySet
from fleet.services.estate.forecasting import Forecast, forecast
from fleet.services.estate.shares import Share, share_today, shares, versioned
from fleet.versions import version_key
from fleet.vocabulary import Measure, Platform

BACK = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose devices: of an organisation, at one site, or at all that the person may see."""

    user: User
    organisation: Organisation
    site: Site | None = None

    @property
    def devices(self) -> DeviceQuerySet:
        rows = Device.objects.filter(self.user.access.scope("devices.view"), organisation=self.organisation)
        return rows.filter(site=self.site) if self.site else rows

    @property
    def counts(self) -> DayCountQuerySet:
        since = timezone.localdate() - BACK
        rows = DayCount.objects.visible_to(self.user).filter(organisation=self.organisation, day__gte=since)
        return rows.filter(site=self.site) if self.site else rows

    @property
    def is_listed_alike(self) -> bool:
        """Whether the device list narrowed to this place shows the same devices: at some sites alone it also
        shows those of holders there."""
        is_whole = self.organisation.pk in self.user.access.whole_organisation_ids("devices.view")
        return bool(self.site) or is_whole

    def last_day(self) -> dt.date | None:
        days = MeasuredDay.objects.filter(organisation=self.organisation, measured_at__isnull=False)
        return days.order_by("-day").values_list("day", flat=True).first()

    def measured_at(self) -> dt.datetime | None:
        days = MeasuredDay.objects.filter(organisation=self.organisation, measured_at__isnull=False)
        last = days.order_by("-day").first()
        return last.measured_at if last else None


@dataclass(frozen=True, slots=True)
class VersionCount:
    version: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`history` ends with the last measurement; `today` and `versions` are counted now."""

    version: str
    target_percent: int
    history: list[Share]
    today: Share
    versions: list[VersionCount]
    forecast: Forecast

    @property
    def n(self) -> int:
        return self.today.n


def answer(place: Place, *, measure: Measure, group: str, version: str, target_percent: int) -> Answer:
    """Which share of the devices in use that have a platform or product runs `version` or later; where it is
    empty, the newest that one in a hundred runs. Three queries."""
    versions = _versions(place, measure, group)
    version = version or _newest(versions)
    history = shares(place.counts, measure=measure, group=group, version=version)
    return Answer(
        version=version,
        target_percent=target_percent,
        history=history,
        today=share_today(
            place.devices, measure=measure, group=group, version=version, day=timezone.localdate()
        ),
        versions=versions,
        forecast=forecast(history, target_percent=target_percent),
    )


def platforms(place: Place) -> list[str]:
    """Those of devices in use here, the most frequent first."""
    rows = place.devices.in_use().order_by().values("platform").annotate(n=Count("pk"))
    found = [row["platform"] for row in rows.order_by("-n")]
    return [one for one in found if one != Platform.UNKNOWN]


def products(place: Place) -> list[str]:
    """Those that the last count found on devices in use here, by name; two queries."""
    last = place.last_day()
    if last is None:
        return []
    counts = place.counts.filter(measure=Measure.PRODUCT)
    return sorted(counts.filter(day=last).order_by().values_list("group", flat=True).distinct())


def _versions(place: Place, measure: Measure, group: str) -> list[VersionCount]:
    """The newest first, the unknown last."""
    rows, name = versioned(place.devices, measure=measure, group=group)
    found = [VersionCount(row[name], row["n"]) for row in rows.values(name).annotate(n=Count("pk"))]
    return sorted(found, key=lambda one: (bool(one.version), version_key(one.version)), reverse=True)


def _newest(versions: list[VersionCount]) -> str:
    known = [one for one in versions if one.version]
    least = sum(one.count for one in known) / 100
    return next((one.version for one in known if one.count >= least), "")
