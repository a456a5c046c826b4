"""What workers do with a carrier's file: check, apply, undo. Of the file itself nothing is left then."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.history import acting
from fleet.mdm.writing import decide_identity
from fleet.models import Import, UsageBatch
from fleet.models.imports import FORGOTTEN
from fleet.models.usage import FIGURES
from fleet.services.imports.kinds import BILL
from fleet.services.imports.lines import Line, told_lines
from fleet.services.imports.reading import File
from fleet.services.imports.recording import replace_lines
from fleet.services.imports.report import Rejection
from fleet.services.leasing import Progress, finish
from fleet.services.usage import writing
from fleet.services.usage.heads import head_of
from fleet.services.usage.layouts import Layout, known_for
from fleet.services.usage.planning import Plan, Said, Step, outcome_of, overlapping, plan_usage
from fleet.services.usage.reading import read_bill
from fleet.services.usage.totals import Bill
from fleet.vocabulary import ImportOutcome, ImportStatus
from fleet.web import text

KIND = BILL
PERMISSION = "lines.manage"


def content_of(found: Import) -> bytes:
    return zlib.decompress(bytes(found.content))


def layout_for(found: Import, file: File) -> Layout | None:
    batch = found.usage_batch
    return known_for(organisation_id=found.organisation_id, carrier=batch.carrier, headers=file.columns)


def _check(found: Import, progress: Progress) -> None:
    content = content_of(found)
    Import.objects.filter(pk=found.pk).update(head=head_of(content))
    file = File(content)
    layout = layout_for(found, file)
    if layout is None:
        unknown = [{"header": name, "examples": [], "guess": ""} for name in file.headers]
        finish(found, status=ImportStatus.NAMING, unknown=unknown)
        return
    _show(found, *_planned(found, content, layout, progress))


def _planned(
    found: Import, content: bytes, layout: Layout, progress: Progress
) -> tuple[Bill, Plan, list[Line]]:
    batch = found.usage_batch
    period = (batch.period_start, batch.period_end) if batch.period_start and batch.period_end else None
    bill = read_bill(content, layout, period=period, progress=progress.report)
    said = {
        key: Said(
            {**total.figures, "charge_pence": total.charge_pence},
            is_vat_included=layout.is_vat_included,
            through_on=total.last_day if total.last_day and key[1] <= total.last_day <= key[2] else None,
            rows=total.rows,
        )
        for key, total in bill.totals.items()
    }
    today = timezone.localdate()
    for (_, _, end), one in said.items():
        if end < today:  # the month is over, whatever the day of its last row
            one.through_on = end
    plan = plan_usage(
        organisation_id=found.organisation_id, carrier=batch.carrier, origin=batch.origin, said=said
    )
    if across := overlapping(plan.steps):
        raise Invalid(
            f"{across[0].line} has two billing months that lie across each other. Look at the columns of the "
            "first and last day, or say both for the whole file."
        )
    return bill, plan, _lines(bill, plan)


def _lines(bill: Bill, plan: Plan) -> list[Line]:
    """What is shown: a line for each line's billing month that would be stored, and what was not read."""
    found = []
    for step in plan.steps:
        outcome = outcome_of(step)
        if outcome != "unchanged":
            name = f"{step.line}, {text.day(step.key[1])} to {text.day(step.key[2])}"
            found.append(Line(step.rows[0], outcome, name, step.line.pk, False, _details(step)))
    return [
        *found,
        *told_lines(bill.rejections, ImportOutcome.REJECTED),
        *told_lines(_warnings(bill, plan), ImportOutcome.WARNING),
    ]


def _details(step: Step) -> list[list[str]]:
    """[figure, before, after] of each figure that changes; of a new one its value."""
    [before] = step.before if len(step.before) == 1 else [None]
    found = []
    for name in FIGURES:
        was, now = getattr(before, name, None), getattr(step.record, name)
        if was != now and not (before is None and now is None):
            found.append([name, "" if was is None else str(was), "" if now is None else str(now)])
    if step.before:
        names = sorted({f"{row.batch} ({text.day(row.batch.made_at)})" for row in step.before})
        found.append(["source", "; ".join(names), "this file"])
    return found


def _warnings(bill: Bill, plan: Plan) -> list[Rejection]:
    found = []
    months = sorted({key[1:] for key in bill.totals})
    if len(months) > 1:
        spans = "; ".join(f"{text.day(start)} to {text.day(end)}" for start, end in months[:6])
        reason = (
            f"The rows lie in {len(months)} billing months: {spans}. If it is one bill, say on which day the "
            "billing month begins, or its first and last day when you bring it in."
        )
        found.append(Rejection(0, "", reason))
    if repeated := bill.repeated:
        such = "; ".join(", ".join(map(str, one.rows)) for one in repeated[:6])
        lines = text.counted(len(repeated), "line and month has", "lines and months have")
        reason = f"{lines} several rows, which are added up. They are rows {such}. See that none comes twice."
        found.append(Rejection(0, "number", reason))
    if plan.names.new:
        known = text.counted(len(plan.names.new), "number that nobody knew", "numbers that nobody knew")
        found.append(Rejection(0, "number", f"{known}: kept as lines of nobody until somebody says whose."))
    return found


def digest_of(lines: list[Line]) -> str:
    told = [(one.number, one.outcome, one.name, one.details) for one in lines]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


@transaction.atomic
def _show(found: Import, bill: Bill, plan: Plan, lines: list[Line], **more: Any) -> None:
    replace_lines(found, lines)
    finish(
        found,
        status=ImportStatus.CHECKED,
        checked_at=timezone.now(),
        created=len(plan.of("created")),
        changed=len(plan.of("changed")),
        unchanged=len(plan.of("unchanged")),
        rejected=len(bill.rejections),
        warned=len(_warnings(bill, plan)),
        done=bill.rows,
        total=bill.rows,
        unknown=[],
        digest=digest_of(lines),
        **more,
    )


def _apply(found: Import, progress: Progress) -> None:
    content = content_of(found)
    layout = layout_for(found, File(content))
    if layout is None:
        raise Conflict("What its columns mean has been taken away meanwhile.")
    actor = found.confirmed_by_id
    acts = acting(channel="import", actor_id=actor, request_id=str(found.pk))
    with acts as context, transaction.atomic():
        decide_identity(found.organisation_id)
        bill, plan, lines = _planned(found, content, layout, progress)
        if digest_of(lines) != found.digest:
            _show(found, bill, plan, lines, is_moved=True, confirmed_by=None, confirmed_at=None)
            return
        writing.write(plan, found.usage_batch)
        applied = {"applied_at": timezone.now(), "context_id": context.id, **FORGOTTEN}
        finish(found, status=ImportStatus.APPLIED, **applied)


def _take_back(found: Import, _: Progress) -> None:
    with acting(channel="import", actor_id=found.undone_by_id, request_id=f"{found.pk}-undo"):
        try:
            with transaction.atomic():
                decide_identity(found.organisation_id)
                writing.take_back(UsageBatch.objects.get(file=found))
                finish(found, status=ImportStatus.UNDONE, undone_at=timezone.now())
        except Conflict as conflict:
            finish(found, status=ImportStatus.APPLIED, undone_by=None, error=str(conflict)[:500])


STEPS: dict[ImportStatus, Callable[[Import, Progress], None]] = {
    ImportStatus.CHECKING: _check,
    ImportStatus.APPLYING: _apply,
    ImportStatus.UNDOING: _take_back,
}
