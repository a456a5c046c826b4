"""Undoing a file: what goes back, and which rows stand in the way."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from fleet.models import UsageRecord
from fleet.services import undo
from fleet.services.imports import deciding
from fleet.services.imports.kinds import KINDS
from fleet.views.imports.deciding import ImportVerb
from fleet.vocabulary import ImportStatus
from fleet.web import text
from fleet.web.exports import csv_response
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table

# How many of the rows in the way the page shows; the CSV has all.
SHOWN = 10
EXPORTED = (
    Column(key="kind", title="kind", value=lambda one: str(one.kept.model._meta.verbose_name)),
    Column(key="number", title="number", value="kept.pk"),
    Column(key="name", title="name"),
    Column(key="why", title="why", value="kept.why"),
)


class UndoImport(ImportVerb):
    states = (ImportStatus.APPLIED,)
    template_name = "fleet/import_undo.html"
    heading = submit = "Undo the import"

    @cached_property
    def plan(self) -> undo.Plan:
        kind = KINDS[self.row.kind]
        return undo.plan(
            context_id=self.row.context_id,
            models=[kind.model, *kind.brings],
            organisation=self.row.organisation,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("format") == "csv" and not self.row.is_bill:
            return csv_response(EXPORTED, undo.named(self.plan.kept), "in-the-way")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        if self.row.is_bill:
            return found | {"stored": UsageRecord.objects.filter(batch__file=self.row).count()}
        reasons = [{"count": count, "why": why} for why, count in list(self.plan.reasons.items())[:SHOWN]]
        in_the_way = {"reasons": reasons, "table": self._in_the_way(), "in_the_way": len(self.plan.kept)}
        return found | {"plan": self.plan} | in_the_way

    def _in_the_way(self) -> Table:
        kind = KINDS[self.row.kind]

        def link(one: undo.Named) -> str:
            has_page = one.is_there and kind.url_name and one.kept.model is kind.model
            return reverse(kind.url_name, args=[one.kept.pk]) if has_page else ""

        total = len(self.plan.kept)
        shown = f"First {SHOWN} of {text.counted(total, 'row', 'rows')}" if total > SHOWN else "All of them"
        columns = (
            Column(key="name", title="What", link=link),
            Column(key="why", title="Why it cannot go back", value="kept.why"),
        )
        return Table(columns=columns, rows=list(undo.named(self.plan.kept[:SHOWN])), caption=shown)

    def do(self, data: dict[str, Any]) -> str:
        deciding.undo_import(found=self.row, by=signed_in(self.request))
        return "The import is being undone."
