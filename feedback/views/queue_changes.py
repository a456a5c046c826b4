"""What was done to many threads at once: listed, and taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from feedback.filters import QueueChangeFilter
from feedback.models import QueueChange, Thread
from feedback.services import queue_changes
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web import text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column

FIRST = 10


def state(change: QueueChange) -> str:
    if change.undone_at is None:
        return "Done"
    return f"{text.number(change.undone)} put back, {text.day(change.undone_at)}"


def undo_url(change: QueueChange) -> str:
    return "" if change.undone_at else reverse("feedback:queue-change-undo", args=[change.pk])


class QueueChangeList(ListPage):
    model = QueueChange
    filterset_class = QueueChangeFilter
    heading = "Done to several threads"
    nouns = ("change of several threads", "changes of several threads")
    default_sort = "-made_at"
    permissions = ("feedback.respond",)
    empty_text = "Tick threads in the queue, and acknowledge, assign or merge them: it is taken back here."
    columns = (
        Column(key="words", title="What was done", link=undo_url),
        Column(key="threads", title="Threads", is_numeric=True),
        Column(key="made_by", title="By", csv="made_by__email", empty="Somebody who is gone"),
        Column(key="made_at", title="When"),
        Column(key="state", title="State", value=state, csv=lambda change: change.undone_at),
        Column(key="undone", title="Put back", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[QueueChange]:
        return super().get_queryset().select_related("made_by").defer("rows")


class UndoQueueChange(VisibleRow, FactsForm):
    """Says how many go back and which do not; then takes back what can go back."""

    model = QueueChange
    form_class = GovukForm
    template_name = "feedback/queue_change_undo.html"
    heading = "Take it back"
    submit = "Take it back"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.row.undone_at or not queue_changes.may_undo(self.row, signed_in(request)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = set(queue_changes.going_back(self.row))
        staying = [row["id"] for row in self.row.rows if row["id"] not in back]
        return super().get_context_data(**kwargs) | {
            "name": str(self.row),
            "row": self.row,
            "count": len(back),
            "staying": len(staying),
            "first": Thread.objects.filter(pk__in=staying).order_by("title")[:FIRST],
        }

    def do(self, data: dict[str, Any]) -> str:
        back = queue_changes.undo(change=self.row, by=signed_in(self.request))
        return f"{text.counted(len(back), 'thread')} put back."

    def get_success_url(self) -> str:
        return reverse("feedback:queue-change-list")
