"""Which software matters: what it is called, under which names it is reported, and on how many devices."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from fleet.forms.estate import PlaceForm, ProductForm
from fleet.services.estate.asking import Place
from fleet.services.estate.products import Product, follow, found_on, products_of
from fleet.views.estate.pages import EstatePage, OrganisationForm, devices_url
from fleet.vocabulary import ProductCategory
from fleet.web.tables import Column, Table


class SoftwarePage(EstatePage):
    url_name = "fleet:estate-software"
    csv_name = "software-that-matters"

    def exported(self, form: Any) -> Table:
        return _table(form.place, may_change=False)

    def answer(self, form: PlaceForm) -> dict[str, Any]:
        place = form.place
        may = place.user.access.may_change("devices.change", organisation_id=place.organisation.pk)
        add_url = reverse("fleet:estate-software-edit", args=[place.organisation.pk]) if may else ""
        return {
            "tables": [_table(place, may_change=may)],
            "add_url": add_url,
            "add_text": "Follow more software",
        }


def _table(place: Place, *, may_change: bool) -> Table:
    counts = found_on(place.devices)

    def devices(product: Product) -> int:
        return counts.get(product.name, 0)

    def edit(product: Product) -> str:
        address = reverse("fleet:estate-software-edit", args=[place.organisation.pk])
        return f"{address}?{urlencode({'name': product.name})}" if may_change else ""

    columns = (
        Column(key="name", title="Software", link=edit),
        Column(key="category", title="Kind", value=lambda row: ProductCategory(row.category).label),
        Column(
            key="patterns",
            title="Reported as",
            value=lambda row: ", ".join(row.patterns),
            empty="Not followed",
        ),
        Column(
            key="devices",
            title="Devices in use",
            value=devices,
            link=lambda row: devices_url(place, product=row.name) if devices(row) else "",
            is_numeric=True,
        ),
    )
    rows = products_of(place.organisation)
    return Table(columns=columns, rows=rows, caption="Software that matters, as the last count found it")


class EditSoftware(OrganisationForm):
    """Follows a product, changes under which names it is found, or stops following it."""

    form_class = ProductForm
    heading = "Software that matters"

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("name", "").lower()
        product = next((one for one in products_of(self.organisation) if one.name.lower() == asked), None)
        if product is None:
            return {}
        return {
            "name": product.name,
            "category": product.category,
            "patterns": "\n".join(product.patterns),
        }

    def do(self, data: dict[str, Any]) -> str:
        row = follow(organisation=self.organisation, **data)
        return f"{row} is changed. The next count follows it; “Measure now” counts at once."

    def get_success_url(self) -> str:
        return f"{reverse('fleet:estate-software')}?organisation={self.organisation.code}"
