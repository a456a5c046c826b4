"""Switches from one classification scheme to another: drafted, mapped, foreseen, scheduled, reported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from fleet.filters import SwitchFilter
from fleet.forms.schemes import MappingForm, SwitchForm
from fleet.models import SchemeSwitch
from fleet.services.schemes.mapping import map_classifications, problems
from fleet.services.schemes.switching import cancel_switch, change_draft, schedule_switch
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, VerbPage, add_link
from fleet.views.shown import Section, link, words
from fleet.views.switch_tables import PARTS, effects_ahead, part_as_csv, tables
from fleet.vocabulary import SwitchState
from fleet.web import status, text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


class SwitchList(ListPage):
    model = SchemeSwitch
    filterset_class = SwitchFilter
    heading = "Switches of classification schemes"
    nouns = ("switch", "switches")
    default_sort = "-switches_on"
    permissions = ("assurance.view",)
    template_name = "fleet/facts_list.html"
    empty_text = "Add the new scheme with its classifications, then draft the switch to it here."
    columns = (
        Column(
            key="switch",
            title="Switch",
            value=str,
            link=to("fleet:switch-detail"),
        ),
        Column(key="switches_on", title="First day"),
        Column(key="state", title="State", is_status=True),
        Column(key="scheduled_by", title="Scheduled by", value="scheduled_by.name", empty="Nobody"),
        Column(key="done_at", title="Done", empty="Not yet"),
    )

    def get_queryset(self) -> QuerySet[SchemeSwitch]:
        return super().get_queryset().select_related("from_scheme", "to_scheme", "scheduled_by")

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | add_link(
            self.request, "assurance.change", "fleet:switch-add", "Draft a switch", model=SchemeSwitch
        )


class SwitchPage(ObjectPage):
    """What the switch changes, before it happens; what it did, once it is done."""

    model = SchemeSwitch
    view_permission = "assurance.view"
    change_permission = "assurance.change"
    template_name = "fleet/switch_detail.html"

    def get_queryset(self) -> QuerySet[SchemeSwitch]:
        return super().get_queryset().select_related("from_scheme", "to_scheme", "scheduled_by")

    def context(self, row: SchemeSwitch) -> dict[str, Any]:
        user = signed_in(self.request)
        effects = effects_ahead(row, user)
        shown = tables(row, user, effects)
        return {
            "sections": [_facts(row)],
            "cards": _cards(row, shown, effects),
            "problems": problems(row) if row.is_open else [],
            "is_draft": row.state == SwitchState.DRAFT,
            "may_change": user.access.may_touch(self.change_permission, row) and row.is_open,
            "sees_tranches": row.is_open and user.access.may("rollouts.view"),
            "affected": len(effects.people),
            **shown,
        }


def _facts(switch: SchemeSwitch) -> Section:
    return Section(
        "Switch",
        [
            SummaryRow("State", status.tag(switch.state, switch.get_state_display())),
            SummaryRow("From", link("scheme", switch.from_scheme)),
            SummaryRow("To", link("scheme", switch.to_scheme)),
            SummaryRow("First day of the new scheme", text.day(switch.switches_on)),
            *words(switch, "scheduled_at", "scheduled_by", "done_at", "request_id"),
        ],
    )


def _cards(switch: SchemeSwitch, shown: dict[str, Any], effects: Any) -> list[Stat]:
    people = sum(row.get("people", 0) for row in shown["classifications"].rows)
    outstanding = sum(bool(row["outstanding"]) for row in shown["approvals"].rows)
    blocked = sum(group.blocked for group in effects.groups)
    released = sum(group.released for group in effects.groups)
    urls = {part: reverse("fleet:switch-csv", args=[switch.pk, part]) for part in PARTS}
    cards = [
        Stat(text.number(people), "people named by the old scheme", urls["classifications"]),
        Stat(text.number(len(shown["approvals"].rows)), "approvals re-evaluated", urls["approvals"]),
        Stat(
            text.number(outstanding),
            "approvals with something to be done",
            urls["outstanding"],
            "warning" if outstanding else "",
        ),
    ]
    if switch.is_open:
        cards += [
            Stat(text.number(blocked), "people blocked", urls["blocked"], "warning" if blocked else ""),
            Stat(text.number(released), "people released", urls["released"]),
        ]
    return cards


@require_safe
def switch_csv(request: HttpRequest, pk: int, part: str) -> HttpResponseBase:
    if part not in PARTS:
        raise Http404
    user = signed_in(request)
    switch = get_object_or_404(SchemeSwitch.objects.visible_to(user), pk=pk)
    return part_as_csv(switch, part, user)


class DraftSwitch(AddFacts):
    model = SchemeSwitch
    form_class = SwitchForm
    permission = "assurance.change"
    heading = "Draft a switch of schemes"
    submit = "Save the draft"


class OpenSwitch(VerbPage):
    """A verb on a switch that is neither done nor cancelled."""

    model = SchemeSwitch
    permission = "assurance.change"
    form_class: type[forms.BaseForm] = GovukForm

    def get_queryset(self) -> QuerySet[SchemeSwitch]:
        return super().get_queryset().select_related("from_scheme", "to_scheme")


class EditSwitch(EditFacts, OpenSwitch):
    form_class = SwitchForm
    heading = "Change the draft"

    def do(self, data: dict[str, Any]) -> str:
        change_draft(switch=self.row)
        return f"The draft {self.row} is changed."


class MapClassifications(OpenSwitch):
    form_class = MappingForm
    heading = "What each classification becomes"
    template_name = "fleet/switch_map.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"switch": self.row}

    def form_valid(self, form: Any) -> HttpResponse:
        self.choices = form.choices()
        return super().form_valid(form)

    def do(self, _data: dict[str, Any]) -> str:
        map_classifications(switch=self.row, choices=self.choices)
        return "What each classification becomes is saved."


class ScheduleSwitch(OpenSwitch):
    heading = "Schedule this switch"
    template_name = "fleet/switch_schedule.html"

    def do(self, _data: dict[str, Any]) -> str:
        schedule_switch(switch=self.row, by=signed_in(self.request))
        return f"The switch is scheduled for {text.day(self.row.switches_on)}."


class CancelSwitch(OpenSwitch):
    heading = "Cancel this switch"
    template_name = "fleet/switch_cancel.html"

    def do(self, _data: dict[str, Any]) -> str:
        cancel_switch(switch=self.row)
        return "The switch is cancelled."
