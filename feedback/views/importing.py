"""Bringing in comments from elsewhere: choose a file, look through what it would do, take it in."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from feedback.filters import FeedbackImportFilter
from feedback.forms.importing import ImportForm
from feedback.models import FeedbackImport
from feedback.services.importing import deciding, undoing
from feedback.services.importing.comments import COLUMNS
from feedback.vocabulary import FeedbackImportStatus
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web import text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to

PERMISSION = "feedback.moderate"


class ImportList(ListPage):
    model = FeedbackImport
    filterset_class = FeedbackImportFilter
    heading = "Imports of comments"
    nouns = ("import of comments", "imports of comments")
    default_sort = "-created_at"
    permissions = (PERMISSION,)
    template_name = "feedback/import_list.html"
    empty_text = (
        "Bring in what was said before, on a forum or in a workshop, so that it can be answered here."
    )
    columns = (
        Column(key="source", title="Where it was said", link=to("feedback:import-detail")),
        Column(key="name", title="File"),
        Column(key="status", title="Status", is_status=True),
        Column(key="threads", title="Threads", value="counts.threads", is_numeric=True),
        Column(key="replies", title="Replies", value="counts.replies", is_numeric=True),
        Column(key="refused", title="Rows not taken", value="counts.refused", is_numeric=True),
        Column(key="by", title="By", empty="A command"),
        Column(key="created_at", title="Taken in"),
    )

    def get_queryset(self) -> QuerySet[FeedbackImport]:
        rows = super().get_queryset()
        return cast(QuerySet[FeedbackImport], rows.select_related("by").defer("content", "report"))


class _Moderators:
    """Absent for those who may not moderate a whole organisation."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.whole_organisation_ids(PERMISSION):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class AddImport(_Moderators, FactsForm):
    form_class = ImportForm
    template_name = "feedback/import_add.html"
    heading = "Import comments"
    submit = "Check the file"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"columns": ",".join(COLUMNS)}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        found = deciding.receive(
            organisation=data["organisation"],
            source=data["source"],
            name=data["file"].name,
            content=data["file"].read(),
            by=signed_in(self.request),
        )
        return redirect("feedback:import-detail", pk=found.pk)

    def get_success_url(self) -> str:
        return reverse("feedback:import-list")


class _Decision(VisibleRow, FactsForm):
    model = FeedbackImport
    form_class = GovukForm
    template_name = "feedback/import_decide.html"
    status: ClassVar[str] = FeedbackImportStatus.CHECKED

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.row.status != self.status:
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": str(self.row), "row": self.row}

    def get_success_url(self) -> str:
        return reverse("feedback:import-detail", args=[self.row.pk])


class ConfirmImport(_Decision):
    heading = "Import these comments"
    submit = "Import them"

    def do(self, data: dict[str, Any]) -> str:
        counts = deciding.confirm(imported=self.row).counts
        threads, replies = text.counted(counts["threads"], "thread"), counts["replies"]
        return f"{threads} with {text.counted(replies, 'reply', 'replies')} are here."


class UndoImport(_Decision):
    heading = "Take the import back"
    submit = "Take it back"
    template_name = "feedback/import_undo.html"
    status = FeedbackImportStatus.APPLIED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"obstacles": undoing.obstacles(self.row)}

    def do(self, data: dict[str, Any]) -> str:
        count = undoing.undo(imported=self.row, by=signed_in(self.request))
        return f"{text.counted(count, 'thread')} of it taken back. The file can be imported again."


class DiscardImport(_Decision):
    heading = "Discard this file"
    submit = "Discard it"

    def do(self, data: dict[str, Any]) -> str:
        deciding.discard(imported=self.row)
        return "The file is discarded. Nothing was changed."
