"""Programmes: the list, and one programme's page, which answers whether it is on plan."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from fleet.models import User
from fleet.vocabulary import WorkStyle
from fleet.web.exports import csv_response
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to
from rollouts.filters import ProgrammeFilter
from rollouts.models import Entitlement, PlatformMinimum, Programme
from rollouts.views.changes import change_log
from rollouts.views.frame import visible_programme
from rollouts.views.plan import PlanReport
from rollouts.views.shown import link
from rollouts.views.tranche_rows import tranche_table
from rollouts.vocabulary import TrancheState


class ProgrammeList(ListPage):
    model = Programme
    filterset_class = ProgrammeFilter
    template_name = "rollouts/programme_list.html"
    heading = "Programmes"
    nouns = ("programme", "programmes")
    default_sort = "-starts_on"
    permissions = ("rollouts.view",)
    columns = (
        Column(key="name", title="Programme", link=to("rollouts:programme-detail")),
        Column(key="code", title="Code"),
        Column(key="organisation", title="Organisation", value="organisation.name", csv="organisation__code"),
        Column(key="starts_on", title="Starts"),
        Column(key="ends_on", title="Ends"),
        Column(key="goal_quantity", title="To hand out", is_numeric=True),
        Column(key="tranche_count", title="Tranches", is_numeric=True),
    )

    def get_queryset(self) -> QuerySet[Programme]:
        visible = Programme.objects.visible_to(signed_in(self.request))
        return visible.select_related("organisation").with_tranche_count()

    def get_context_data(self) -> dict[str, Any]:
        may_plan = bool(signed_in(self.request).access.whole_organisation_ids("rollouts.plan"))
        return super().get_context_data() | {"may_plan": may_plan}


def _who(entitlement: Entitlement) -> str:
    """The people whom an entitlement is for."""
    styles = [WorkStyle(style).label.lower() for style in entitlement.work_styles]
    roles = ", ".join(entitlement.job_roles) or "Everybody"
    return f"{roles}; {' or '.join(styles)} workers" if styles else roles


def _actions(name: str) -> Column:
    """A column with links that change and delete the row."""

    def to_verb(row: Entitlement | PlatformMinimum, verb: str) -> SafeString:
        words = format_html('{}<span class="govuk-visually-hidden"> {}</span>', verb.capitalize(), row)
        return link(reverse(f"rollouts:{name}-{verb}", args=[row.pk]), words)

    def links(row: Entitlement | PlatformMinimum) -> SafeString:
        return format_html("{} {}", to_verb(row, "edit"), to_verb(row, "delete"))

    return Column(key="actions", title="Action", value=links)


ENTITLEMENTS = (
    Column(key="user_case", title="User case"),
    Column(key="device_model", title="Device model"),
    Column(key="who", title="For", value=_who),
    Column(key="priority", title="Priority", is_numeric=True),
)
MINIMUMS = (
    Column(key="platform", title="Platform"),
    Column(key="version", title="Lowest version"),
)


def _courses(programme: Programme) -> str:
    return ", ".join(map(str, programme.required_courses.all())) or "None asked for"


def thresholds(programme: Programme) -> list[SummaryRow]:
    return [
        SummaryRow("Double touch", f"within {programme.double_touch_weeks} weeks of a site’s closure"),
        SummaryRow("Seen by its MDM", f"within {programme.seen_within_days} days"),
        SummaryRow("MDM facts are stale", f"after {programme.facts_stale_after_days} days"),
        SummaryRow("Network per head", f"{programme.network_mbps_per_head} Mbit/s"),
        SummaryRow("Classification where a person’s is not known", programme.classification),
        SummaryRow("Training and briefings", _courses(programme)),
    ]


def _parts(programme: Programme, user: User, *, may_plan: bool) -> dict[str, Any]:
    """What is planned in the programme, with links to change it for those who may."""
    entitlements = (*ENTITLEMENTS, _actions("entitlement")) if may_plan else ENTITLEMENTS
    minimums = (*MINIMUMS, _actions("minimum")) if may_plan else MINIMUMS
    return {
        "may_plan": may_plan,
        "entitlements": Table(
            columns=entitlements,
            rows=list(programme.entitlements.select_related("device_model")),
            caption="Who is entitled to what",
        ),
        "minimums": Table(
            columns=minimums, rows=list(programme.minimums.all()), caption="Lowest versions handed out"
        ),
        "thresholds": thresholds(programme),
        "tranches": tranche_table(programme, user),
    }


@require_safe
def programme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    programme = visible_programme(user, pk)
    may_plan = programme.organisation_id in user.access.whole_organisation_ids("rollouts.plan")
    shown = {
        "programme": programme,
        "plan": PlanReport(programme, user),
        **_parts(programme, user, may_plan=may_plan),
        "may_delete": may_plan and not programme.tranches.exclude(state=TrancheState.DRAFT).exists(),
        **change_log(request, programme, programme),
    }
    return render(request, "rollouts/programme_detail.html", shown)


@require_safe
def programme_curve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Planned, actual and forecast handovers by week, as CSV."""
    user = signed_in(request)
    programme = visible_programme(user, pk)
    table = PlanReport(programme, user).figure.table
    return csv_response(table.columns, table.rows, f"{programme.code}-handovers")
