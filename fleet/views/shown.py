"""Facts of one object as summary lists, timelines and small tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fleet.models import Device, StaffMember, User
from fleet.web import status, text
from fleet.web.parts import Event, SummaryRow
from fleet.web.tables import Column, Table, to

UNKNOWN = "Not known"
SEEN_WITH = {"person": "people.view", "site": "sites.view", "model": "devices.view"}


@dataclass(frozen=True, slots=True)
class Section:
    """Some facts under a heading."""

    title: str
    rows: list[SummaryRow]


def link(name: str, row: Any, by: User | None = None, empty: str = UNKNOWN) -> SafeString | str:
    """A row by its name, leading to its page where `by` may open it; None: whoever reads this page may."""
    if row is None:
        return empty
    if by and not _may_open(name, row, by):
        return str(row)
    return format_html(
        '<a class="govuk-link" href="{}">{}</a>', reverse(f"fleet:{name}-detail", args=[row.pk]), row
    )


def _may_open(name: str, row: Any, by: User) -> bool:
    is_own = name == "person" and row.pk in by.own_staff
    return is_own or by.access.may_touch(SEEN_WITH[name], row)


def under(name: Any, second: Any) -> SafeString:
    """A name with something smaller on a line below it."""
    if not second:
        return format_html("{}", name)
    return format_html('{} <span class="app-under">{}</span>', name, second)


def known(value: Any) -> str:
    return text.shown(value, UNKNOWN)


def words(row: Any, *fields: str) -> list[SummaryRow]:
    """Fields by their own names, leaving out identifiers and dates that nobody has told us."""
    found = []
    for name in fields:
        label = str(row._meta.get_field(name).verbose_name)
        if value := getattr(row, name):
            found.append(SummaryRow(label[:1].upper() + label[1:], text.shown(value)))
    return found


def identifiers(device: Device) -> Section:
    rows = words(
        device, "asset_tag", "reported_asset_tag", "serial", "hw_id", "imei", "imei2", "meid", "wifi_mac"
    )
    return Section("Identifiers", rows or [SummaryRow("Identifiers", "None known")])


def register_facts(device: Device, by: User) -> Section:
    life_cycle = status.tag(device.life_cycle, device.get_life_cycle_display())
    model = link("model", device.model, by) if device.model else known(device.model_name)
    rows = [
        SummaryRow("Life cycle", life_cycle),
        SummaryRow("Model", model),
        SummaryRow("Holder", link("person", device.holder, by, "Nobody")),
        SummaryRow("Site", link("site", device.site, by)),
    ]
    return Section("Register", rows + words(device, "issued_at", "purchased_on", "warranty_until"))


def reported_facts(device: Device) -> Section:
    platform = " ".join(filter(None, [device.get_platform_display(), device.os_version]))
    build = f" (build {device.os_build})" if device.os_build else ""
    rows = [
        SummaryRow("Last seen", text.shown(_beat(device, "last_seen_at"), "Never")),
        SummaryRow("Operating system", platform + build),
        SummaryRow("Enrolment", status.tag(device.enrolment, device.get_enrolment_display())),
        SummaryRow("Compliance", status.tag(device.compliance, device.get_compliance_display())),
        *(
            SummaryRow(label, known(getattr(device, name)))
            for name, label in (
                ("encrypted", "Encrypted"),
                ("passcode", "Passcode set"),
                ("supervised", "Supervised"),
                ("lost_mode", "Lost mode"),
            )
        ),
        SummaryRow("Wipe", device.get_wipe_display()),
        SummaryRow("Ownership", device.get_ownership_display()),
        SummaryRow("Storage", _storage(device)),
        SummaryRow("Battery", _battery(device)),
        *words(device, "user_name", "user_upn", "user_email", "enrolled_at"),
    ]
    return Section("Reported by MDM", rows)


def _beat(device: Device, name: str) -> Any:
    return getattr(device.heartbeat, name) if hasattr(device, "heartbeat") else None


def _storage(device: Device) -> str:
    free, total = _beat(device, "storage_free_bytes"), device.storage_total_bytes
    if total is None:
        return UNKNOWN
    return f"{text.size(free)} free of {text.size(total)}" if free is not None else text.size(total)


def _battery(device: Device) -> str:
    level = _beat(device, "battery_level")
    if level is None:
        return UNKNOWN
    return f"{level}%, health {device.heartbeat.get_battery_health_display().lower()}"


def software_table(device: Device) -> Table:
    """The followed software that the last count found on it."""
    columns = (
        Column(key="product", title="Software"),
        Column(key="version", title="Version", empty="Not known"),
    )
    return Table(columns=columns, rows=list(device.products.all()), caption="Software that matters")


def sources_table(device: Device) -> Table:
    columns = (
        Column(key="source", title="Source", value="mdm_source.name"),
        Column(key="source_id", title="Its id for the device"),
        Column(key="observed_at", title="Observed at"),
        Column(key="missing_since", title="Missing since", empty="Not missing"),
    )
    return Table(
        columns=columns,
        rows=device.source_records.select_related("mdm_source"),
        caption="What each MDM source says",
        is_caption_hidden=True,
    )


def custody_timeline(device: Device) -> list[Event]:
    """Hand-overs, newest first."""
    return [
        Event(
            title=event.get_kind_display(),
            at=event.at,
            by=str(event.recorded_by or ""),
            detail=format_html("{} {}", _whereabouts(event), event.note),
        )
        for event in device.custody_events.select_related("holder", "site", "recorded_by")
    ]


def _whereabouts(event: Any) -> str:
    parts = [f"to {event.holder}" if event.holder else "", f"at {event.site}" if event.site else ""]
    phrase = " ".join(filter(None, parts))
    return f"{phrase[:1].upper()}{phrase[1:]}." if phrase else ""


def held_devices(person: StaffMember) -> Table:
    columns = (
        Column(key="asset_tag", title="Device", value=str, link=to("fleet:device-detail")),
        Column(key="model", title="Model", value="model_name"),
        Column(key="life_cycle", title="Life cycle", is_status=True),
        Column(key="issued_at", title="Since"),
        Column(key="seen", title="Last seen", value="heartbeat.last_seen_at", empty="Never"),
    )
    rows = person.devices.select_related("model", "heartbeat").order_by("-issued_at", "pk")
    return Table(columns=columns, rows=rows, caption="Devices", is_caption_hidden=True)
