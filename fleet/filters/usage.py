"""Narrowing usage: by line and month, by person or device in a month, and forecasts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.forms import HiddenInput

from fleet.filters.parts import FindFilter, NumberSearchFilter, Rule, RuleFilter, choice_of
from fleet.models import CarrierMapping, Device, Line, Site, StaffMember, Tariff, UsageForecast, UsageRecord
from fleet.services.usage.summing import months_of
from fleet.vocabulary import BillShape, ForecastMethod, UsageOrigin
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by

ALLOWED: dict[str, tuple[str, Rule]] = {
    "above": ("Above the allowance", lambda rows: rows.filter(share__gt=100)),
    "within": ("Within it", lambda rows: rows.filter(share__lte=100)),
    "none": ("No allowance known", lambda rows: rows.filter(allowance__isnull=True)),
}


def month_words(month: dt.date) -> str:
    return f"{month:%B %Y}"


class WithMonth(ListFilterSet):
    """Offers the months of which there is usage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = getattr(self.request, "user", None)
        months = months_of(user) if user is not None and user.is_authenticated else []
        month = self.filters["month"]
        month.extra["choices"] = [(one.isoformat(), month_words(one)) for one in months]
        # A filter keeps the field that it made first; describing the class makes one without months.
        vars(month).pop("_field", None)


class UsageFilter(WithMonth):
    q = NumberSearchFilter(
        "line__msisdn__contains",
        "line__holder__name__icontains",
        "line__holder__staff_number__iexact",
        "line__carrier__icontains",
        label="Number, holder or carrier",
    )
    month = django_filters.ChoiceFilter(label="Month", choices=[], empty_label="All")
    origin = ChoicesFilter(choices=UsageOrigin.choices, label="Whose figures")
    allowed = RuleFilter(label="Data allowance", rules=ALLOWED)
    tariff = choice_of(Tariff, label="Tariff", field_name="line__tariff")
    line = choice_of(Line, label="Line", widget=HiddenInput)
    holder = choice_of(StaffMember, label="Holder", field_name="line__holder", widget=HiddenInput)
    device = choice_of(
        Device, label="Device", field_name="line__sim__device", method="in_device", widget=HiddenInput
    )

    sorts = {
        **by("month", "period_start", "period_end", "origin", "data_bytes", "voice_seconds", "calls_made"),
        **by("calls_received", "texts", "charge_pence", "share", "allowance"),
        "line": ("line__msisdn",),
        "holder": ("line__holder__name",),
    }

    def in_device(self, rows: QuerySet[Any], _name: str, device: Device) -> QuerySet[Any]:
        return rows.filter(device_pk=device.pk)

    class Meta:
        model = UsageRecord
        fields: list[str] = []


MAPPING_STATES: dict[str, tuple[str, Rule]] = {
    "used": ("In use", lambda rows: rows.filter(retired_at=None)),
    "retired": ("Retired", lambda rows: rows.exclude(retired_at=None)),
}


class MappingFilter(ListFilterSet):
    q = SearchFilter("carrier__icontains", "signature__icontains", label="Carrier or column")
    state = RuleFilter(label="State", rules=MAPPING_STATES)
    shape = ChoicesFilter(choices=BillShape.choices, label="A row is")

    sorts = by("carrier", "shape", "changed_at")

    class Meta:
        model = CarrierMapping
        fields: list[str] = []


SUMMED = by("lines_used", "data", "seconds", "texts_sent", "charge", "allowance", "share")


class _InMonth(WithMonth):
    """The rows have the sums of a month already: which one, the page reads from the address."""

    month = django_filters.ChoiceFilter(
        label="Month", choices=[], empty_label="The newest that has any", method="as_it_is"
    )
    origin = django_filters.ChoiceFilter(
        label="Whose figures", choices=UsageOrigin.choices, empty_label="Carrier’s", method="as_it_is"
    )
    allowed = RuleFilter(label="Data allowance", rules=ALLOWED)

    def as_it_is(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows


class PersonUsageFilter(_InMonth):
    q = FindFilter(label="Search people")
    site = choice_of(Site, label="Site")

    sorts = {**SUMMED, **by("name", "staff_number"), "site": ("site__name",)}

    class Meta:
        model = StaffMember
        fields: list[str] = []


class DeviceUsageFilter(_InMonth):
    q = FindFilter(label="Search devices")
    site = choice_of(Site, label="Site")

    sorts = {**SUMMED, **by("asset_tag", "serial"), "holder": ("holder__name",)}

    class Meta:
        model = Device
        fields: list[str] = []


def _newest(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the last day on which their organisation's were made."""
    days = UsageForecast.objects.filter(organisation=OuterRef("organisation")).order_by()
    last = days.values("organisation").annotate(last=Max("made_on")).values("last")
    return rows.filter(made_on=Subquery(last))


MADE: dict[str, tuple[str, Rule]] = {
    "newest": ("The newest", _newest),
    "over": ("Of months that are over", lambda rows: rows.filter(actual_bytes__isnull=False)),
}
EXPECTED: dict[str, tuple[str, Rule]] = {
    "above": (
        "Will pass the allowance",
        lambda rows: rows.filter(expected_bytes__gt=F("allowance_bytes")),
    ),
    "within": ("Will not", lambda rows: rows.filter(expected_bytes__lte=F("allowance_bytes"))),
}


class ForecastFilter(ListFilterSet):
    q = NumberSearchFilter(
        "line__msisdn__contains", "line__holder__name__icontains", label="Number or holder"
    )
    expected = RuleFilter(label="Expected", rules=EXPECTED)
    made = RuleFilter(label="Made", rules=MADE)
    method = ChoicesFilter(choices=ForecastMethod.choices, label="Method")
    tariff = choice_of(Tariff, label="Tariff", field_name="line__tariff")

    sorts = {
        **by("made_on", "period_start", "period_end", "used_bytes", "expected_bytes", "allowance_bytes"),
        **by("share", "actual_bytes", "n"),
        "line": ("line__msisdn",),
        "holder": ("line__holder__name",),
    }

    class Meta:
        model = UsageForecast
        fields: list[str] = []
