"""Contradictions about phone lines: between carrier bill, MDM, register and staff list."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from fleet.models import Line, LinePairing, Organisation, UsageRecord
from fleet.services.reconciliation.kinds.kind import FOUND, Kind, Rows
from fleet.services.usage.unused import unused_for, with_last_use
from fleet.vocabulary import DiscrepancyKind, UsageOrigin

UNUSED_MONTHS = 3
MOST_PENCE = 2**31 - 1


def _told_of_lines(lines: Any, *, since: Any) -> Rows:
    """Lines as rows of `COLUMNS`; at stake is the newest period's charge, or else the rental of a month."""
    nobody = Cast(Value(None), BigIntegerField())
    # A credit puts nothing at stake; the column holds no more than that.
    billed = UsageRecord.objects.filter(
        line=OuterRef("pk"), origin=UsageOrigin.CARRIER, charge_pence__range=(0, MOST_PENCE)
    )
    charge = Subquery(billed.order_by("-period_start").values("charge_pence")[:1])
    rows: Rows = (
        lines.order_by()
        .annotate(
            subject=Concat(Value("line:"), Cast("pk", CharField())),
            found_device=nobody,
            found_line=F("pk"),
            found_person=F("holder"),
            found_other=nobody,
            found_site=Coalesce("holder__site", "sim__device__site", "sim__device__holder__site"),
            since=since,
            pence_at_stake=Coalesce(
                Cast(charge, IntegerField()),
                "tariff__rental_pence",
                output_field=IntegerField(),
            ),
        )
        .values_list(*FOUND)
    )
    return rows


def _lines(organisation: Organisation) -> Any:
    return Line.objects.filter(organisation=organisation).open()


def _ghosts(organisation: Organisation) -> Rows:
    """Of a SIM that was in a device before, the pairings say so: it has been seen."""
    billed = UsageRecord.objects.filter(line=OuterRef("pk"), origin=UsageOrigin.CARRIER)
    seen = LinePairing.objects.filter(line=OuterRef("pk"), sim__pairings__isnull=False)
    never = _lines(organisation).filter(Exists(billed), ~Exists(seen)).exclude(sim__device__isnull=False)
    return _told_of_lines(never, since=F("starts_on"))


def _unassigned(organisation: Organisation) -> Rows:
    idle = Line.objects.filter(organisation=organisation).unassigned()
    return _told_of_lines(idle, since=F("starts_on"))


def _lines_of_leavers(organisation: Organisation) -> Rows:
    left = _lines(organisation).filter(holder__leaves_on__lt=timezone.localdate())
    return _told_of_lines(left, since=F("holder__leaves_on"))


def _unused(organisation: Organisation) -> Rows:
    """What is kept for a reason, such as a safety phone, is no waste."""
    idle = unused_for(_lines(organisation).filter(justification=""), UNUSED_MONTHS)
    return _told_of_lines(with_last_use(idle), since=F("last_used_on"))


KINDS = (
    Kind(
        DiscrepancyKind.GHOST,
        "An open line that a carrier bills, whose SIM no MDM has ever seen in a device.",
        "carrier bill and MDM",
        "Pilot coordinator",
        "Find its SIM, or end the line",
        "fleet:line-detail",
        _ghosts,
    ),
    Kind(
        DiscrepancyKind.UNASSIGNED,
        "An open line that nobody holds and that is in no device.",
        "carrier bill and register",
        "Pilot coordinator",
        "Hand it over, or end it",
        "fleet:line-hand-over",
        _unassigned,
    ),
    Kind(
        DiscrepancyKind.LINE_OF_LEAVER,
        "An open line whose holder's last day is past.",
        "carrier bill and staff list",
        "Pilot coordinator",
        "Hand it over, or end it",
        "fleet:line-hand-over",
        _lines_of_leavers,
    ),
    Kind(
        DiscrepancyKind.UNUSED,
        f"An open line without use in the last {UNUSED_MONTHS} billed months, kept for no stated reason.",
        "carrier bill with itself",
        "Pilot coordinator",
        "Say why it is kept, or end it",
        "fleet:line-edit",
        _unused,
    ),
)
