"""Bringing in comments from elsewhere: choose a file, look through what it would do, take it in."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from feedback.filters import FeedbackImportFilter
from feedback.forms.importing import ImportForm
from feedback.models import FeedbackImport
from feedback.services.importing import deciding, undoing
from feedback.services.importing.answered import answers_of
from feedback.services.importing.comments import COLUMNS, Refused
from feedback.vocabulary import FeedbackImportStatus
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web import text
from fleet.web.exports import csv_response
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

PERMISSION = "feedback.moderate"
MOST_SHOWN = 200
REFUSED = (
    Column(key="number", title="Row", is_numeric=True),
    Column(key="column", title="Column", empty="The row"),
    Column(key="reason", title="What to do"),
)
FOUND = (
    Column(key="title", title="Thread"),
    Column(key="topic", title="Topic", empty="Suggested from the text"),
    Column(key="author", title="By", empty="Not known"),
    Column(key="posted_at", title="Said", empty="Not known"),
)
ANSWERED = (
    Column(key="title", title="Thread", link=to("feedback:thread-detail", "thread_id")),
    Column(key="topic", title="Topic", empty="None"),
    Column(key="author", title="By", empty="Not known"),
    Column(key="raised_at", title="Raised", empty="Not known"),
    Column(key="posts", title="Replies", is_numeric=True),
    Column(key="role", title="Answered by", empty="Never answered"),
    Column(key="days", title="Working days to the answer", is_numeric=True, empty="Not known"),
)


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
        return cast(QuerySet[FeedbackImport], rows.select_related("by").defer("content"))


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


class ImportPage(VisibleRow, View):
    """What a file would do, or what became of it."""

    model = FeedbackImport

    def get(self, request: HttpRequest, **_kwargs: Any) -> Any:
        row = self.row
        refused, context = self._waiting() if row.content is not None else self._decided()
        if request.GET.get("format") == "csv":
            return self._csv(request.GET.get("show", ""), refused, context)
        table = Table(
            columns=REFUSED,
            rows=refused[:MOST_SHOWN],
            caption="Rows that are not taken in",
            is_caption_hidden=True,
        )
        shown = {
            "row": row,
            "cards": _cards(context["counts"]),
            "facts": _facts(row),
            "refused": table,
            "refused_left": max(len(refused) - MOST_SHOWN, 0),
        }
        return render(request, "feedback/import_detail.html", context | shown)

    def _waiting(self) -> tuple[list[Refused], dict[str, Any]]:
        sheet, plan = deciding.checked(self.row)
        rows = [placed.comment for placed in plan.threads]
        found = [{"title": one.title or one.body, **_told(one)} for one in rows]
        table = Table(
            columns=FOUND,
            rows=found[:MOST_SHOWN],
            caption="Threads that it would add",
            is_caption_hidden=True,
        )
        does = bool(plan.new or plan.changed)
        return plan.refused, {
            "counts": plan.counts,
            "rows": found,
            "table": table,
            "does": does,
            "unknown": sheet.unknown,
        }

    def _decided(self) -> tuple[list[Refused], dict[str, Any]]:
        counts = self.row.counts
        refused = [Refused(*one) for one in counts.get("refused_rows", [])]
        answers = answers_of(self.row)
        table = Table(
            columns=ANSWERED,
            rows=answers[:MOST_SHOWN],
            caption="Threads that it brought",
            is_caption_hidden=True,
        )
        return refused, {"counts": counts, "table": table, "rows": answers}

    def _csv(self, show: str, refused: list[Refused], context: dict[str, Any]) -> Any:
        if show == "refused":
            return csv_response(REFUSED, refused, "rows-not-taken")
        return csv_response(
            context["table"].columns, context.get("answers", context["table"].rows), "threads"
        )


def _told(comment: Any) -> dict[str, Any]:
    return {"topic": comment.topic, "author": comment.author, "posted_at": comment.posted_at}


def _cards(counts: dict[str, Any]) -> list[Stat]:
    names = ("threads", "replies", "official", "changed", "unchanged", "refused")
    labels = ("threads", "replies", "of these official", "changed", "as they were", "rows not taken")
    return [Stat(text.number(counts.get(name, 0)), label) for name, label in zip(names, labels, strict=True)]


def _facts(row: FeedbackImport) -> list[SummaryRow]:
    return [
        SummaryRow("Organisation", str(row.organisation)),
        SummaryRow("File", row.name),
        SummaryRow("SHA-256", row.digest),
        SummaryRow("Taken in", f"{text.moment(row.created_at)}, by {row.by or 'a command'}"),
    ]


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
