"""The tranches of a programme as a table, on Today and on the programme's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q
from django.utils.safestring import SafeString

from fleet.web.tables import Column, Table, to
from rollouts.models import Programme, Tranche
from rollouts.views.shown import readiness_tag, state_tag
from rollouts.vocabulary import ASSESSED_STATES, DONE_STATES, IN_STATES


def _of_assessment(name: str) -> Callable[[Tranche], Any]:
    """A column's value from the latest assessment; None before the first one, and once readiness is past."""

    def value(tranche: Tranche) -> Any:
        computation = getattr(tranche, "computation", None)
        assessment = computation and computation.assessment
        return getattr(assessment, name) if assessment and tranche.state in ASSESSED_STATES else None

    return value


def _readiness(tranche: Tranche) -> SafeString | None:
    state = _of_assessment("state")(tranche)
    return state and readiness_tag(state)


COLUMNS = (
    Column(key="name", title="Tranche", value=str, link=to("rollouts:tranche-detail")),
    Column(key="in_tranche", title="People", is_numeric=True),
    Column(key="done", title="Handed over", is_numeric=True),
    Column(key="ready", title="Ready", value=_of_assessment("ready"), is_numeric=True, empty="–"),
    Column(key="blocked", title="Blocked", value=_of_assessment("blocked"), is_numeric=True, empty="–"),
    Column(key="handover_starts_on", title="Starts"),
    Column(key="state", title="State", value=state_tag),
    Column(key="readiness", title="Readiness", value=_readiness, empty="–"),
)


def tranche_table(programme: Programme) -> Table:
    tranches = programme.tranches.select_related("computation__assessment").annotate(
        in_tranche=Count("people", filter=Q(people__state__in=IN_STATES)),
        done=Count("people", filter=Q(people__state__in=DONE_STATES)),
    )
    tranches = tranches.order_by("number")
    return Table(columns=COLUMNS, rows=list(tranches), caption="Tranches")
