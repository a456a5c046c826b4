"""The list of lines and the list of tariffs."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet

from fleet.filters.lines import LineFilter, TariffFilter
from fleet.models import Line, Tariff
from fleet.services.usage.unused import with_last_use
from fleet.views.facts import add_link
from fleet.views.lines.words import allowance_of, pence
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, extra, to


class LineList(ListPage):
    model = Line
    seen = "lines"
    filterset_class = LineFilter
    heading = "Lines"
    nouns = ("line", "lines")
    default_sort = "msisdn"
    permissions = ("lines.view",)
    template_name = "fleet/line_list.html"
    empty_text = (
        "Lines come from what MDM systems report of SIMs and from carriers’ bills. You can add one by hand."
    )
    columns = (
        Column(key="msisdn", title="Number", value=str, csv="msisdn", link=to("fleet:line-detail")),
        Column(key="carrier", title="Carrier", empty="Not known"),
        Column(
            key="holder",
            title="Holder",
            value="holder.name",
            csv="holder__staff_number",
            link=to("fleet:person-detail", "holder_id"),
            empty="Nobody",
        ),
        Column(
            key="device",
            title="Device",
            value="sim.device",
            csv="sim__device__asset_tag",
            link=to("fleet:device-detail", "sim.device_id"),
            empty="In none",
        ),
        Column(key="tariff", title="Tariff", value="tariff.name", csv="tariff__name", empty="Not known"),
        Column(key="last_used_on", title="Last used", empty="Never"),
        Column(key="justification", title="Kept because", empty="–"),
        Column(key="sim", title="SIM", value="sim.iccid", csv="sim__iccid", is_extra=True, empty="Not known"),
        *extra(Line, "starts_on"),
        Column(key="ends_on", title="Until", is_extra=True, empty="Open"),
        Column(key="organisation", title="organisation", csv="organisation__code", is_csv_only=True),
        Column(key="justification_note", title="justification_note", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[Line]:
        rows = super().get_queryset().select_related("organisation", "holder", "tariff", "sim__device")
        return cast("QuerySet[Line]", with_last_use(rows))

    def get_context_data(self) -> dict[str, Any]:
        add = add_link(self.request, "lines.manage", "fleet:line-add", "Add a line", model=Line)
        return super().get_context_data() | add | {"may_add_bill": bool(add)}


class TariffList(ListPage):
    model = Tariff
    filterset_class = TariffFilter
    heading = "Tariffs"
    nouns = ("tariff", "tariffs")
    default_sort = "carrier"
    permissions = ("lines.view",)
    template_name = "fleet/line_list.html"
    empty_text = "Add what your carriers ask a month and what is included: usage is held against it."
    columns = (
        Column(key="name", title="Tariff", link=to("fleet:tariff-detail")),
        Column(key="carrier", title="Carrier"),
        Column(
            key="rental_pence",
            title="Rental a month",
            value=lambda row: pence(row.rental_pence),
            csv="rental_pence",
            is_numeric=True,
            empty="Not known",
        ),
        Column(
            key="data_allowance_bytes",
            title="Data a month",
            value=allowance_of,
            csv="data_allowance_bytes",
            is_numeric=True,
            empty="No limit known",
        ),
        Column(
            key="over_pence",
            title="Above it",
            value=lambda row: pence(row.over_pence),
            csv="over_pence",
            is_numeric=True,
            empty="Not known",
        ),
        Column(key="open_lines", title="Open lines", is_numeric=True),
        *extra(Tariff, "over_per", "minutes", "texts", "megabyte_bytes", "is_vat_included"),
    )

    def get_queryset(self) -> QuerySet[Tariff]:
        user = signed_in(self.request)
        return Tariff.objects.visible_to(user).with_counts(user)

    def get_context_data(self) -> dict[str, Any]:
        add = add_link(self.request, "lines.manage", "fleet:tariff-add", "Add a tariff", model=Tariff)
        return super().get_context_data() | add
