"""The change log of what one may see: who did what, grouped by request, across all kinds of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from fleet.forms.history import ChangeLogForm, checked
from fleet.models import Pruning, User
from fleet.services import access_log
from fleet.services.change_log import PAGE, Change, Entry
from fleet.services.change_pages import with_pages
from fleet.services.change_search import Asked, Counted, Place, counts, every, number, place_of, search
from fleet.web.exports import csv_response
from fleet.web.filters import address, chosen
from fleet.web.requests import signed_in
from fleet.web.tables import Column

# How many kinds the line above a request's changes names.
KINDS_NAMED = 3
COLUMNS = (
    Column(key="at", title="When", value=lambda line: line[0].at),
    Column(key="kind", title="Kind", value=lambda line: line[0].kind),
    Column(key="object", title="Object", value=lambda line: line[0].subject),
    Column(key="number", title="Number", value=lambda line: line[0].row_id),
    Column(key="action", title="What was done", value=lambda line: line[0].action),
    Column(key="field", title="Field", value=lambda line: line[1].key if line[1] else ""),
    Column(key="before", title="Before", value=lambda line: line[1].before if line[1] else ""),
    Column(key="after", title="After", value=lambda line: line[1].after if line[1] else ""),
    Column(key="by", title="By", value=lambda line: line[0].by),
    Column(key="channel", title="How", value=lambda line: line[0].channel),
    Column(key="request_id", title="Request", value=lambda line: line[0].request_id),
    Column(key="delivery", title="Delivery", value=lambda line: line[0].delivery),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of this page that one request, delivery or command made; `total` is how many it made in all."""

    entries: list[Entry]
    summary: str
    total: int
    url: str

    @property
    def first(self) -> Entry:
        return self.entries[0]


@require_safe
def change_log(request: HttpRequest) -> HttpResponseBase:
    user = signed_in(request)
    if not user.access.may("history.view"):
        raise Http404
    form = ChangeLogForm(request.GET, user=user)
    after = checked(form, request.GET)
    is_csv = request.GET.get("format") == "csv"
    if is_csv and form.is_valid():
        rows = number(form.asked(), by=user)
        access_log.note(request, "changes", rows=rows, filters=_filters(form, request), is_export=True)
        return csv_response(COLUMNS, lines(form.asked(), user), "changes")
    context = _found(request, form, after) if form.is_valid() else {"groups": []}
    shown = sum(len(group.entries) for group in context["groups"])
    access_log.note(request, "changes", rows=shown, filters=_filters(form, request))
    context |= {
        "form": form,
        "may_open_deliveries": user.access.may("mdm.view"),
        "clear_url": reverse("fleet:change-log"),
        "keep_days": settings.CHANGE_LOG_KEEP_DAYS,
        "pruned": Pruning.objects.filter(what="changes").first(),
    }
    return render(request, "fleet/change_log.html", context, status=400 if is_csv else 200)


def _filters(form: ChangeLogForm, request: HttpRequest) -> str:
    return access_log.in_words(form, chosen(form, request.GET)) if form.is_valid() else ""


def lines(asked: Asked, user: User) -> Iterator[tuple[Entry, Change | None]]:
    """One line for each field that changed, and one for each row that was added or deleted."""
    for entry in every(asked, by=user):
        yield from ((entry, change) for change in entry.changes)
        if not entry.changes:
            yield entry, None


def _found(request: HttpRequest, form: ChangeLogForm, after: Place | None) -> dict[str, Any]:
    asked, user = form.asked(), signed_in(request)
    found = with_pages(search(asked, by=user, after=after), by=user)
    older = address(request.GET, before=str(place_of(found[-1])), format=None) if len(found) == PAGE else ""
    return {
        "groups": _groups(found, asked, user),
        "about": found[0].subject if asked.row and found else "",
        "older_url": older,
        "is_later_page": after is not None,
        "chosen": chosen(form, request.GET),
        "csv_url": address(request.GET, format="csv", before=None),
    }


def _groups(found: list[Entry], asked: Asked, user: User) -> list[Group]:
    made = counts(asked, {entry.context for entry in found if entry.context}, by=user)
    groups = []
    for context, members in groupby(found, key=lambda entry: entry.context or entry.number):
        entries, counted = list(members), made.get(str(context), [])
        summary = _summary(counted) or entries[0].action
        total = sum(one.count for one in counted) or len(entries)
        groups.append(Group(entries, summary, total, _whole_of(entries[0], asked)))
    return groups


def _summary(counted: list[Counted]) -> str:
    """“3 devices changed, 1 person added”; of what touched many kinds, the largest."""
    named = [str(one) for one in counted[:KINDS_NAMED]]
    others = sum(one.count for one in counted[KINDS_NAMED:])
    return ", ".join(named) + (f" and {others:,} more" if others else "")


def _whole_of(entry: Entry, asked: Asked) -> str:
    """The address of everything that the request or delivery changed, unless that is what is shown."""
    if entry.request_id and entry.request_id != asked.request:
        return f"{reverse('fleet:change-log')}?{urlencode({'request': entry.request_id})}"
    if entry.delivery and not entry.request_id and entry.delivery != asked.delivery:
        return f"{reverse('fleet:change-log')}?{urlencode({'delivery': entry.delivery})}"
    return ""
