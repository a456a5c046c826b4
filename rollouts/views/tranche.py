"""A tranche: can it go, what keeps it, site by site, and what was done to it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fleet.models import User
from fleet.web.exports import csv_response
from fleet.web.parts import Event
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table
from rollouts.models import Hold, Tranche, TrancheEvent
from rollouts.services.transitions import VERBS, available
from rollouts.views import site_rows
from rollouts.views.changes import change_log
from rollouts.views.check_rows import CheckRow, to_fix
from rollouts.views.frame import frame, tranche_url, visible_tranche
from rollouts.views.readiness import ReadinessReport
from rollouts.views.trend import trend
from rollouts.vocabulary import TrancheState

SITES_SHOWN = 10
# The verbs that have a button on the tranche's page, the next step before others, and where each leads.
BUTTONS = {
    "plan": "tranche-plan",
    "propose": "gate-propose",
    "decide": "tranche-gate",
    "release": "tranche-release",
    "hold": "tranche-hold",
    "start_hypercare": "tranche-start-hypercare",
    "end_hypercare": "tranche-end-hypercare",
    "record_reflection": "tranche-reflect",
    "close": "tranche-close",
    "edit": "tranche-edit",
    "unplan": "tranche-unplan",
    "delete": "tranche-delete",
}
TO_FIX = (
    Column(key="title", title="Check", link=lambda row: row.url),
    Column(key="owner", title="Who fixes it"),
    Column(key="failed", title="Failed", value="result.failed", is_numeric=True),
    Column(key="unknown", title="Unknown", value="result.unknown", is_numeric=True),
    Column(
        key="waived",
        title="Waived",
        value="result.waived",
        link=lambda row: row.waived_url,
        is_numeric=True,
    ),
    Column(key="people", title="People affected", is_numeric=True),
    Column(key="release", title="Fixing this alone releases", is_numeric=True),
)


def buttons(user: User, tranche: Tranche) -> list[tuple[str, str]]:
    """(address, words) of what this person can do to the tranche now."""
    now = available(user, tranche)
    return [(tranche_url(name, tranche), VERBS[verb].label) for verb, name in BUTTONS.items() if verb in now]


def open_hold(tranche: Tranche) -> Hold | None:
    if tranche.state != TrancheState.HELD:
        return None
    return tranche.holds.filter(released_at__isnull=True).select_related("placed_by").first()


def to_fix_table(rows: list[CheckRow]) -> Table:
    return Table(columns=TO_FIX, rows=to_fix(rows), caption="Who fixes what, and what it releases")


def site_table(rows: list[site_rows.SiteRow]) -> Table:
    return Table(columns=site_rows.COLUMNS, rows=rows, caption="Sites, the most blocked first")


@require_safe
def tranche_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    tranche = visible_tranche(user, pk)
    report = ReadinessReport(tranche, user)
    sites = site_rows.site_rows(tranche, user)
    shown = {
        "report": report,
        "hold": open_hold(tranche),
        "buttons": buttons(user, tranche),
        "may_recompute": "recompute" in available(user, tranche),
        "to_fix": to_fix_table(report.checks),
        "trend": trend(tranche, user, by_waiver=report.by_waiver),
        "sites": site_table(sites[:SITES_SHOWN]),
        "site_count": len(sites),
        "sites_url": tranche_url("tranche-sites", tranche),
    }
    return render(request, "rollouts/tranche_detail.html", shown | frame(tranche, "tranche-detail", user))


@require_safe
def tranche_sites(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every site of the tranche; `?format=csv` for a spreadsheet."""
    user = signed_in(request)
    tranche = visible_tranche(user, pk)
    rows = site_rows.site_rows(tranche, user)
    if request.GET.get("format") == "csv":
        return csv_response(site_rows.COLUMNS, rows, f"tranche-{tranche.number}-sites")
    shown = {"table": site_table(rows), "count": len(rows)} | frame(tranche, "tranche-detail", user)
    return render(request, "rollouts/tranche_sites.html", shown)


@require_safe
def tranche_trend(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The figures behind the chart, as CSV."""
    user = signed_in(request)
    tranche = visible_tranche(user, pk)
    figure = trend(tranche, user)
    if figure is None:
        raise Http404
    return csv_response(figure.table.columns, figure.table.rows, f"tranche-{tranche.number}-readiness")


def _event(event: TrancheEvent) -> Event:
    label = VERBS[event.verb].label if event.verb in VERBS else event.verb.replace("_", " ").capitalize()
    moved = [TrancheState(state).label.lower() for state in (event.from_state, event.to_state) if state]
    title = f"{label}: {' to '.join(moved)}" if len({*moved}) > 1 else label
    return Event(title, event.at, by=str(event.actor) if event.actor else "Tranche", detail=event.note)


@require_safe
def tranche_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done to the tranche, step by step, and every change of its own facts."""
    user = signed_in(request)
    tranche = visible_tranche(user, pk)
    events = [_event(event) for event in tranche.events.select_related("actor")]
    shown = {"events": events, **change_log(request, tranche, tranche.programme)}
    return render(request, "rollouts/tranche_history.html", shown | frame(tranche, "tranche-history", user))
