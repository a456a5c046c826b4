"""What was imported, and the kinds of file with their columns."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fleet.filters.imports import ImportFilter
from fleet.forms.imports import loadable
from fleet.models import Import
from fleet.services.imports.describing import columns_of, template_of
from fleet.services.imports.kinds import BILL_TITLE, KINDS
from fleet.web.exports import csv_response
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

MAY_SEE = tuple(sorted({kind.permission for kind in KINDS.values()} | {"history.view", "lines.manage"}))


def kind_title(row: Import) -> str:
    return BILL_TITLE if row.is_bill else KINDS[row.kind].title if row.kind in KINDS else row.kind


def _number(key: str, title: str, *, is_extra: bool = False) -> Column:
    return Column(key=key, title=title, is_numeric=True, is_extra=is_extra)


class ImportList(ListPage):
    model = Import
    filterset_class = ImportFilter
    heading = "Imports"
    nouns = ("import", "imports")
    default_sort = "-made_at"
    permissions = MAY_SEE
    is_whole = True
    template_name = "fleet/import_list.html"
    empty_text = "Start with your sites, then the staff, the device models and the devices."
    columns = (
        Column(key="made_at", title="When", link=to("fleet:import-detail")),
        Column(key="kind", title="What", value=kind_title, csv="kind"),
        Column(key="file_name", title="File"),
        Column(key="made_by", title="By", csv=lambda row: str(row.made_by or ""), empty="Nobody known"),
        Column(key="status", title="State", is_status=True),
        _number("created", "Created"),
        _number("changed", "Changed"),
        _number("rejected", "Rejected"),
        _number("ended", "Ended", is_extra=True),
        _number("unchanged", "Unchanged", is_extra=True),
        _number("warned", "Warnings", is_extra=True),
        Column(key="organisation", title="organisation", csv="organisation__code", is_csv_only=True),
        Column(key="applied_at", title="applied_at", is_csv_only=True),
        Column(key="id", title="id", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[Import]:
        rows = super().get_queryset().select_related("made_by", "organisation")
        return rows.defer("content", "unknown")

    def get_context_data(self) -> dict[str, Any]:
        kinds = [
            {"title": KINDS[key].title, "url": page_of_kind(key)} for key in loadable(signed_in(self.request))
        ]
        bills = bool(signed_in(self.request).access.whole_organisation_ids("lines.manage"))
        return super().get_context_data() | {"kinds": kinds, "may_add_bill": bills}


def page_of_kind(key: str) -> str:
    return f"{reverse('fleet:import-kinds')}?kind={key}"


ABOUT = (
    Column(key="name", title="Column"),
    Column(key="is_key", title="Finds the row"),
    Column(key="is_needed", title="Needed for a new row"),
    Column(key="meaning", title="What", value=lambda row: row.meaning, empty=""),
    Column(key="example", title="Example", empty=""),
    Column(key="synonyms", title="Also known as", value=lambda row: ", ".join(row.synonyms), empty=""),
)


def _asked(request: HttpRequest) -> str:
    """The kind in the address, or sites; for those who may see imports at all, since it holds no data."""
    key = request.GET.get("kind", "sites")
    if key not in KINDS or not signed_in(request).access.may_any(MAY_SEE):
        raise Http404
    return key


@require_safe
def import_kinds(request: HttpRequest) -> HttpResponse:
    key = _asked(request)
    kind = KINDS[key]
    context = {
        "heading": f"Files of {kind.title.lower()}",
        "key": key,
        "kinds": [{"title": one.title, "url": page_of_kind(other)} for other, one in KINDS.items()],
        "may_load": key in loadable(signed_in(request)),
        "table": Table(columns=ABOUT, rows=columns_of(kind), caption="Columns", is_caption_hidden=True),
        "list_url": reverse(kind.list_url_name) if kind.list_url_name else "",
    }
    return render(request, "fleet/import_kinds.html", context)


@require_safe
def import_template(request: HttpRequest) -> HttpResponseBase:
    """A file with all columns and one row, to fill in."""
    key = _asked(request)
    names, row = template_of(KINDS[key])
    columns = [Column(key=name, title=name, value=itemgetter(name)) for name in names]
    return csv_response(columns, [row], f"{key}-template")
