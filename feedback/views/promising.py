"""Commitments: made on a thread, listed for everybody, followed against the fleet's own figures."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views import View

from feedback.filters import CommitmentFilter
from feedback.forms.promising import CommitmentForm, WithdrawForm
from feedback.measures import Measure, measure_of, offered
from feedback.models import Commitment, CommitmentReading, Thread
from feedback.services import promising
from feedback.services.answering import PERMISSION
from feedback.vocabulary import CommitmentState
from fleet.errors import Invalid
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web import status, text
from fleet.web.charts import Figure, Limit, Plot, Series, line
from fleet.web.exports import csv_response
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

READINGS = (
    Column(key="day", title="Day"),
    Column(key="part", title="Reached", is_numeric=True),
    Column(key="whole", title="Of (n)", is_numeric=True),
    Column(
        key="percent",
        title="Share (%)",
        value=lambda one: "" if one.percent is None else f"{one.percent:.1f}",
        is_numeric=True,
    ),
)


def last_share(commitment: Any) -> str:
    if commitment.last_day is None:
        return ""
    return text.share(commitment.last_part, commitment.last_whole)


class CommitmentList(ListPage):
    model = Commitment
    filterset_class = CommitmentFilter
    heading = "Commitments"
    nouns = ("commitment", "commitments")
    default_sort = "due_on"
    permissions = ("feedback.view",)
    empty_text = "A technology lead makes one on a thread: a measure, a target and a day. It ends by itself."
    columns = (
        Column(key="text", title="What is promised", link=to("feedback:commitment-detail")),
        Column(key="target_percent", title="Target (%)", is_numeric=True),
        Column(key="due_on", title="By the end of"),
        Column(key="now", title="Last reading", value=last_share, empty="None yet"),
        Column(key="last_day", title="Read on", empty="Not yet"),
        Column(key="state", title="State", is_status=True),
        Column(
            key="thread", title="Thread", value="thread.title", link=to("feedback:thread-detail", "thread_id")
        ),
        Column(key="organisation", title="Organisation", csv="organisation__code", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[Commitment]:
        return with_last(super().get_queryset()).select_related("thread", "organisation")


def with_last(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Adds `last_day`, `last_part` and `last_whole` of the newest reading."""
    newest = CommitmentReading.objects.filter(commitment=OuterRef("pk")).order_by("-day")
    found = {name: Subquery(newest.values(name)[:1]) for name in ("day", "part", "whole")}
    last: QuerySet[Any] = rows.annotate(**{f"last_{name}": column for name, column in found.items()})
    return last


class CommitmentPage(VisibleRow, View):
    model = Commitment

    def get_queryset(self) -> QuerySet[Commitment]:
        rows = super().get_queryset()
        return rows.select_related("organisation", "site", "thread", "made_by", "post__author")

    def get(self, request: HttpRequest, **_kwargs: Any) -> Any:
        row: Commitment = self.row
        readings = list(row.readings.order_by("day"))
        if request.GET.get("format") == "csv":
            return csv_response(READINGS, readings, "commitment")
        may = signed_in(request).access.may(PERMISSION, organisation_id=row.organisation_id)
        context = {
            "row": row,
            "facts": facts_of(row, readings, signed_in(request)),
            "figure": figure_of(row, readings),
            "table": Table(columns=READINGS, rows=readings[::-1], caption="Readings", is_caption_hidden=True),
            "may_withdraw": may and row.state == CommitmentState.OPEN,
        }
        return render(request, "feedback/commitment_detail.html", context)


def facts_of(row: Commitment, readings: list[CommitmentReading], user: Any) -> list[SummaryRow]:
    measure = measure_of(row.measure)
    last = readings[-1] if readings else None
    where = f"at {row.site}" if row.site else f"in {row.organisation}"
    rows = [
        SummaryRow("State", status.tag(row.state, row.get_state_display())),
        SummaryRow("Measured", f"Share of {measure.words(row.parameters)}, {where}"),
        SummaryRow("Target", f"{row.target_percent.normalize():f}% by the end of {text.day(row.due_on)}"),
        SummaryRow("Last reading", _last(row, last, measure, user)),
        SummaryRow("Decided", text.day(row.decided_on)) if row.decided_on else None,
        SummaryRow("Withdrawn because", row.withdrawn_because) if row.withdrawn_because else None,
        SummaryRow("Made", f"{text.moment(row.made_at)}, by {row.made_by or 'somebody who is gone'}"),
    ]
    return [one for one in rows if one]


