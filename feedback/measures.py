"""What a commitment can be measured by. Feedback brings measures of facts and of its own threads; the apps
above register what only they know, so that feedback imports none of them.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.validators import RegexValidator
from django.urls import reverse
from django.utils.http import urlencode

from feedback.models import Thread, Topic
from feedback.services.taxonomy import topics_of
from feedback.vocabulary import UNSETTLED
from fleet.errors import Invalid
from fleet.models import DayCount, Device, DeviceProduct, MeasuredDay, Organisation, Site
from fleet.services.estate.shares import Share, share_on, share_today
from fleet.vocabulary import LifeCycle, Platform
from fleet.vocabulary import Measure as Counted

Parameters = Mapping[str, Any]


class Reading(NamedTuple):
    """`part` of `whole`, both counts."""

    part: int
    whole: int


class Measure(ABC):
    """One kind of figure: what it asks whoever promises, what it reads, and how it is said."""

    key: ClassVar[str]
    title: ClassVar[str]
    # Whether it can be read of one site alone.
    by_site: ClassVar[bool] = True
    # What one must hold to open the list at `url`.
    permission: ClassVar[str] = "devices.view"

    @abstractmethod
    def fields(self, organisation: Organisation) -> dict[str, forms.Field]:
        """What a form asks; each value becomes a parameter of this name, as text or number."""

    @abstractmethod
    def words(self, parameters: Parameters) -> str:
        """What is measured, in a phrase: “devices with Windows 10.0.22631 or later”."""

    @abstractmethod
    def read(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> Reading:
        """The figure now."""

    def read_on(
        self, organisation: Organisation, site: Site | None, parameters: Parameters, days: list[dt.date]
    ) -> dict[dt.date, Reading]:
        """The figure on past days, as far as anybody counted then."""
        return {}

    def url(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> str:
        """The list whose rows are `part`, where there is one."""
        return ""


_measures: dict[str, Measure] = {}


def register(*measures: Measure) -> None:
    """Offer measures; one that is registered again takes the place of itself."""
    _measures.update({one.key: one for one in measures})


def offered() -> list[Measure]:
    return list(_measures.values())


def measure_of(key: str) -> Measure:
    """Raises Invalid (field `measure`)."""
    try:
        return _measures[key]
    except KeyError as error:
        raise Invalid(f"Choose one of {', '.join(_measures)}", field="measure") from error


def _version_field() -> forms.Field:
    has_number = RegexValidator(r"\d", "Enter a version in numbers, such as 10.0.22631")
    said = "This one or a later one."
    return forms.CharField(label="Version", max_length=100, help_text=said, validators=[has_number])


class _Version(Measure):
    """The share of devices in use, of those whose version is known, that has a version or a later one."""

    counted: ClassVar[Counted]
    group: ClassVar[str]
    filters: ClassVar[tuple[str, str]]

    def words(self, parameters: Parameters) -> str:
        return f"devices in use with {self.named(parameters)} {parameters['version']} or later"

    def named(self, parameters: Parameters) -> str:
        return str(parameters[self.group])

    def read(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> Reading:
        devices = Device.objects.filter(organisation=organisation, **_at(site))
        return _reading(
            share_today(
                devices,
                measure=self.counted,
                group=parameters[self.group],
                version=parameters["version"],
                day=dt.date.min,
            )
        )

    def read_on(
        self, organisation: Organisation, site: Site | None, parameters: Parameters, days: list[dt.date]
    ) -> dict[dt.date, Reading]:
        counts = DayCount.objects.filter(organisation=organisation, **_at(site))
        known = MeasuredDay.objects.filter(organisation=organisation, measured_at__isnull=False, day__in=days)
        asked = {"measure": self.counted, "group": parameters[self.group], "version": parameters["version"]}
        found = {day: share_on(counts, day=day, **asked) for day in known.values_list("day", flat=True)}
        return {day: _reading(share) for day, share in found.items() if share and share.n}

    def url(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> str:
        group, version = self.filters
        return _devices_url(
            organisation, site, {group: parameters[self.group], version: parameters["version"]}
        )


def _devices_url(organisation: Organisation, site: Site | None, asked: Parameters) -> str:
    """Of the devices in use, which the list calls issued or on loan."""
    place = {"organisation": organisation.code, **({"site": site.pk} if site else {})}
    query = {"life_cycle": [LifeCycle.ISSUED.value, LifeCycle.ON_LOAN.value], **place, **asked}
    return f"{reverse('fleet:device-list')}?{urlencode(query, doseq=True)}"


def _at(site: Site | None) -> dict[str, Any]:
    return {"site": site} if site else {}


def _reading(share: Share) -> Reading:
    return Reading(share.reached, share.n)


class OsVersion(_Version):
    key = "os"
    title = "Share of devices with an operating system at or above a version"
    counted = Counted.OS
    group = "platform"
    filters = ("platform", "os_from")

    def fields(self, organisation: Organisation) -> dict[str, forms.Field]:
        choices = [one for one in Platform.choices if one[0] not in (Platform.OTHER, Platform.UNKNOWN)]
        return {
            "platform": forms.ChoiceField(label="Operating system", choices=choices),
            "version": _version_field(),
        }

    def named(self, parameters: Parameters) -> str:
        return str(Platform(parameters["platform"]).label)


class ProductVersion(_Version):
    key = "product"
    title = "Share of devices with a browser, or other followed software, at or above a version"
    counted = Counted.PRODUCT
    group = "product"
    filters = ("product", "product_from")

    def fields(self, organisation: Organisation) -> dict[str, forms.Field]:
        return {
            "product": forms.ChoiceField(label="Software", choices=_products(organisation)),
            "version": _version_field(),
        }


class Application(Measure):
    key = "application"
    title = "Share of devices that have a wanted application"

    def fields(self, organisation: Organisation) -> dict[str, forms.Field]:
        return {"product": forms.ChoiceField(label="Application", choices=_products(organisation))}

    def words(self, parameters: Parameters) -> str:
        return f"devices in use that have {parameters['product']}"

    def read(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> Reading:
        devices = Device.objects.filter(organisation=organisation, **_at(site)).in_use().order_by()
        have = DeviceProduct.objects.filter(device__in=devices, product=parameters["product"])
        return Reading(have.count(), devices.count())

    def url(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> str:
        return _devices_url(organisation, site, {"product": parameters["product"]})


def _products(organisation: Organisation) -> list[tuple[str, str]]:
    """Followed software that the last count found on a device of the organisation."""
    found = DeviceProduct.objects.filter(device__organisation=organisation).order_by("product")
    return [(name, name) for name in found.values_list("product", flat=True).distinct()]


class TopicSettled(Measure):
    key = "topic"
    title = "Share of threads on a topic that are settled"
    by_site = False
    permission = "feedback.view"

    def fields(self, organisation: Organisation) -> dict[str, forms.Field]:
        choices = [(str(topic.pk), topic.name) for topic in topics_of(organisation)]
        return {"topic": forms.ChoiceField(label="Topic", choices=choices)}

    def words(self, parameters: Parameters) -> str:
        topic = Topic.objects.filter(pk=parameters["topic"]).first()
        return f"threads on {topic or 'a topic that is gone'} that are done or declined"

    def read(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> Reading:
        threads = Thread.objects.standing().filter(organisation=organisation, topic=parameters["topic"])
        return Reading(threads.exclude(status__in=UNSETTLED).count(), threads.count())

    def url(self, organisation: Organisation, site: Site | None, parameters: Parameters) -> str:
        asked = [("topic", parameters["topic"]), ("status", "done"), ("status", "declined")]
        return f"{reverse('feedback:thread-list')}?{urlencode(asked)}"


SHIPPED = (OsVersion(), ProductVersion(), Application(), TopicSettled())
