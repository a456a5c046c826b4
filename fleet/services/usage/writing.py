"""Stores what a plan says, and takes it back. Within a transaction that holds the organisation's lock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from fleet.errors import Conflict
from fleet.models import Line, Sim, UsageBatch, UsageRecord
from fleet.models.usage import FIGURES
from fleet.services.usage.planning import Plan, Step
from fleet.vocabulary import ImportStatus

AT_ONCE = 2000
KEPT = (
    "line_id",
    "origin",
    "period_start",
    "period_end",
    "through_on",
    "month",
    "allowance_bytes",
    "is_vat_included",
    "batch_id",
    "rows",
    *FIGURES,
)
BUILT_ON = "Figures of these lines were stored again since. Undo what came later first."


def write(plan: Plan, batch: UsageBatch, *, keeps_replaced: bool = True) -> list[Step]:
    """Store what is new or changed, and its lines; what it takes the place of may be kept in the batch."""
    _write_lines(plan, batch)
    steps = [step for step in plan.steps if not step.is_unchanged]
    replaced = {row.pk: row for step in steps for row in step.before}
    batch.replaced = [_kept(row) for row in replaced.values()] if keeps_replaced else []
    batch.save(update_fields=["replaced", "new_lines"])
    UsageRecord.objects.filter(pk__in=list(replaced)).delete()
    for step in steps:
        step.record.line, step.record.batch = step.line, batch
    UsageRecord.objects.bulk_create([step.record for step in steps], batch_size=AT_ONCE)
    return steps


def _write_lines(plan: Plan, batch: UsageBatch) -> None:
    names = plan.names
    Sim.objects.bulk_create(names.new_sims, batch_size=AT_ONCE)
    for line in names.new:
        line.sim = line.sim  # takes the key that the SIM has by now
    made = Line.objects.bulk_create(names.new, batch_size=AT_ONCE)
    batch.new_lines = [line.pk for line in made]
    Line.objects.bulk_update(names.early.values(), ["starts_on"], batch_size=AT_ONCE)


def _kept(row: UsageRecord) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in KEPT}
    return {name: str(value) if isinstance(value, dt.date) else value for name, value in values.items()}


def take_back(batch: UsageBatch) -> None:
    """Remove what a batch stored, bring back what it replaced, and forget lines that only it knew of.

    Raises Conflict where a later batch has taken the place of its figures.
    """
    later = UsageBatch.objects.filter(
        organisation=batch.organisation_id, replaced__contains=[{"batch_id": batch.pk}]
    )
    if later.exclude(file__status=ImportStatus.UNDONE).exists():
        raise Conflict(BUILT_ON)
    batch.records.all().delete()
    rows = [UsageRecord(organisation_id=batch.organisation_id, **values) for values in batch.replaced]
    there = set(UsageBatch.objects.filter(pk__in={row.batch_id for row in rows}).values_list("pk", flat=True))
    try:
        with transaction.atomic():
            UsageRecord.objects.bulk_create(
                [row for row in rows if row.batch_id in there], batch_size=AT_ONCE
            )
    except IntegrityError as error:
        raise Conflict(BUILT_ON) from error
    bare = Line.objects.filter(
        pk__in=batch.new_lines,
        holder=None,
        tariff=None,
        contract=None,
        justification="",
        sim__device=None,
        usage_records=None,
    )
    bare.delete()