def _last(row: Commitment, last: CommitmentReading | None, measure: Measure, user: Any) -> SafeString | str:
    if last is None:
        return "None yet"
    words = f"{text.share(last.part, last.whole)} on {text.day(last.day)}"
    may_open = user.access.may(measure.permission, organisation_id=row.organisation_id)
    url = measure.url(row.organisation, row.site, row.parameters) if may_open else ""
    if not url:
        return words
    return format_html('{} (<a class="govuk-link" href="{}">those who have it now</a>)', words, url)


def figure_of(row: Commitment, readings: list[CommitmentReading]) -> Figure | None:
    """The share at each reading against the target. None before there are two."""
    if len(readings) < 2:
        return None
    first, last = readings[0], readings[-1]
    target = f"Target {row.target_percent.normalize():f}%"
    plot = Plot(
        title=f"{text.share(last.part, last.whole)} on {text.day(last.day)}, "
        f"{text.share(first.part, first.whole)} on {text.day(first.day)}",
        description=f"Share of {measure_of(row.measure).words(row.parameters)}, by day of reading.",
        labels=[f"{one.day.day} {one.day:%b}" for one in readings],
        series=[Series("Share", [round(one.percent or 0, 1) for one in readings])],
        y_title="%",
        x_title="Day of reading",
        limit=Limit(target, float(row.target_percent)),
    )
    source = "Read once a day; before it was promised, from the fleet’s daily counts, one day a week."
    return Figure(draw=line, plot=plot, source=source, points=[one.day for one in readings])


class Commit(VisibleRow, FactsForm):
    """First the measure, as links, then what that measure needs."""

    model = Thread
    form_class = CommitmentForm
    heading = "Make a commitment"
    submit = "Promise it"
    template_name = "feedback/commit.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may(PERMISSION, organisation_id=self.row.organisation_id):
            raise Http404
        if self.measure is None:
            return self._choose()
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Thread]:
        return super().get_queryset().select_related("organisation")

    @cached_property
    def measure(self) -> Measure | None:
        try:
            return measure_of(self.request.GET.get("measure", ""))
        except Invalid:
            return None

    def _choose(self) -> HttpResponse:
        context = {"row": self.row, "measures": offered(), "heading": self.heading}
        return render(self.request, "feedback/commit_measure.html", context)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"measure": self.measure, "thread": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"name": self.row.title, "row": self.row, "measure": self.measure}
        return super().get_context_data(**kwargs) | more

    def form_valid(self, form: Any) -> HttpResponse:
        self.form = form
        return super().form_valid(form)

    def do(self, data: dict[str, Any]) -> str:
        assert self.measure is not None
        promising.commit(
            thread=self.row,
            by=signed_in(self.request),
            text=data["text"],
            measure=self.measure.key,
            parameters=self.form.parameters,
            target_percent=data["target_percent"],
            due_on=data["due_on"],
            site=data.get("site"),
        )
        return "The commitment is made. It is read every day from now on."

    def get_success_url(self) -> str:
        return reverse("feedback:thread-detail", args=[self.row.pk])


class WithdrawCommitment(VisibleRow, FactsForm):
    model = Commitment
    form_class = WithdrawForm
    heading = "Withdraw the commitment"
    submit = "Withdraw it"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may(PERMISSION, organisation_id=self.row.organisation_id):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": self.row.text}

    def do(self, data: dict[str, Any]) -> str:
        promising.withdraw(commitment=self.row, by=signed_in(self.request), because=data["because"])
        return "The commitment is withdrawn."

    def get_success_url(self) -> str:
        return reverse("feedback:commitment-detail", args=[self.row.pk])
