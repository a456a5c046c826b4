"""Conflicts: a record that names more than one device, and a person who says which it is about."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from fleet.filters.mdm import IdentityConflictFilter
from fleet.forms.mdm import DecisionForm
from fleet.mdm.conflicts import decide
from fleet.models import Device, IdentityConflict
from fleet.views.facts import ObjectPage, VerbPage
from fleet.views.mdm.comparison import candidates, compared, said_by
from fleet.views.shown import under
from fleet.vocabulary import ConflictStatus, IdentifierKind
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


def _contested(conflict: IdentityConflict) -> SafeString:
    return under(conflict.value, IdentifierKind(conflict.kind).label)


def _devices(conflict: IdentityConflict) -> str:
    return ", ".join(str(device) for device in conflict.devices.all())


def _tags(conflict: IdentityConflict) -> list[str]:
    return [device.tag or device.serial for device in conflict.devices.all()]


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
        Column(
            key="value",
            title="Identifier",
            value=_contested,
            csv="value",
            link=to("fleet:conflict-detail"),
        ),
        Column(key="devices", title="Devices", value=_devices, csv=_tags),
        Column(
            key="source",
            title="Source",
            value="source.name",
            csv="source__slug",
            link=to("fleet:source-detail", "source_id"),
        ),
        Column(key="times_seen", title="Times seen", is_numeric=True),
        Column(key="opened_at", title="Since"),
        Column(key="status", title="Status", is_status=True),
        Column(key="kind", title="Kind", is_extra=True),
        Column(key="resolution", title="Resolution", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[IdentityConflict]:
        return super().get_queryset().select_related("source").prefetch_related("devices").defer("record")


class ConflictPage(ObjectPage):
    model = IdentityConflict
    seen = "mdm"
    change_permission = "mdm.manage"
    template_name = "fleet/mdm_conflict_detail.html"

    def get_queryset(self) -> QuerySet[IdentityConflict]:
        return super().get_queryset().select_related("source", "resolved_by")

    def context(self, row: Any) -> dict[str, Any]:
        user = signed_in(self.request)
        devices = candidates(row, user)
        may_decide = user.access.may_touch("mdm.manage", row) and row.status == ConflictStatus.OPEN
        return {"devices": devices, "compared": compared(row, devices), "may_decide": may_decide}


class DecideConflict(VerbPage):
    """The choices, below the comparison that they are made on."""

    model = IdentityConflict
    permission = "mdm.manage"
    form_class = DecisionForm
    heading = "Decide the conflict"
    submit = "Decide"
    template_name = "fleet/mdm_conflict_decide.html"

    @cached_property
    def devices(self) -> list[Device]:
        return candidates(self.row, signed_in(self.request))

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"devices": self.devices, "can_be_new": bool(said_by(self.row).get("serial"))}
        return super().get_form_kwargs() | own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {"devices": self.devices, "compared": compared(self.row, self.devices)}
        return super().get_context_data(**kwargs) | facts

    def do(self, data: dict[str, Any]) -> str:
        decide(conflict=self.row, by=signed_in(self.request), **data)
        return "It is decided, and followed whenever the record comes again."
