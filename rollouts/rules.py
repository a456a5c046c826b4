"""What must hold of a programme and of a tranche, for forms and the API: pairs of (field, what to do)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Max, Min, Model
from django.utils import timezone

from fleet.models import Course
from fleet.web.text import day
from rollouts.models import Programme, Tranche

Values = Mapping[str, Any]
Refusals = Iterator[tuple[str, str]]


def of_programme(programme: Programme, values: Values) -> Refusals:
    """`programme` as it was, None in `values` for what is not known."""
    yield from _below_one(values, seen_within_days="Seen within", facts_stale_after_days="Stale after")
    if (network := values.get("network_mbps_per_head")) is not None and network < 0:
        yield "network_mbps_per_head", "Network per head must be 0 or more."
    if any(one.organisation_id != _organisation(programme, values) for one in _courses(values)):
        yield "required_courses", "Choose courses of the programme's organisation only."
    if _is_after(values, "starts_on", "ends_on"):
        yield "ends_on", "Ends must be the same as or after Starts."
    elif programme.pk:
        yield from _tranches_left_out(programme, values)
    if _is_after(values, "seen_within_days", "facts_stale_after_days"):
        stale = values["facts_stale_after_days"]
        yield "seen_within_days", f"Facts are stale after {stale} days, so enter {stale} or fewer."


def _organisation(programme: Programme, values: Values) -> int | None:
    organisation = values.get("organisation", programme.organisation_id)
    return getattr(organisation, "pk", organisation)


def _courses(values: Values) -> Iterable[Course]:
    return values.get("required_courses") or ()


def _tranches_left_out(programme: Programme, values: Values) -> Refusals:
    planned = programme.tranches.aggregate(first=Min("handover_starts_on"), last=Max("handover_ends_on"))
    first, last = planned["first"], planned["last"]
    if first and _has_changed(programme, values, "starts_on") and values["starts_on"] > first:
        yield (
            "starts_on",
            f"Handovers are planned from {day(first)}. Enter that day or an earlier one.",
        )
    if last and _has_changed(programme, values, "ends_on") and values["ends_on"] < last:
        yield "ends_on", f"Handovers are planned until {day(last)}. Enter that day or a later one."


def of_tranche(tranche: Tranche, programme: Programme, values: Values) -> Refusals:
    """`tranche` as it was, None in `values` for what is not known."""
    yield from _below_one(values, number="Number", hypercare_days="Hypercare")
    if _is_after(values, "handover_starts_on", "handover_ends_on"):
        yield "handover_ends_on", "Handover ends must be the same as or after Handover starts."
    yield from _outside(programme, tranche, values)
    if _is_after(values, "decision_due_on", "handover_starts_on"):
        yield "decision_due_on", "The gate must be decided before handovers start. Enter an earlier day."
    elif (
        _has_changed(tranche, values, "decision_due_on") and values["decision_due_on"] < timezone.localdate()
    ):
        yield "decision_due_on", "Decision due must be today or later."


def _outside(programme: Programme, tranche: Tranche, values: Values) -> Refusals:
    runs = f"{programme} runs from {day(programme.starts_on)} to {day(programme.ends_on)}."
    for name in ("handover_starts_on", "handover_ends_on"):
        on: dt.date = values.get(name) or programme.starts_on
        if _has_changed(tranche, values, name) and not programme.starts_on <= on <= programme.ends_on:
            yield name, f"{runs} Enter a day within that time, or change the programme first."


def _below_one(values: Values, **labels: str) -> Refusals:
    for name, label in labels.items():
        if (count := values.get(name)) is not None and count < 1:
            yield name, f"{label} must be 1 or more."


def _is_after(values: Values, first: str, last: str) -> bool:
    begins, ends = values.get(first), values.get(last)
    return begins is not None and ends is not None and begins > ends


def _has_changed(row: Model, values: Values, name: str) -> bool:
    """Whether a value is given that is not stored already: what was sound once can be kept."""
    given = values.get(name)
    return given is not None and (row._state.adding or given != getattr(row, name))
