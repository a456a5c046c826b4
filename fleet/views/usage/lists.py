"""Usage against allowances: by line and month, by person, by device; and what is expected of this month."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from fleet.filters.usage import DeviceUsageFilter, ForecastFilter, PersonUsageFilter, UsageFilter, month_words
from fleet.models import Device, StaffMember, UsageForecast, UsageRecord
from fleet.services.usage.summing import (
    DEVICES,
    PEOPLE,
    Grouping,
    asked_month,
    asked_origin,
    by_line,
    summed,
)
from fleet.vocabulary import UsageOrigin
from fleet.web import text
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, extra, follow, to

# A figure and its unit stay on one line.
BLANK = "\u00a0"


def _size(key: str) -> Any:
    def value(row: Any) -> str:
        found = follow(row, key)
        return "" if found is None else text.size(found).replace(" ", BLANK)

    return value


def _pounds(key: str) -> Any:
    def value(row: Any) -> str:
        found = follow(row, key)
        return "" if found is None else text.pounds(found)

    return value


def minutes(seconds: int | None) -> str:
    """2 h 5 min, 59 min: as begun minutes, as a list has room for."""
    return "" if seconds is None else text.duration(-(-seconds // 60) * 60).replace(" ", BLANK)


def _month(row: Any) -> str:
    return f"{row.month:%b}{BLANK}{row.month:%Y}"


def share_of(row: Any) -> str:
    """Of the allowance: 154% of 1.0 GB."""
    allowance = getattr(row, "allowance", None) or getattr(row, "allowance_bytes", None)
    if row.share is None or allowance is None:
        return ""
    return f"{text.number(row.share)}% of {text.size(allowance)}".replace(" ", BLANK)


def sizes(key: str, title: str, **more: Any) -> Column:
    return Column(key=key, title=title, value=_size(key), csv=key, is_numeric=True, empty="Not known", **more)


SHARE = Column(
    key="share", title="Of allowance", value=share_of, csv="share", is_numeric=True, empty="No allowance"
)
ALLOWED = Column(
    key="allowance",
    title="Allowance",
    value=_size("allowance"),
    csv="allowance",
    is_numeric=True,
    is_extra=True,
    empty="Not known",
)
HOLDER = Column(
    key="holder",
    title="Holder",
    value="line.holder.name",
    csv="line__holder__staff_number",
    link=to("fleet:person-detail", "line.holder_id"),
    empty="Nobody",
)
LINE = Column(
    key="line", title="Line", value="line", csv="line__msisdn", link=to("fleet:line-detail", "line_id")
)


class UsageList(ListPage):
    model = UsageRecord
    seen = "lines"
    filterset_class = UsageFilter
    heading = "Usage by line and month"
    nouns = ("month of a line", "months of lines")
    key = "usage"
    default_sort = "-month"
    permissions = ("lines.view",)
    template_name = "fleet/usage_list.html"
    empty_text = "Import a carrier’s bill, or let a system push usage; then it stands here by line and month."
    columns = (
        LINE,
        Column(key="month", title="Month", value=_month, csv="month"),
        HOLDER,
        Column(
            key="device",
            title="Device",
            value="device_name",
            link=to("fleet:device-detail", "device_pk"),
            empty="Not known",
        ),
        sizes("data_bytes", "Data"),
        ALLOWED,
        SHARE,
        Column(
            key="voice_seconds",
            title="Calls",
            value=lambda row: minutes(row.voice_seconds),
            csv="voice_seconds",
            is_numeric=True,
            empty="Not known",
        ),
        Column(key="texts", title="Texts", is_numeric=True, empty="Not known"),
        Column(
            key="charge_pence",
            title="Charge",
            value=_pounds("charge_pence"),
            csv="charge_pence",
            is_numeric=True,
            empty="Not known",
        ),
        Column(key="origin", title="Whose figures"),
        *extra(UsageRecord, "period_start", "period_end", "through_on", "calls_made", "calls_received"),
        *extra(UsageRecord, "data_out_bytes", "voice_out_seconds", "texts_out", "is_vat_included"),
        Column(key="batch", title="File", value="batch.name", is_extra=True),
        Column(key="rows", title="Rows of the file", is_extra=True),
        Column(key="digest", title="digest", csv="batch__digest", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[UsageRecord]:
        return by_line(signed_in(self.request))


class _OfMonth(ListPage):
    """Sums of one month: the newest that has any, unless the address says which."""

    permissions = ("lines.view",)
    template_name = "fleet/usage_list.html"
    default_sort = "-data"
    grouping: ClassVar[Grouping]

    @cached_property
    def month(self) -> dt.date:
        asked = self.request.GET.get("month", "")
        return asked_month(signed_in(self.request), asked, self.grouping, self.origin)

    @property
    def origin(self) -> str:
        return asked_origin(self.request.GET.get("origin", ""))

    def get_queryset(self) -> QuerySet[Any]:
        return summed(signed_in(self.request), self.grouping, month=self.month, origin=self.origin)

    def get_context_data(self) -> dict[str, Any]:
        is_any = self.month > dt.date.min
        return super().get_context_data() | {
            "is_empty": not is_any and self.is_valid,
            "month_words": month_words(self.month) if is_any else "",
            "whose": UsageOrigin(self.origin).label.lower(),
        }


def _sums(parameter: str) -> tuple[Column, ...]:
    """What the lines of a person or device came to; each figure leads to the months that it adds up."""

    def link(row: Any) -> str:
        of = {parameter: row.pk, "month": row.in_month.isoformat(), "origin": row.by_origin}
        return f"{reverse('fleet:usage-list')}?{urlencode(of)}"

    shown = (
        Column(key="lines_used", title="Lines", is_numeric=True),
        sizes("data", "Data"),
        ALLOWED,
        SHARE,
        Column(
            key="seconds",
            title="Calls",
            value=lambda row: minutes(row.seconds),
            csv="seconds",
            is_numeric=True,
            empty="Not known",
        ),
        Column(key="texts_sent", title="Texts", is_numeric=True, empty="Not known"),
        Column(
            key="charge",
            title="Charge",
            value=_pounds("charge"),
            csv="charge",
            is_numeric=True,
            empty="Not known",
        ),
    )
    return tuple(replace(column, link=link) for column in shown)


class PersonUsageList(_OfMonth):
    model = StaffMember
    seen = "people"
    filterset_class = PersonUsageFilter
    heading = "Usage by person"
    nouns = ("person with usage", "people with usage")
    empty_text = "No line that was used had a holder. Import a carrier’s bill, and say whose each line is."
    grouping = PEOPLE
    columns = (
        Column(key="name", title="Name", link=to("fleet:person-detail")),
        Column(key="staff_number", title="Staff number"),
        Column(key="site", title="Site", value="site.name", csv="site__code", empty="Not known"),
        *_sums("holder"),
    )


class DeviceUsageList(_OfMonth):
    model = Device
    seen = "devices"
    filterset_class = DeviceUsageFilter
    heading = "Usage by device"
    nouns = ("device with usage", "devices with usage")
    empty_text = "No line that was used had its SIM in a device. Import a bill, and put each line on its SIM."
    grouping = DEVICES
    columns = (
        Column(key="asset_tag", title="Device", value=str, csv="asset_tag", link=to("fleet:device-detail")),
        Column(
            key="holder", title="Holder now", value="holder.name", csv="holder__staff_number", empty="Nobody"
        ),
        Column(key="serial", title="Serial", is_extra=True, empty="Not known"),
        *_sums("device"),
    )


class ForecastList(ListPage):
    model = UsageForecast
    seen = "lines"
    filterset_class = ForecastFilter
    heading = "What this month will come to"
    nouns = ("forecast", "forecasts")
    key = "usage-forecasts"
    default_sort = "-share"
    permissions = ("lines.view",)
    template_name = "fleet/usage_forecast.html"
    empty_text = "Forecasts are made every morning for lines with a tariff that has a data allowance."
    columns = (
        LINE,
        HOLDER,
        Column(key="made_on", title="Made on"),
        Column(key="period_end", title="Billing month ends"),
        sizes("used_bytes", "Used so far"),
        sizes("expected_bytes", "Expected"),
        sizes("allowance_bytes", "Allowance", is_extra=True),
        SHARE,
        Column(key="method", title="Method"),
        Column(key="n", title="n", is_numeric=True),
        Column(
            key="actual_bytes",
            title="Came to",
            value=_size("actual_bytes"),
            csv="actual_bytes",
            is_numeric=True,
            empty="Not known yet",
        ),
        *extra(UsageForecast, "period_start"),
    )

    def get_queryset(self) -> QuerySet[UsageForecast]:
        rows = UsageForecast.objects.visible_to(signed_in(self.request))
        return rows.select_related("line__holder", "line__sim")
