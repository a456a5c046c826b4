"""What happened to devices in their MDM, across all of them."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet

from fleet.filters.mdm import DeviceEventFilter
from fleet.models import DeviceEvent
from fleet.models.events import DeviceEventQuerySet
from fleet.web.lists import ListPage
from fleet.web.tables import Column, to


def certainty_of(event: DeviceEvent) -> str:
    return "When it happened" if event.is_exact else "When a report first showed it"


class DeviceEventList(ListPage):
    model = DeviceEvent
    filterset_class = DeviceEventFilter
    heading = "MDM events"
    nouns = ("MDM event", "MDM events")
    default_sort = "-at"
    permissions = ("devices.view",)
    empty_text = (
        "Enrolments, lost mode, wipes and changes of ownership appear here as MDM sources tell of them."
    )
    columns = (
        Column(key="at", title="When"),
        Column(key="kind", title="Event", value="get_kind_display", csv="kind"),
        Column(
            key="device",
            title="Device",
            csv="device__asset_tag",
            link=to("fleet:device-detail", "device_id"),
        ),
        Column(key="source", title="Source", value="source.name", csv="source__slug"),
        Column(key="certainty", title="The time is", value=certainty_of, csv=certainty_of),
        Column(key="serial", title="Serial", value="device.serial", csv="device__serial", is_extra=True),
        Column(key="began_at", title="Enrolment that ended", is_extra=True),
        Column(key="recorded_at", title="Recorded", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[DeviceEvent]:
        rows = cast(DeviceEventQuerySet, super().get_queryset()).with_enrolment()
        return rows.select_related("device", "source").defer("device__software")
