"""The list of devices and the page of one: is it right, and if not why?"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fleet.filters import DeviceFilter
from fleet.forms.custody import CustodyForm
from fleet.forms.devices import DeviceForm
from fleet.models import Device
from fleet.services.custody import record_custody
from fleet.services.findings import findings_of
from fleet.views.bulk import actions_of
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, VerbPage, add_link
from fleet.views.shown import (
    custody_timeline,
    identifiers,
    register_facts,
    reported_facts,
    software_table,
    sources_table,
    under,
)
from fleet.web import status, text
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, extra, follow, to


def _tag(device: Device) -> SafeString:
    """The asset tag with the serial below it."""
    return under(device, device.serial if device.tag else "")


def _os(device: Device) -> str:
    return f"{device.get_platform_display()} {device.os_version}".strip()


def _mdm(device: Device) -> SafeString:
    return format_html("{} {}", _named(device, "enrolment"), _named(device, "compliance"))


def _named(device: Device, name: str) -> SafeString:
    """A status of the MDM; “Unknown” alone would not say what of."""
    value, label = getattr(device, name), getattr(device, f"get_{name}_display")()
    return status.tag(value, f"{name.capitalize()} unknown" if value == "unknown" else label)


def _seen(device: Device) -> str:
    seen_at = follow(device, "heartbeat.last_seen_at")
    return text.day(seen_at) if seen_at else ""


EXPORTED = (
    "serial",
    "hw_id",
    "imei",
    "imei2",
    "platform",
    "compliance",
    "encrypted",
    "purchased_on",
    "warranty_until",
)


class DeviceList(ListPage):
    model = Device
    seen = "devices"
    filterset_class = DeviceFilter
    heading = "Devices"
    nouns = ("device", "devices")
    default_sort = "asset_tag"
    permissions = ("devices.view",)
    bulk = actions_of("devices")
    template_name = "fleet/facts_list.html"
    empty_text = "Import a file (Fleet, Imports), or let an MDM push its inventory."
    columns = (
        Column(
            key="asset_tag",
            title="Asset tag",
            value=_tag,
            csv="asset_tag",
            link=to("fleet:device-detail"),
        ),
        Column(
            key="model",
            title="Model",
            value="model_name",
            csv="model__name",
        ),
        Column(key="os_version", title="OS", value=_os, csv="os_version"),
        Column(
            key="site",
            title="Site",
            value="site.name",
            csv="site__code",
            link=to("fleet:site-detail", "site_id"),
        ),
        Column(
            key="holder",
            title="Holder",
            value="holder.name",
            csv="holder__staff_number",
            link=to("fleet:person-detail", "holder_id"),
            empty="Nobody",
        ),
        Column(key="life_cycle", title="Life cycle", is_status=True),
        Column(key="enrolment", title="MDM", value=_mdm, csv="enrolment"),
        Column(
            key="seen",
            title="Last seen",
            value=_seen,
            csv="heartbeat__last_seen_at",
            empty="Never",
        ),
        *extra(Device, *EXPORTED),
        Column(
            key="manufacturer",
            title="Manufacturer",
            value="model.manufacturer",
            csv="model__manufacturer",
            is_extra=True,
            empty="Not known",
        ),
    )

    def get_queryset(self) -> QuerySet[Device]:
        rows = super().get_queryset().select_related("model", "site", "holder", "heartbeat")
        return rows.defer("software")

    def get_context_data(self) -> dict[str, Any]:
        link_to_add = add_link(
            self.request, "devices.change", "fleet:device-add", "Add a device", model=Device
        )
        return super().get_context_data() | link_to_add


class DevicePage(ObjectPage):
    model = Device
    seen = "device"
    place = "device"
    view_permission = "devices.view"
    change_permission = "devices.change"
    edit_url_name = "fleet:device-edit"
    template_name = "fleet/device_detail.html"

    def get_queryset(self) -> QuerySet[Device]:
        return (
            super()
            .get_queryset()
            .select_related("model", "site", "holder__site", "heartbeat", "organisation")
        )

    def context(self, row: Device) -> dict[str, Any]:
        may_record = signed_in(self.request).access.may_touch("custody.record", row)
        return {
            "findings": findings_of(row),
            "sections": [identifiers(row), register_facts(row, signed_in(self.request))],
            "reported": reported_facts(row),
            "software": software_table(row),
            "sources": sources_table(row),
            "sims": row.sims.select_related("line"),
            "shows_lines": signed_in(self.request).access.may_touch("lines.view", row),
            "custody": custody_timeline(row),
            "custody_url": reverse("fleet:device-custody", args=[row.pk]) if may_record else "",
        }


class AddDevice(AddFacts):
    model = Device
    form_class = DeviceForm
    permission = "devices.change"
    heading = "Add a device"


class EditDevice(EditFacts):
    model = Device
    form_class = DeviceForm
    permission = "devices.change"
    heading = "Change facts"


class RecordCustody(VerbPage):
    """Says what happened to a device: issued, returned, lost …"""

    model = Device
    seen = "device"
    form_class = CustodyForm
    permission = "custody.record"
    heading = "Record what happened"
    submit = "Record"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request), "device": self.row}

    def do(self, data: dict[str, Any]) -> str:
        event = record_custody(device=self.row, by=signed_in(self.request), **data)
        return f"{event.get_kind_display()} is recorded of {self.row}."
