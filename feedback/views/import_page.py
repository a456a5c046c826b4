"""The page of one import of comments: what the file would do, or what became of it, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from feedback.models import FeedbackImport
from feedback.models.saying import is_day
from feedback.services.importing.answered import answers_of
from feedback.services.importing.reports import Found, Report, read_report
from feedback.views.threads import raised_on, raised_on_iso
from feedback.vocabulary import FeedbackImportStatus
from fleet.views.facts import VisibleRow
from fleet.web import text
from fleet.web.exports import csv_response
from fleet.web.parts import Stat, SummaryRow
from fleet.web.tables import Column, Table, to

MOST_SHOWN = 200
# Key of a count, its words, and the section that has its rows.
CARDS = (
    ("threads", "threads", "threads"),
    ("replies", "replies", ""),
    ("official", "of these official", ""),
    ("changed", "changed", "changed"),
    ("unchanged", "as they were", ""),
    ("refused", "rows not taken", "refused"),
)


def said(found: Found) -> str:
    """A day where the file names no time."""
    if found.at is None:
        return ""
    return text.day(found.at) if is_day(found.at) else text.moment(found.at)


def said_iso(found: Found) -> Any:
    if found.at is None:
        return None
    local = timezone.localtime(found.at)
    return local.date() if is_day(local) else local


REFUSED = (
    Column(key="number", title="Row", is_numeric=True),
    Column(key="column", title="Column", empty="The row"),
    Column(key="reason", title="What to do"),
)
CHANGED = (
    Column(key="number", title="Row", is_numeric=True),
    Column(key="id", title="Comment"),
    Column(key="columns", title="Columns that tell otherwise"),
)
FOUND = (
    Column(key="title", title="Thread"),
    Column(key="topic", title="Topic", empty="Suggested from the text"),
    Column(key="author", title="By", empty="Not known"),
    Column(key="posted_at", title="Said", value=said, csv=said_iso, empty="Not known"),
)
ANSWERED = (
    Column(key="title", title="Thread", link=to("feedback:thread-detail", "thread_id")),
    Column(key="topic", title="Topic", empty="None"),
    Column(key="author", title="By", empty="Not known"),
    Column(key="raised_at", title="Raised", value=raised_on, csv=raised_on_iso, empty="Not known"),
    Column(key="posts", title="Replies", is_numeric=True),
    Column(key="role", title="Answered by", empty="Never answered"),
    Column(key="days", title="Working days to the answer", is_numeric=True, empty="Not known"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one sort: the first of them on the page, all of them as `key`.csv."""

    key: str
    heading: str
    columns: Sequence[Column]
    rows: Sequence[Any]

    @property
    def table(self) -> Table:
        shown = self.rows[:MOST_SHOWN]
        return Table(columns=self.columns, rows=shown, caption=self.heading, is_caption_hidden=True)

    @property
    def left(self) -> int:
        return max(len(self.rows) - MOST_SHOWN, 0)


class ImportPage(VisibleRow, View):
    model = FeedbackImport

    def get_queryset(self) -> QuerySet[FeedbackImport]:
        found: QuerySet[FeedbackImport] = super().get_queryset().defer("content")
        return found

    def get(self, request: HttpRequest, **_kwargs: Any) -> Any:
        row, report = self.row, read_report(self.row.report)
        sections = _sections(row, report)
        if request.GET.get("format") == "csv":
            asked = request.GET.get("show", "threads")
            section = next((one for one in sections if one.key == asked), sections[-1])
            return csv_response(section.columns, section.rows, section.key)
        context = {
            "row": row,
            "report": report,
            "does": any(row.counts.get(name) for name in ("threads", "replies", "changed")),
            "cards": _cards(row.counts, {one.key for one in sections if one.rows}),
            "facts": _facts(row),
            "sections": [one for one in sections if one.rows],
        }
        return render(request, "feedback/import_detail.html", context)


def _sections(row: FeedbackImport, report: Report) -> list[Section]:
    is_waiting = row.status == FeedbackImportStatus.CHECKED
    threads = (
        Section("threads", "Threads that it would add", FOUND, report.threads)
        if is_waiting
        else Section("threads", "Threads that it brought", ANSWERED, answers_of(row))
    )
    changed = "Comments that it would change" if is_waiting else "Comments that it changed"
    return [
        Section("refused", "Rows that are not taken in", REFUSED, report.refused),
        Section("changed", changed, CHANGED, report.changed),
        threads,
    ]


def _cards(counts: dict[str, Any], shown: set[str]) -> list[Stat]:
    """Each leads to its rows where the page has them."""
    return [
        Stat(text.number(counts.get(name, 0)), label, f"#{section}" if section in shown else "")
        for name, label, section in CARDS
    ]


def _facts(row: FeedbackImport) -> list[SummaryRow]:
    return [
        SummaryRow("Organisation", str(row.organisation)),
        SummaryRow("File", row.name),
        SummaryRow("SHA-256", row.digest),
        SummaryRow("Taken in", f"{text.moment(row.created_at)}, by {row.by or 'a command'}"),
    ]
