"""Narrowing the list of devices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from fleet.filters.parts import FindFilter, KnownFilter, Rule, RuleFilter, choice_of
from fleet.mdm import normalise
from fleet.models import Device, DeviceModel, DeviceProduct, MdmSource, Organisation, Site, SourceRecord
from fleet.models.devices import DeviceQuerySet
from fleet.services.estate.bands import age_band, born, seen_band
from fleet.vocabulary import AgeBand, Compliance, Enrolment, LifeCycle, Platform, SeenBand
from fleet.web.filters import ChoicesFilter, ListFilterSet, YesNoFilter
from fleet.web.keyset import by


def _ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


SEEN: dict[str, tuple[str, Rule]] = {
    "within-7": ("Within 7 days", lambda devices: devices.seen_since(_ago(7))),
    "not-7": ("Not for 7 days", lambda devices: devices.silent_since(_ago(7))),
    "not-30": ("Not for 30 days", lambda devices: devices.silent_since(_ago(30))),
    "not-90": ("Not for 90 days", lambda devices: devices.silent_since(_ago(90))),
    "never": ("Never", lambda devices: devices.filter(heartbeat__last_seen_at__isnull=True)),
}


def _aged(band: str) -> Rule:
    return lambda devices: devices.alias(born=born()).alias(age=age_band()).filter(age=band)


def _last_seen(band: str) -> Rule:
    return lambda devices: devices.alias(last_seen=seen_band()).filter(last_seen=band)


AGE: dict[str, tuple[str, Rule]] = {band.value: (str(band.label), _aged(band)) for band in AgeBand}
LAST_SEEN: dict[str, tuple[str, Rule]] = {
    band.value: (str(band.label), _last_seen(band)) for band in SeenBand
}
OS_KNOWN: dict[str, tuple[str, Rule]] = {
    "true": ("Yes", lambda devices: devices.exclude(os_version="")),
    "false": ("No", lambda devices: devices.filter(os_version="")),
}


class ProductFilter(django_filters.CharFilter):
    """One condition on followed software; those given hold for one and the same product of a device."""

    def filter(self, qs: DeviceQuerySet, value: str | None) -> QuerySet[Any]:
        return qs


class VersionFromFilter(django_filters.CharFilter):
    def filter(self, qs: DeviceQuerySet, value: str | None) -> QuerySet[Any]:
        return qs.os_from(value) if value else qs


class VersionBelowFilter(django_filters.CharFilter):
    def filter(self, qs: DeviceQuerySet, value: str | None) -> QuerySet[Any]:
        return qs.os_below(value) if value else qs


class DeviceFilter(ListFilterSet):
    synonyms = {"status": "life_cycle"}

    q = FindFilter(
        label="Search",
        help_text="How an asset tag, serial or IMEI begins, or words of the holder, site, model or OS.",
    )
    life_cycle = ChoicesFilter(choices=LifeCycle.choices, label="Life cycle")
    site = choice_of(Site, label="Site")
    model = choice_of(DeviceModel, label="Model")
    platform = ChoicesFilter(choices=Platform.choices, label="Platform")
    os_below = VersionBelowFilter(label="OS version below")
    os_from = VersionFromFilter(label="OS version at or above")
    os_version = django_filters.CharFilter("os_version", label="OS version exactly")
    os_known = RuleFilter(label="OS version known", rules=OS_KNOWN)
    product = ProductFilter("product__iexact", label="Has the software")
    product_from = ProductFilter("version_key__gte", label="Version of it at or above")
    product_below = ProductFilter("version_key__lt", label="Version of it below")
    product_version = ProductFilter("version", label="Version of it exactly")
    product_known = ProductFilter("known", label="Version of it known (true, false)")
    enrolment = ChoicesFilter(choices=Enrolment.choices, label="Enrolment")
    compliance = ChoicesFilter(choices=Compliance.choices, label="Compliance")
    encrypted = KnownFilter("encrypted", label="Encrypted")
    seen = RuleFilter(label="Last seen", rules=SEEN)
    seen_band = RuleFilter(label="Last seen, as counted over time", rules=LAST_SEEN)
    age = RuleFilter(label="Age", rules=AGE)
    organisation = choice_of(Organisation, label="Organisation", by="code")
    missing_from = choice_of(
        MdmSource,
        by="slug",
        label="Missing from what MDM source has",
        field_name="source_records__mdm_source",
        method="that_are_missing",
    )
    has_holder = YesNoFilter("holder", lookup_expr="isnull", exclude=True, label="Holder known")

    sorts = {
        **by(
            "asset_tag",
            "serial",
            "hw_id",
            "imei",
            "imei2",
            "life_cycle",
            "platform",
            "compliance",
            "encrypted",
        ),
        **by("purchased_on", "warranty_until"),
        "model": ("model__manufacturer", "model__name"),
        "os_version": ("platform", "os_key"),
        "site": ("site__name",),
        "holder": ("holder__name",),
        "enrolment": ("enrolment", "compliance"),
        "seen": ("heartbeat__last_seen_at",),
    }

    class Meta:
        model = Device
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        given = {
            one.field_name: asked[name]
            for name, one in self.filters.items()
            if isinstance(one, ProductFilter) and asked.get(name)
        }
        return rows.filter(pk__in=DeviceProduct.objects.which(given).values("device")) if given else rows

    def that_are_missing(self, rows: QuerySet[Device], _name: str, source: MdmSource) -> QuerySet[Device]:
        """Devices that the last complete sync of the source did not name."""
        return rows.filter(pk__in=SourceRecord.objects.missing().filter(mdm_source=source).values("device"))


class IdentifierFilter(django_filters.CharFilter):
    """Exactly this identifier, however it is spelt."""

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        spell = getattr(normalise, self.field_name, str.strip)
        return qs.filter(**{self.field_name: spell(value) or None}) if value else qs


class DeviceApiFilter(DeviceFilter):
    """Machines ask for one device by an identifier, too."""

    serial = IdentifierFilter("serial", label="Serial")
    hw_id = IdentifierFilter("hw_id", label="Hardware id")
    imei = IdentifierFilter("imei", label="IMEI")
    asset_tag = IdentifierFilter("asset_tag", label="Asset tag")
    holder = django_filters.CharFilter("holder__staff_number", label="Holder's staff number")
