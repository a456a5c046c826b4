"""Devices for a tranche's people: what is needed, what is in stock, and allocating it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fleet.web import text
from fleet.web.parts import Stat
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table
from rollouts.models import Tranche
from rollouts.services.allocation import allocate_devices, stock_needs
from rollouts.services.transitions import may
from rollouts.views.base import TrancheAction
from rollouts.views.frame import frame, tranche_url, whole_tranche
from rollouts.vocabulary import DONE_STATES, PersonState

COLUMNS = (
    Column(key="model", title="Device model"),
    Column(key="wanted", title="People waiting", is_numeric=True),
    Column(key="in_stock", title="Free in stock", is_numeric=True),
    Column(key="short", title="Short", is_numeric=True),
)


def cards(tranche: Tranche, url: str) -> list[Stat]:
    """Waiting + allocated + handed over: everybody who is in the tranche."""
    people = tranche.people.counted()
    done = people.filter(state__in=DONE_STATES).count()
    allocated = people.filter(state=PersonState.ALLOCATED).count()
    waiting = people.filter(state=PersonState.PLANNED).count()
    return [
        Stat(text.number(waiting), "waiting for a device", f"{url}?state=planned"),
        Stat(text.number(allocated), "allocated a device", f"{url}?state=allocated"),
        Stat(text.number(done), "handed over", f"{url}?state=handed_over&state=accepted"),
    ]


@require_safe
def tranche_allocation(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    tranche = whole_tranche(user, pk)
    needs = stock_needs(tranche)
    without = tranche.people.filter(state=PersonState.PLANNED, entitlement__isnull=True).count()
    shown = {
        "cards": cards(tranche, tranche_url("tranche-people", tranche)),
        "needs": needs,
        "short": sum(need.short for need in needs),
        "without_entitlement": without,
        "table": Table(columns=COLUMNS, rows=needs, caption="What people wait for"),
        "may_allocate": may(user, tranche, "allocate"),
    }
    return render(
        request, "rollouts/tranche_allocation.html", shown | frame(tranche, "tranche-allocation", user)
    )


class Allocate(TrancheAction):
    verb = "allocate"
    section = "tranche-allocation"
    template_name = "rollouts/confirm.html"
    heading = "Allocate devices from stock?"
    submit = "Allocate devices"
    consequence = (
        "Everybody who waits gets a free device of the model that they are entitled to: from their own site "
        "first, then from depots and headquarters, then from anywhere. Single allocations can be taken back."
    )

    def perform(self, form: Any) -> str:
        result = allocate_devices(tranche=self.tranche, by=self.user)
        short = sum(need.short for need in result.shortfall)
        done = f"{text.counted(result.allocated, 'device was', 'devices were')} allocated."
        wanted = f"{text.counted(short, 'more is', 'more are')} needed; the table below says which."
        return f"{done} {wanted}" if short else done
