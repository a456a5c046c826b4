"""How carriers' bills are read: what people said once of their columns, seen, changed and retired."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from fleet.filters.usage import MappingFilter
from fleet.forms.usage import EditMappingForm
from fleet.models import CarrierMapping
from fleet.services.usage import mapping
from fleet.services.usage.layouts import FIELDS, KEPT, WORDS
from fleet.views.facts import ObjectPage, VerbPage
from fleet.views.shown import Section, known
from fleet.web import status
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, extra, to


def state_of(row: CarrierMapping) -> SafeString:
    return status.tag("ended", "Retired") if row.retired_at else status.tag("open", "In use")


def _read(row: CarrierMapping) -> str:
    """The columns that are read, as the file calls them."""
    return ", ".join(sorted(header for header, meant in row.columns.items() if meant))


def _meant(row: CarrierMapping) -> str:
    return "; ".join(f"{header}={meant}" for header, meant in sorted(row.columns.items()))


class MappingList(ListPage):
    model = CarrierMapping
    filterset_class = MappingFilter
    heading = "How carriers’ bills are read"
    nouns = ("mapping", "mappings")
    key = "carrier-mappings"
    default_sort = "carrier"
    permissions = ("lines.view",)
    template_name = "fleet/line_list.html"
    empty_text = (
        "Import a carrier’s bill. Of a file that is not known you say once what its columns mean; it is kept "
        "here for the next one."
    )
    columns = (
        Column(key="carrier", title="Carrier", link=to("fleet:carrier-mapping-detail")),
        Column(key="columns", title="Columns that are read", value=_read, csv=_meant),
        Column(key="shape", title="A row is"),
        Column(key="changed_at", title="Last changed", empty="Before the change log"),
        Column(key="state", title="State", value=state_of, csv="retired_at"),
        *extra(CarrierMapping, "data_unit", "megabyte_bytes", "time_unit", "charge_unit", "billing_day"),
        *extra(CarrierMapping, "is_vat_included"),
        Column(key="organisation", title="organisation", csv="organisation__code", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[CarrierMapping]:
        rows = CarrierMapping.objects.visible_to(signed_in(self.request))
        return rows.with_changed().select_related("organisation")


class MappingPage(ObjectPage):
    model = CarrierMapping
    view_permission = "lines.view"
    change_permission = "lines.manage"
    edit_url_name = "fleet:carrier-mapping-edit"
    template_name = "fleet/carrier_mapping_detail.html"

    def context(self, row: CarrierMapping) -> dict[str, Any]:
        may = signed_in(self.request).access.may_touch(self.change_permission, row)
        units = ("shape", "data_unit", "megabyte_bytes", "time_unit", "charge_unit")
        rows = [
            SummaryRow("State", state_of(row)),
            *(SummaryRow(_label(name), getattr(row, f"get_{name}_display")()) for name in units),
            SummaryRow(_label("billing_day"), str(row.billing_day)),
            SummaryRow("Charges include VAT", known(row.is_vat_included)),
        ]
        said = [SummaryRow(WORDS[key], ", ".join(row.words.get(key, ())) or "None") for key in WORDS]
        return {
            "sections": [Section("How it is read", rows), Section("Words in the cells", said)],
            "columns": _columns_of(row),
            "may_change": may,
        }


def _label(name: str) -> str:
    return str(capfirst(CarrierMapping._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _columns_of(row: CarrierMapping) -> Table:
    shown = (
        Column(key="header", title="Column of the file", value=lambda pair: pair[0]),
        Column(
            key="meant", title="What it holds", value=lambda pair: FIELDS.get(pair[1], ""), empty="Left out"
        ),
    )
    return Table(columns=shown, rows=sorted(row.columns.items()), caption="Columns", is_caption_hidden=True)


class _MappingVerb(VerbPage):
    model = CarrierMapping
    permission = "lines.manage"


class EditMapping(_MappingVerb):
    form_class = EditMappingForm
    heading = "Change how these bills are read"
    template_name = "fleet/carrier_mapping_edit.html"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("carrier", *KEPT)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"headers": sorted(self.row.columns)}

    def form_valid(self, form: Any) -> Any:
        self.said = form.said
        return super().form_valid(form)

    def do(self, data: dict[str, Any]) -> str:
        mapping.change_mapping(mapping=self.row, carrier=data["carrier"], said=self.said)
        return f"The next files of {self.row} with these columns are read so."


class RetireMapping(_MappingVerb):
    form_class = GovukForm
    heading = submit = "Retire the mapping"

    def do(self, data: dict[str, Any]) -> str:
        mapping.retire_mapping(mapping=self.row)
        return f"The next file of {self.row} with these columns asks again what they mean."


class UseMappingAgain(_MappingVerb):
    form_class = GovukForm
    heading = submit = "Use the mapping again"

    def do(self, data: dict[str, Any]) -> str:
        mapping.use_mapping_again(mapping=self.row)
        return f"The next files of {self.row} with these columns are read so."
