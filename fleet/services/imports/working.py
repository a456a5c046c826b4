"""What workers do with files: check, apply or undo one, and write down what came of it."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.history import acting
from fleet.models import Import
from fleet.services import leasing, undo
from fleet.services.imports import headers
from fleet.services.imports.deciding import ENDS_MANY
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.lines import Line, digest_of, lines_of
from fleet.services.imports.loading import merge
from fleet.services.imports.planning import plan
from fleet.services.imports.plans import Plan
from fleet.services.imports.reading import File
from fleet.services.imports.recording import figures, name_new_rows, replace_lines
from fleet.services.leasing import Progress, finish
from fleet.services.usage import steps as usage
from fleet.vocabulary import ImportStatus


class Moved(Exception):
    """The register has changed since the check, so that the file would do something else."""

    def __init__(self, planned: Plan, lines: list[Line]) -> None:
        super().__init__()
        self.planned, self.lines = planned, lines


def work(import_id: uuid.UUID) -> bool:
    """Do what the file waits for, if nobody else does or did; whether this call did it."""
    return leasing.work(Import.objects.select_related("organisation"), import_id, _step)


def waiting() -> list[uuid.UUID]:
    """What nobody works on, oldest first."""
    return leasing.waiting(Import.objects)


def _step(found: Import, progress: Progress) -> None:
    steps = usage.STEPS if found.is_bill else STEPS
    steps[ImportStatus(found.status)](found, progress)


def _check(found: Import, progress: Progress) -> None:
    kind, file = KINDS[found.kind], File(zlib.decompress(found.content))
    reading = headers.read_header(kind, file, headers.remembered(found.kind, found.organisation))
    if reading.unknown:
        finish(found, status=ImportStatus.NAMING, unknown=_to_name(found, file, reading))
        return
    file.rename(reading.columns)
    planned = plan(kind, found.organisation, file, complete_on=found.complete_on, progress=progress.report)
    _show(found, planned, lines_of(kind, planned))


def _to_name(found: Import, file: File, reading: headers.Reading) -> list[dict[str, Any]]:
    examples = headers.samples(file, reading.unknown)
    kind = KINDS[found.kind]
    return [
        {"header": header, "examples": examples[header], "guess": headers.suggestion(kind, header)}
        for header in reading.unknown
    ]


@transaction.atomic
def _show(found: Import, planned: Plan, lines: list[Line], **more: Any) -> None:
    """Keep the outcome for a person to look at."""
    replace_lines(found, lines)
    seen = {"checked_at": timezone.now(), **figures(planned, lines), **more}
    status = ImportStatus.CHECKED if planned.asks_something else ImportStatus.NOTHING
    finish(found, status=status, **seen)


def _apply(found: Import, progress: Progress) -> None:
    actor = found.confirmed_by_id
    with acting(channel="import", actor_id=actor, request_id=str(found.pk)) as context:
        try:
            _merge(found, progress, context.id)
        except Moved as moved:
            asked = {"is_moved": True, "confirmed_by": None, "confirmed_at": None}
            _show(found, moved.planned, moved.lines, **asked)


@transaction.atomic
def _merge(found: Import, progress: Progress, context_id: uuid.UUID) -> None:
    """Apply the file in the transaction that marks it applied."""
    kind, file = KINDS[found.kind], File(zlib.decompress(found.content))
    reading = headers.read_header(kind, file, headers.remembered(found.kind, found.organisation))
    headers.refuse_unknown(kind, reading)
    file.rename(reading.columns)
    _, new = merge(
        kind,
        found.organisation,
        file,
        complete_on=found.complete_on,
        before=_as_confirmed(found),
        progress=progress.report,
    )
    name_new_rows(found, new)
    finish(found, status=ImportStatus.APPLIED, applied_at=timezone.now(), context_id=context_id)


def _as_confirmed(found: Import) -> Callable[[Plan], None]:
    """Raises Moved where the plan is not the one that the person saw."""

    def compare(planned: Plan) -> None:
        lines = lines_of(KINDS[found.kind], planned)
        if digest_of(lines) != found.digest:
            raise Moved(planned, lines)
        if found.is_ending_many and not found.may_end_many:
            raise Invalid(ENDS_MANY, field="may_end_many")

    return compare


def _take_back(found: Import, _: Progress) -> None:
    kind = KINDS[found.kind]
    assert found.context_id is not None
    with acting(channel="import", actor_id=found.undone_by_id, request_id=f"{found.pk}-undo"):
        try:
            with transaction.atomic():
                undo.undo(
                    context_id=found.context_id,
                    models=[kind.model, *kind.brings],
                    organisation=found.organisation,
                    is_whole=True,
                )
                finish(found, status=ImportStatus.UNDONE, undone_at=timezone.now())
        except Conflict as conflict:
            finish(found, status=ImportStatus.APPLIED, undone_by=None, error=str(conflict)[:500])


STEPS: dict[ImportStatus, Callable[[Import, Progress], None]] = {
    ImportStatus.CHECKING: _check,
    ImportStatus.APPLYING: _apply,
    ImportStatus.UNDOING: _take_back,
}
