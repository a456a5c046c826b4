"""Today: what needs a decision, whether the programme is on plan, and what is one's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fleet.models import Device, MdmSource, User
from fleet.views.mdm.sources import SourceList
from fleet.web import text
from fleet.web.decisions import Decision, decisions_for
from fleet.web.navigation import Link
from fleet.web.parts import Task
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to
from rollouts.models import Programme, TranchePerson
from rollouts.views.plan import PlanReport
from rollouts.views.tranche_rows import tranche_table

URGENCY = {"overdue": "Overdue", "due_soon": "Due soon", "to_do": "To do"}
DEVICES = (
    Column(key="tag", title="Device", value=str, link=to("fleet:device-detail")),
    Column(key="model_name", title="Model"),
    Column(
        key="issued_at", title="Issued", value=lambda device: device.issued_at and text.day(device.issued_at)
    ),
    Column(key="last_seen", title="Last seen", value="heartbeat.last_seen_at", empty="Not yet"),
)
PLACES = (
    Column(key="tranche", title="Tranche", value="tranche", link=to("rollouts:place-detail")),
    Column(key="entitlement", title="Device", value="entitlement.device_model", empty="Not chosen yet"),
    Column(key="planned_on", title="Handover planned", empty="Not planned yet"),
    Column(key="state", title="State", is_status=True),
)


def as_task(decision: Decision) -> Task:
    """A decision as a line of a task list."""
    due = ""
    if decision.due_on:
        due = f"{'Was due' if decision.urgency == 'overdue' else 'Due'} {text.day(decision.due_on)}"
    return Task(
        decision.what,
        decision.urgency,
        url=decision.url,
        hint=decision.why,
        status_label=URGENCY[decision.urgency],
        due=due,
    )


def chosen_programme(programmes: list[Programme], asked: str) -> Programme | None:
    """The one asked for, else the one that runs now and started last, else the newest."""
    by_id = {str(programme.pk): programme for programme in programmes}
    today = timezone.localdate()
    running = [programme for programme in programmes if programme.starts_on <= today <= programme.ends_on]
    return by_id.get(asked) or next(iter(running or programmes), None)


def _programme(user: User, asked: str) -> dict[str, Any]:
    """The dashboard of one programme, with links to the others."""
    programmes = list(Programme.objects.visible_to(user).select_related("organisation"))
    programme = chosen_programme(programmes, asked)
    if programme is None:
        return {}
    choices = [
        Link(one.name, f"?programme={one.pk}", "page" if one == programme else "") for one in programmes
    ]
    return {
        "programme": programme,
        "programmes": choices if len(choices) > 1 else [],
        "plan": PlanReport(programme, user),
        "tranches": tranche_table(programme, user),
    }


def _own(user: User) -> dict[str, Any]:
    """What a member of staff has, and when they get what is next."""
    devices = Device.objects.filter(holder__user=user).select_related("model", "heartbeat")
    places = TranchePerson.objects.filter(staff_member__user=user).select_related(
        "tranche", "entitlement__device_model"
    )
    return {
        "own_devices": Table(columns=DEVICES, rows=list(devices), caption="Your devices"),
        "own_places": Table(columns=PLACES, rows=list(places), caption="Your place in a rollout"),
        "is_staff_member": user.staff_records.exists(),
    }


def _sources(user: User) -> dict[str, Any]:
    """Whether data is arriving, for those who keep the MDM sources."""
    if not user.access.may("mdm.manage"):
        return {}
    sources = MdmSource.objects.visible_to(user).with_health()
    return {"sources": Table(columns=SourceList.columns, rows=list(sources), caption="MDM sources")}


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    may_see_rollouts = user.access.may("rollouts.view")
    shown = {
        "today": timezone.localdate(),
        "tasks": [as_task(decision) for decision in decisions_for(user)],
        "may_see_rollouts": may_see_rollouts,
        "may_plan": bool(user.access.whole_organisation_ids("rollouts.plan")),
        **(_programme(user, request.GET.get("programme", "")) if may_see_rollouts else {}),
        **_own(user),
        **_sources(user),
    }
    return render(request, "home/today.html", shown)
