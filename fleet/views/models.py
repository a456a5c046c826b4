"""The list of device models and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from fleet.filters import DeviceModelFilter
from fleet.forms.models import DeviceModelForm
from fleet.models import DeviceModel
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, add_link
from fleet.views.shown import Section, known
from fleet.vocabulary import AssistiveTechnology
from fleet.web import text
from fleet.web.lists import ListPage
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


def price_of(model: DeviceModel) -> str:
    return "" if model.price_pence is None else text.pounds(model.price_pence)


def supports(model: DeviceModel) -> str:
    return ", ".join(str(AssistiveTechnology(need).label) for need in model.assistive_supported)


class ModelList(ListPage):
    model = DeviceModel
    filterset_class = DeviceModelFilter
    heading = "Device models"
    nouns = ("model", "models")
    default_sort = "name"
    permissions = ("devices.view",)
    template_name = "fleet/facts_list.html"
    empty_text = "Import a file (Fleet, Imports), or add the first one here."
    columns = (
        Column(
            key="name",
            title="Model",
            value=str,
            csv="name",
            link=to("fleet:model-detail"),
        ),
        Column(key="identifier", title="Identifier"),
        Column(key="platform", title="Platform"),
        Column(key="form_factor", title="Form factor"),
        Column(
            key="price_pence",
            title="Price",
            value=price_of,
            csv="price_pence",
            is_numeric=True,
            empty="Not known",
        ),
        Column(
            key="supported_until",
            title="Supported until",
            empty="Not known",
        ),
        Column(
            key="assistive_supported",
            title="Assistive technology",
            value=supports,
            csv="assistive_supported",
            empty="None recorded",
        ),
        Column(key="in_stock", title="In stock", is_numeric=True),
        Column(key="in_use", title="In use", is_numeric=True),
        Column(key="manufacturer", title="Manufacturer", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[DeviceModel]:
        return DeviceModel.objects.visible_to(signed_in(self.request)).with_counts()

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | add_link(
            self.request, "devices.change", "fleet:model-add", "Add a model", model=DeviceModel
        )


class ModelPage(ObjectPage):
    model = DeviceModel
    place = "model"
    view_permission = "devices.view"
    change_permission = "devices.change"
    edit_url_name = "fleet:model-edit"
    template_name = "fleet/model_detail.html"

    def get_queryset(self) -> QuerySet[DeviceModel]:
        rows = DeviceModel.objects.visible_to(signed_in(self.request)).select_related("organisation")
        return rows.with_counts()

    def context(self, row: Any) -> dict[str, Any]:
        url = f"{reverse('fleet:device-list')}?model={row.pk}"
        facts = [
            SummaryRow("Maker's identifier", known(row.identifier)),
            SummaryRow("Platform", row.get_platform_display()),
            SummaryRow("Form factor", row.get_form_factor_display()),
            SummaryRow("Price", price_of(row) or known(None)),
            SummaryRow("Supported until", known(row.supported_until)),
            SummaryRow("Assistive technology supported", supports(row) or "None recorded"),
        ]
        return {
            "cards": [
                Stat(text.number(row.in_stock), "in stock", f"{url}&life_cycle=in_stock"),
                Stat(text.number(row.in_use), "in use", f"{url}&life_cycle=issued&life_cycle=on_loan"),
            ],
            "sections": [Section("Facts", facts)],
        }


class AddModel(AddFacts):
    model = DeviceModel
    form_class = DeviceModelForm
    permission = "devices.change"
    heading = "Add a device model"


class EditModel(EditFacts):
    model = DeviceModel
    form_class = DeviceModelForm
    permission = "devices.change"
    heading = "Change facts"
