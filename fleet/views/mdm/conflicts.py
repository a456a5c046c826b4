"""Conflicts: a record that names more than one device, beside the devices that it might be about."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from fleet.filters.mdm import IdentityConflictFilter
from fleet.forms.mdm import DISMISS, NEW, DecisionForm
from fleet.mdm.conflicts import decide, serial_of
from fleet.mdm.facts import facts_of
from fleet.mdm.records import Rejected, from_document
from fleet.models import Device, IdentityConflict
from fleet.views.facts import ObjectPage, VerbPage
from fleet.vocabulary import ConflictStatus
from fleet.web import text
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to

KINDS = {"source_id": "Source's id", "serial": "Serial", "hw_id": "Hardware id", "imei": "IMEI"}


def kind_of(conflict: IdentityConflict) -> str:
    return KINDS.get(conflict.kind, conflict.kind)


class ConflictList(ListPage):
    model = IdentityConflict
    filterset_class = IdentityConflictFilter
    heading = "Conflicts"
    nouns = ("conflict", "conflicts")
    default_sort = "-opened_at"
    permissions = ("mdm.view",)
    empty_text = (
        "Records that name more than one device wait here until a person decides. There is nothing to do."
    )
    columns = (
        Column(key="value", title="Identifier", sort=("value",), link=to("fleet:conflict-detail")),
        Column(key="kind", title="Kind", value=kind_of, csv="kind", sort=("kind",)),
        Column(key="source", title="Source", value="source.name", csv="source__slug", sort=("source__name",)),
        Column(key="status", title="Status", is_status=True, sort=("status",)),
        Column(key="times_seen", title="Times seen", is_numeric=True, sort=("times_seen",)),
        Column(key="opened_at", title="Since", sort=("opened_at",)),
    )

    def get_queryset(self) -> QuerySet[IdentityConflict]:
        return super().get_queryset().select_related("source").defer("record")


class Cell(NamedTuple):
    """A device's value of a field; `differs` where it contradicts the record's."""

    value: str
    differs: bool


class Compared(NamedTuple):
    """One field of the record beside the same of each device."""

    label: str
    said: str
    cells: list[Cell]


FIELDS = {
    "serial": "serial",
    "hw_id": "hw_id",
    "asset_tag": "tag",
    "manufacturer": "manufacturer",
    "model": "model_name",
    "platform": "platform",
    "os_version": "os_version",
    "user_name": "user_name",
    "user_email": "user_email",
}


def compared(conflict: IdentityConflict, devices: list[Device]) -> list[Compared]:
    """The record field by field, beside what is known of each device."""
    try:
        said = facts_of(from_document(conflict.record).facts)
    except Rejected:
        said = {}
    rows = [
        _row(_label(field), said.get(field, ""), [getattr(device, name) for device in devices])
        for field, name in FIELDS.items()
    ]
    imeis = [" and ".join(filter(None, [device.imei, device.imei2])) for device in devices]
    rows.insert(2, _row("IMEI", " and ".join(said.get("imei", ())), imeis))
    return [row for row in rows if row.said or any(cell.value for cell in row.cells)]


def _label(field: str) -> str:
    names = {"os_version": "OS version", "hw_id": "Hardware id", "user_email": "User's e-mail address"}
    return names.get(field, field.replace("_", " ").capitalize())


def _row(label: str, said: str, known: list[str]) -> Compared:
    return Compared(label, said, [Cell(value, bool(said and value and said != value)) for value in known])


class ConflictPage(ObjectPage):
    model = IdentityConflict
    change_permission = "mdm.manage"
    edit_url_name = ""
    template_name = "fleet/mdm_conflict_detail.html"

    def context(self, row: Any) -> dict[str, Any]:
        devices = list(row.devices.select_related("model", "holder", "site", "heartbeat").order_by("pk"))
        may_decide = signed_in(self.request).access.may_touch("mdm.manage", row)
        return {
            "kind": kind_of(row),
            "devices": devices,
            "compared": compared(row, devices),
            "seen": [text.shown(_seen(device), "Never") for device in devices],
            "source_id": row.record.get("source_id") or "",
            "may_decide": may_decide and row.status == ConflictStatus.OPEN,
        }


def _seen(device: Device) -> Any:
    return device.heartbeat.last_seen_at if hasattr(device, "heartbeat") else None


@method_decorator(never_cache, name="dispatch")
class DecideConflict(VerbPage):
    model = IdentityConflict
    permission = "mdm.manage"
    form_class = DecisionForm
    heading = "Decide the conflict"
    submit = "Decide"

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"conflict": self.row, "can_be_new": bool(serial_of(self.row))}
        return super().get_form_kwargs() | own

    def do(self, data: dict[str, Any]) -> str:
        chosen = data["decision"]
        is_device = chosen not in {NEW, DISMISS}
        decide(
            conflict=self.row,
            decision="device" if is_device else chosen,
            device=self.row.devices.get(pk=chosen) if is_device else None,
            reason=data["reason"],
            by=signed_in(self.request),
        )
        return "It is decided, and followed whenever the record comes again."
