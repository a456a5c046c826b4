"""The list of bulk changes; the page, the files and the undoing of one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views import View

from fleet.errors import FleetError
from fleet.filters.bulk import BulkChangeFilter
from fleet.models import BulkChange
from fleet.services import bulk
from fleet.services.bulk.telling import Told, coming, left_out, made
from fleet.services.undo import Plan
from fleet.tasks import wake_bulk
from fleet.views import bulk_shown as shown
from fleet.views.facts import VisibleRow
from fleet.web.exports import csv_response
from fleet.web.lists import ListPage
from fleet.web.requests import asked_in, signed_in
from fleet.web.tables import Column, to


class BulkChangeList(ListPage):
    model = BulkChange
    filterset_class = BulkChangeFilter
    heading = "Bulk changes"
    nouns = ("bulk change", "bulk changes")
    default_sort = "-made_at"
    permissions = ("history.view", "custody.record", "devices.change", "people.change")
    empty_text = "Tick rows on the list of devices or people, or narrow it, and choose what to change."
    columns = (
        Column(
            key="value_words",
            title="Change",
            link=to("fleet:bulk-change-detail"),
        ),
        Column(key="subject", title="Of what"),
        Column(key="filter_words", title="Which"),
        Column(
            key="made_by",
            title="Made by",
            value=lambda change: str(change.made_by or ""),
            csv="made_by__email",
            empty="Somebody who is gone",
        ),
        Column(key="made_at", title="When"),
        Column(key="changed", title="Changed", is_numeric=True),
        Column(key="left_out", title="Left out", is_numeric=True, csv=lambda change: change.left_out),
        Column(
            key="state",
            title="State",
            value=shown.state,
            csv="status",
        ),
        Column(key="request_id", title="request_id", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[BulkChange]:
        return super().get_queryset().select_related("made_by")


class BulkChangePage(VisibleRow, View):
    """One that waits for its maker shows what it would do, one that was made what it did."""

    model = BulkChange

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("made_by", "undone_by", "organisation")

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        change, user = self.row, signed_in(request)
        if change.is_working:
            return self.progress(change)
        if change.done_at is None:
            return self.ask(change)
        first = list(made(change, by=user, most=shown.PREVIEW))
        reasons = bulk.Check(0, [bulk.Entry(None, why, str(key)) for key, why in change.left]).reasons
        columns = (Column(key="before", title="Before", value="now"), shown.AFTER)
        context = {
            "row": change,
            "heading": change.value_words,
            "facts": shown.facts(change, user),
            "reasons": reasons,
            "table": shown.preview(change, first, "First of those changed", *columns) if first else None,
            "undo_url": self.undo_url(change),
            "list_url": shown.list_address(change.subject, change.address),
        }
        return render(request, "fleet/bulk_change_detail.html", context)

    def progress(self, change: BulkChange) -> HttpResponse:
        context = {
            "row": change,
            "heading": change.value_words,
            "rows": shown.counted(change.subject, change.changed if change.done_at else change.matched),
            "list_url": shown.list_address(change.subject, change.address),
        }
        return render(self.request, "fleet/bulk_change_progress.html", context)

    def undo_url(self, change: BulkChange) -> str:
        is_open = bulk.may_undo(change, signed_in(self.request)) and change.undone < change.changed
        return reverse("fleet:bulk-change-undo", args=[change.pk]) if is_open else ""

    def ask(self, change: BulkChange) -> HttpResponse:
        user = signed_in(self.request)
        try:
            check = bulk.check_of(change, by=user)
        except FleetError as error:
            messages.error(self.request, str(error))
            return HttpResponseRedirect(shown.list_address(change.subject, change.address))
        return render(self.request, "fleet/bulk_check.html", shown.check_context(change, check))


class Rows(VisibleRow, View):
    """Those affected, or those left out, as CSV."""

    model = BulkChange
    is_left: ClassVar[bool] = False

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        change = self.row
        columns = [
            *shown.named(change.subject),
            *((shown.LINE, shown.WHY) if self.is_left else (shown.NOW, shown.AFTER)),
        ]
        return csv_response(columns, self.rows(change), "left-out" if self.is_left else "changed")

    def rows(self, change: BulkChange) -> Any:
        user = signed_in(self.request)
        if change.done_at is not None:
            return left_out(change, change.left, by=user) if self.is_left else made(change, by=user)
        check = bulk.check_of(change, by=user)
        if self.is_left:
            return left_out(change, [(entry.key, entry.outcome) for entry in check.left], by=user)
        return coming(change, check)


class UndoBulkChange(VisibleRow, View):
    """Says how many go back and which do not and why; then takes back what can go back."""

    model = BulkChange

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("organisation")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not bulk.may_undo(self.row, signed_in(request)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        change = self.row
        plan = bulk.plan_undo(change=change, by=signed_in(request))
        context = {
            "row": change,
            "heading": self.heading(plan),
            "plan": plan,
            "going_back": shown.counted(change.subject, plan.going_back),
            "staying": shown.counted(change.subject, len(plan.kept)),
            "reasons": plan.reasons.items(),
            "table": self.staying(plan) if plan.kept else None,
            "cancel_url": reverse("fleet:bulk-change-detail", args=[change.pk]),
        }
        return render(request, "fleet/bulk_change_undo.html", context)

    def heading(self, plan: Plan) -> str:
        count = shown.counted(self.row.subject, plan.going_back)
        return f"Take back {count}?" if plan.going_back else "Nothing can be taken back"

    def staying(self, plan: Plan) -> Any:
        manager: Any = bulk.verb_for(self.row).model._default_manager
        first = plan.kept[: shown.PREVIEW]
        rows = manager.visible_to(signed_in(self.request)).in_bulk([one.pk for one in first])
        told = [Told(rows.get(one.pk), why=one.why, line=f"Number {one.pk}") for one in first]
        return shown.preview(self.row, told, "First of those that stay", shown.WHY)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        change = self.row
        try:
            plan = bulk.undo_change(change=change, by=signed_in(request), **asked_in(request))
        except FleetError as error:
            messages.error(request, str(error))
            return redirect("fleet:bulk-change-detail", pk=change.pk)
        if plan is None:
            wake_bulk(change.pk)
            return redirect("fleet:bulk-change-detail", pk=change.pk)
        messages.success(request, self.done(plan))
        return HttpResponseRedirect(shown.list_address(change.subject, change.address))

    def done(self, plan: Plan) -> str:
        change = self.row
        words = "stays as it is" if len(plan.kept) == 1 else "stay as they are"
        stay = f" {shown.counted(change.subject, len(plan.kept))} {words}." if plan.kept else ""
        url = reverse("fleet:bulk-change-detail", args=[change.pk])
        return format_html(
            '{} put back.{} <a class="govuk-notification-banner__link" href="{}">See the change</a>',
            shown.counted(change.subject, plan.going_back),
            stay,
            url,
        )
