"""Keeps the demo's dates up to date: everything of its organisations moves along with today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pgtrigger
from django.db import models, transaction
from django.db.models import F, Q

from feedback.models import Survey
from fleet.models import (
    Approval,
    Classification,
    ClassificationScheme,
    Condition,
    Contract,
    CustodyEvent,
    Delivery,
    Device,
    DeviceModel,
    Heartbeat,
    IdentityConflict,
    SchemeSwitch,
    Site,
    SourceRecord,
    StaffMember,
    TrainingRecord,
)
from fleet.vocabulary import SwitchState
from rollouts.demo.moving import moved_day, moved_moment, moved_report, working_days
from rollouts.models import (
    Assessment,
    Computation,
    DemoClock,
    ExitCriterion,
    Forecast,
    Gate,
    Hold,
    Programme,
    Reflection,
    Tranche,
    TrancheEvent,
    TranchePerson,
    Waiver,
)
from rollouts.services.gates import reseal
from rollouts.services.staleness import organisation_changed
from rollouts.vocabulary import GateStatus

# Hand-overs and joiners older than this say nothing about today, so they may stay where they are.
STORY_DAYS = 260
FORECAST_DATES = ("made_on", "finish_on", "finish_early_on", "finish_late_on")
# Far enough that no day meets another's on the way.
ASIDE = dt.timedelta(days=40_000)


@dataclass(frozen=True, slots=True)
class Move:
    """Columns of one table: dates and moments move by working days, reports by days."""

    model: type[models.Model]
    organisation: str
    dates: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    only: Q = Q()  # noqa: RUF009 (a Q is never changed in place)


_IN_TRANCHE = "tranche__programme__organisation"
MOVES = (
    Move(Site, "organisation", dates=("opens_on", "closes_on")),
    Move(DeviceModel, "organisation", dates=("supported_until",)),
    Move(ClassificationScheme, "organisation", dates=("valid_from", "valid_until")),
    Move(Classification, "organisation", dates=("valid_from", "valid_until")),
    Move(SchemeSwitch, "organisation", dates=("switches_on",), only=Q(state=SwitchState.DRAFT)),
    Move(Approval, "organisation", dates=("valid_from", "valid_until"), moments=("withdrawn_at",)),
    Move(Condition, "approval__organisation", dates=("signed_on", "signed_until")),
    Move(Contract, "organisation", dates=("starts_on", "ends_on", "notice_by", "notice_given_on")),
    Move(Survey, "organisation", dates=("opens_on", "closes_on")),
    Move(Programme, "organisation", dates=("starts_on", "ends_on")),
    Move(
        Tranche,
        "programme__organisation",
        dates=("handover_starts_on", "handover_ends_on", "decision_due_on", "hypercare_starts_on"),
        moments=("locked_at",),
    ),
    Move(TranchePerson, _IN_TRANCHE, dates=("planned_on",), moments=("handed_over_at", "accepted_at")),
    Move(TrancheEvent, _IN_TRANCHE, moments=("at",)),
    Move(Hold, _IN_TRANCHE, moments=("placed_at", "released_at")),
    Move(ExitCriterion, _IN_TRANCHE, moments=("met_at",)),
    Move(Reflection, _IN_TRANCHE, moments=("recorded_at",)),
    Move(Waiver, _IN_TRANCHE, dates=("expires_on",), moments=("created_at", "ended_at")),
    # A gate that is decided is sealed: it stays as it was.
    Move(Gate, _IN_TRANCHE, moments=("proposed_at",), only=Q(status=GateStatus.OPEN)),
    Move(Assessment, _IN_TRANCHE, reports=("computed_at",)),
    Move(Computation, _IN_TRANCHE, reports=("computed_at",)),
    Move(
        Heartbeat,
        "device__organisation",
        reports=("last_seen_at", "battery_level_at", "battery_health_at", "storage_free_at"),
    ),
    Move(SourceRecord, "device__organisation", reports=("observed_at", "missing_since")),
    Move(Delivery, "source__organisation", reports=("received_at", "applied_at")),
    Move(IdentityConflict, "organisation", reports=("opened_at", "observed_at", "resolved_at")),
)


def refresh_demo(today: dt.date) -> int:
    """Moves every demo organisation to `today`; returns by how many days. Once a day there is work to do."""
    with transaction.atomic():
        clocks = DemoClock.objects.select_for_update().filter(shown_on__lt=today)
        moved = [_refresh(clock, today) for clock in clocks.select_related("organisation")]
    return max(moved, default=0)


def _refresh(clock: DemoClock, today: dt.date) -> int:
    days, working = (today - clock.shown_on).days, working_days(clock.shown_on, today)
    since = clock.shown_on - dt.timedelta(days=STORY_DAYS)
    # It is the demo that moves, nobody changed anything: the change log stays out of it, and so do the
    # triggers that keep events from being edited.
    with pgtrigger.ignore():
        for move in (*MOVES, *_recent(since)):
            _apply(move, clock.organisation_id, days=days, working=working)
        _move_once_a_day(clock.organisation_id, dt.timedelta(days=days))
    clock.shown_on = today
    clock.save()
    _assess_again(clock.organisation_id)
    return days


def _recent(since: dt.date) -> tuple[Move, ...]:
    """Of the large tables, the rows that belong to the story."""
    joining_or_leaving = Q(starts_on__gte=since) | Q(leaves_on__isnull=False)
    return (
        Move(StaffMember, "organisation", dates=("starts_on", "leaves_on"), only=joining_or_leaving),
        Move(Device, "organisation", moments=("issued_at",), only=Q(issued_at__date__gte=since)),
        Move(
            CustodyEvent, "device__organisation", moments=("at", "recorded_at"), only=Q(at__date__gte=since)
        ),
    )


def _apply(move: Move, organisation_id: int, *, days: int, working: int) -> None:
    rows = move.model._default_manager.filter(move.only, **{move.organisation: organisation_id})
    rows.update(
        **{name: moved_day(name, working) for name in move.dates},
        **{name: moved_moment(name, working) for name in move.moments},
        **{name: moved_report(name, days) for name in move.reports},
    )


def _move_once_a_day(organisation_id: int, by: dt.timedelta) -> None:
    """Rows of which there is one a day step aside first, so that none lands on another's day on the way."""
    forecasts = Forecast.objects.filter(programme__organisation=organisation_id)
    records = TrainingRecord.objects.filter(organisation=organisation_id)
    for step in (ASIDE, by - ASIDE):
        for rows, dates in ((forecasts, FORECAST_DATES), (records, ("completed_on", "valid_until"))):
            rows.update(**{name: F(name) + step for name in dates})


def _assess_again(organisation_id: int) -> None:
    """Readiness names days, and the evidence of open gates names readiness."""
    organisation_changed(organisation_id)
    for gate in Gate.objects.open().filter(tranche__programme__organisation=organisation_id):
        reseal(gate=gate, by=gate.proposed_by)
