"""What workers do with files: claim one, check, apply or undo it, and write down what came of it.

A worker that is killed leaves a lease that runs out and nothing else; so a file is applied exactly once.
"""

from __future__ import annotations

import logging
import uuid
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fleet.errors import Conflict, FleetError, Invalid
from fleet.history import acting
from fleet.mdm.applying import collecting_later
from fleet.models import Import
from fleet.services import undo
from fleet.services.imports import headers
from fleet.services.imports.deciding import ENDS_MANY
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.lines import Line, digest_of, lines_of
from fleet.services.imports.loading import merge
from fleet.services.imports.planning import plan
from fleet.services.imports.plans import Plan
from fleet.services.imports.progress import Progress
from fleet.services.imports.reading import File
from fleet.services.imports.recording import figures, name_new_rows, replace_lines
from fleet.vocabulary import ImportStatus

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
AGAIN = (
    "Something went wrong that should not ({}). Nothing was stored. Try again, or tell your administrator."
)


class Moved(Exception):
    """The register has changed since the check, so that the file would do something else."""

    def __init__(self, planned: Plan, lines: list[Line]) -> None:
        super().__init__()
        self.planned, self.lines = planned, lines


def work(import_id: uuid.UUID) -> bool:
    """Do what the file waits for, if nobody else does or did; whether this call did it.

    What the file itself is to blame for marks it failed at once, anything else after three attempts.
    """
    found = _claim(import_id)
    if found is None:
        return False
    try:
        with Progress(found) as progress, collecting_later():
            STEPS[ImportStatus(found.status)](found, progress)
    except Conflict as conflict:
        _put_back(found, str(conflict))
    except FleetError as error:
        _fail(found, str(error))
    except Exception as error:
        # Its message may quote the file, which no log may hold.
        log.error("Import %s was not done: %s", found.pk, type(error).__name__)
        _put_back(found, AGAIN.format(type(error).__name__))
    else:
        return True
    return False


def waiting() -> list[uuid.UUID]:
    """What nobody works on, oldest first."""
    free = Import.objects.claimable(timezone.now()).order_by("made_at")
    return list(free.values_list("pk", flat=True))


def _claim(import_id: uuid.UUID) -> Import | None:
    now = timezone.now()
    lease = {
        "claimed_by": uuid.uuid4(),
        "claimed_until": now + timedelta(seconds=settings.IMPORT_LEASE_SECONDS),
    }
    if not Import.objects.claimable(now).filter(pk=import_id).update(attempts=F("attempts") + 1, **lease):
        return None
    found = Import.objects.select_related("organisation").get(pk=import_id)
    if found.claimed_by != lease["claimed_by"]:
        return None
    if found.attempts > MAX_ATTEMPTS:
        _fail(found, found.error or AGAIN.format("each worker that took it ended"))
        return None
    return found


def _ours(found: Import) -> Any:
    """The row, while it is under the lease that this worker took."""
    return Import.objects.filter(pk=found.pk, claimed_by=found.claimed_by)


def _finish(found: Import, **changes: Any) -> None:
    """Raises Conflict where another worker has taken the file over; then nothing may be stored."""
    if not _ours(found).update(claimed_by=None, claimed_until=None, **{"error": "", **changes}):
        raise Conflict("Another worker has taken this file over.")


def _put_back(found: Import, reason: str) -> None:
    """For another attempt, or failed when there were enough."""
    if found.attempts >= MAX_ATTEMPTS:
        _fail(found, reason)
    else:
        _ours(found).update(claimed_by=None, claimed_until=None, error=reason[:500])


def _fail(found: Import, reason: str) -> None:
    _ours(found).update(
        status=ImportStatus.FAILED, claimed_by=None, claimed_until=None, error=reason[:500] or "It failed."
    )


def _check(found: Import, progress: Progress) -> None:
    kind, file = KINDS[found.kind], File(zlib.decompress(found.content))
    reading = headers.read_header(kind, file, headers.remembered(found.kind, found.organisation))
    if reading.unknown:
        _finish(found, status=ImportStatus.NAMING, unknown=_to_name(found, file, reading))
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
    _finish(found, status=ImportStatus.CHECKED, **seen)


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
    _finish(found, status=ImportStatus.APPLIED, applied_at=timezone.now(), context_id=context_id)


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
                _finish(found, status=ImportStatus.UNDONE, undone_at=timezone.now())
        except Conflict as conflict:
            _finish(found, status=ImportStatus.APPLIED, undone_by=None, error=str(conflict)[:500])


STEPS: dict[ImportStatus, Callable[[Import, Progress], None]] = {
    ImportStatus.CHECKING: _check,
    ImportStatus.APPLYING: _apply,
    ImportStatus.UNDOING: _take_back,
}
