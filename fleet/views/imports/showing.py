"""One file: what it does or did, row by row, to look at, to download, and to decide on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from fleet.errors import Invalid
from fleet.models import Import, ImportLine, UsageBatch, User
from fleet.models.imports import ASKING
from fleet.services.imports.kinds import KINDS
from fleet.views.imports.downloads import download
from fleet.views.imports.lists import kind_title
from fleet.views.imports.telling import changes, told
from fleet.vocabulary import ImportOutcome, ImportStatus
from fleet.web import cursors, status, text
from fleet.web.filters import address
from fleet.web.keyset import Keyset, Order
from fleet.web.pages import Pages
from fleet.web.pages import pages as page_links
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table

LINES_A_PAGE = 100
ORDER = Order(("number",))


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading; `count` is of rows of the file."""

    key: str
    title: str
    which: Q
    tone: str = ""


SECTIONS = (
    Section("created", "Created", Q(outcome=ImportOutcome.CREATED)),
    Section("changed", "Changed", Q(outcome=ImportOutcome.CHANGED)),
    Section("moved", "Moved", Q(is_move=True)),
    Section("ended", "Ended", Q(outcome=ImportOutcome.ENDED), "warning"),
    Section("rejected", "Rejected", Q(outcome=ImportOutcome.REJECTED), "warning"),
    Section("warnings", "Warnings", Q(outcome=ImportOutcome.WARNING), "warning"),
)
FIGURES = {"warnings": "warned"}


@require_safe
def import_detail(request: HttpRequest, pk: Any) -> HttpResponseBase:
    user = signed_in(request)
    people = ("made_by", "confirmed_by", "undone_by")
    rows = Import.objects.visible_to(user).select_related("organisation", *people)
    found = get_object_or_404(rows.defer("content"), pk=pk)
    section = _section_of(request, found)
    if request.GET.get("format") == "csv":
        return download(found, section.key, found.lines.filter(section.which))
    return render(request, "fleet/import_detail.html", _context(request, found, section, user))


def _context(request: HttpRequest, found: Import, section: Section, user: User) -> dict[str, Any]:
    may = found.may_be_decided_by(user)
    shown, pages = _cut(request, found.lines.filter(section.which))
    return {
        "row": found,
        "heading": str(found),
        "title": kind_title(found),
        "facts": _facts(found),
        "cards": _cards(found),
        "section": section,
        "pages": pages,
        "table": _table(found, section, shown),
        "csv_url": address(request.GET, show=section.key, format="csv", after=None, before=None),
        "may": may,
        "may_map": may and found.is_bill and found.status in ASKING and not found.is_working,
        "is_asking": may and found.status == ImportStatus.CHECKED,
        "does_something": found.created + found.changed + found.ended > 0,
        "log_url": _log_url(found, user),
    }


def _cut(request: HttpRequest, rows: QuerySet[ImportLine]) -> tuple[list[ImportLine], Pages]:
    """The lines of the page that the address asks for, and the way to its neighbours."""
    keyset = Keyset(rows, ORDER)
    try:
        cut = keyset.page(LINES_A_PAGE, **cursors.positions(keyset, request.GET))
    except Invalid as error:
        raise Http404 from error
    found = rows.in_bulk(cut.keys)
    return [found[key] for key in cut.keys], page_links(request.GET, cursors.links(keyset, cut))


def _section_of(request: HttpRequest, found: Import) -> Section:
    """What the address asks for; else what a person should look at first."""
    asked = request.GET.get("show")
    if asked:
        section = next((one for one in SECTIONS if one.key == asked), None)
        if section is None:
            raise Http404
        return section
    order = ("rejected", "ended", "warnings", "changed", "created")
    filled = [key for key in order if getattr(found, FIGURES.get(key, key))]
    return next(one for one in SECTIONS if one.key == (filled[0] if filled else "created"))


def _cards(found: Import) -> list[Stat]:
    """The sections' numbers, and how many rows stay as they are."""
    moved = found.lines.filter(is_move=True).count()
    counts = {one.key: getattr(found, FIGURES.get(one.key, one.key), moved) for one in SECTIONS}
    hidden = {key for key in ("moved", "ended") if not counts[key]}
    cards = [
        Stat(
            text.number(counts[one.key]),
            one.title.lower(),
            f"?show={one.key}" if counts[one.key] else "",
            one.tone if counts[one.key] else "",
        )
        for one in SECTIONS
        if one.key not in hidden
    ]
    return [*cards, Stat(text.number(found.unchanged), "unchanged")]


def _facts(found: Import) -> list[SummaryRow]:
    complete = f"As of {text.day(found.complete_on)}" if found.complete_on else ""
    rows = [
        SummaryRow("State", status.tag(found.status, found.get_status_display())),
        SummaryRow("Organisation", str(found.organisation)),
        SummaryRow("Brought in", _by(found.made_at, found.made_by)),
        SummaryRow("Whole list", complete),
        *(_bill_facts(found) if found.is_bill else ()),
        SummaryRow("Size", text.size(found.size_bytes)),
        SummaryRow("Confirmed", _by(found.confirmed_at, found.confirmed_by)),
        SummaryRow("Applied", found.applied_at),
        SummaryRow("Undone", _by(found.undone_at, found.undone_by)),
        SummaryRow("What went wrong", found.error),
    ]
    return [row for row in rows if row.value]


def _bill_facts(found: Import) -> list[SummaryRow]:
    """Whose bill it is, and what stays of the file."""
    batch = UsageBatch.objects.filter(file=found).first()
    if batch is None:
        return []
    span = batch.period_start and batch.period_end
    period = f"{text.day(batch.period_start)} to {text.day(batch.period_end)}" if span else "By its rows"  # type: ignore[arg-type]
    return [
        SummaryRow("Carrier", batch.carrier),
        SummaryRow("Billing month", period),
        SummaryRow("SHA-256 of the file", batch.digest),
    ]


def _by(at: dt.datetime | None, who: User | None) -> str:
    return f"{text.moment(at)}{f', by {who}' if who else ''}" if at else ""


def _log_url(found: Import, user: User) -> str:
    """All that it did, in the change log, for those who may read that."""
    if not found.applied_at or not user.access.may("history.view", organisation_id=found.organisation_id):
        return ""
    return f"{reverse('fleet:change-log')}?request={found.pk}"


def _table(found: Import, section: Section, shown: list[ImportLine]) -> Table:
    kind = KINDS.get(found.kind)
    page = "fleet:line-detail" if found.is_bill else kind.url_name if kind else ""
    is_told = section.key in ("rejected", "warnings")

    def what(line: ImportLine) -> SafeString:
        return told(kind, line) if is_told else changes(kind, line)

    def what_of(line: ImportLine) -> str:
        """Of a bill's row that was not read, nobody can say whose it is."""
        whole = "The whole file" if not line.number else "Whose line, nobody can tell"
        return line.name or (whole if found.is_bill else "")

    def link(line: ImportLine) -> str:
        is_there = line.row_id and page and found.status != ImportStatus.UNDONE
        return reverse(page, args=[line.row_id]) if is_there else ""

    columns = (
        Column(
            key="number",
            title="Row",
            is_numeric=True,
            value=lambda line: str(line.number or "Not in the file"),
        ),
        Column(key="name", title="What", value=what_of, link=link, empty="Not named"),
        Column(key="details", title="Why" if is_told else "What changes", value=what),
    )
    return Table(columns=columns, rows=shown, caption=section.title, is_caption_hidden=True)
