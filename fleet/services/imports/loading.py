"""The verb: check a file, and merge what is right in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.db import IntegrityError, transaction

from fleet.errors import Conflict, Invalid
from fleet.mdm.writing import begin, decide_identity
from fleet.models import Organisation
from fleet.models.imports import is_many
from fleet.services import facts
from fleet.services.imports import headers
from fleet.services.imports.kind import Kind
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.planning import Progress, no_progress, plan
from fleet.services.imports.plans import Plan
from fleet.services.imports.reading import File, folded
from fleet.services.imports.report import Report
from fleet.services.imports.storing import store

MOVED = "Somebody changed the same rows meanwhile. Nothing was stored; load again."


def kind_called(name: str) -> Kind:
    """Raises Invalid for what is no kind of file."""
    if name not in KINDS:
        raise Invalid(f"{name} is not one of {', '.join(KINDS)}.", field="kind")
    return KINDS[name]


def load_file(
    *,
    kind: str,
    content: bytes,
    organisation: Organisation,
    is_check: bool = False,
    columns: Mapping[str, str] | None = None,
    complete_on: dt.date | None = None,
    may_end_many: bool = False,
) -> Plan:
    """Merge the rows of a file that can be taken, in one step; with `is_check` only say what it would do.

    `columns`: what headers mean that nobody would know, kept for the next file. `complete_on`: the file is
    the whole list as of that day, so that others are ended, more than a tenth only where `may_end_many`.

    Raises Invalid where the file as a whole cannot be taken, and Conflict where somebody changed the same
    rows meanwhile; then nothing is stored.
    """
    chosen, file = kind_called(kind), File(content)
    given = {folded(header): column for header, column in (columns or {}).items()}
    known = headers.remembered(kind, organisation) | given
    reading = headers.read_header(chosen, file, known)
    headers.refuse_unknown(chosen, reading)
    file.rename(reading.columns)
    if is_check:
        return plan(chosen, organisation, file, complete_on=complete_on)

    def refuse(planned: Plan) -> None:
        if is_many(len(planned.ended), planned.active) and not may_end_many:
            raise Invalid(_too_many(planned), field="may_end_many")

    with transaction.atomic():
        if given:
            headers.remember(kind_key=kind, kind=chosen, organisation=organisation, columns=given)
        planned, _ = merge(chosen, organisation, file, complete_on=complete_on, before=refuse)
    return planned


def load_csv(*, kind: str, content: bytes, organisation: Organisation, is_check: bool = False) -> Report:
    """`load_file` without its options: only the numbers of rows, and why some were rejected."""
    return load_file(kind=kind, content=content, organisation=organisation, is_check=is_check).report


def merge(
    kind: Kind,
    organisation: Organisation,
    file: File,
    *,
    complete_on: dt.date | None,
    before: Callable[[Plan], None],
    progress: Progress = no_progress,
) -> tuple[Plan, dict[int, int]]:
    """Plan and store in one transaction; the plan, and row number → id of the new rows.

    `before` sees the plan before anything is stored, and may raise. Raises Conflict.
    """
    try:
        with transaction.atomic():
            begin()
            decide_identity(organisation.pk)
            planned = plan(kind, organisation, file, complete_on=complete_on, progress=progress)
            before(planned)
            new = store(kind, organisation, planned)
            ids = {*new.values(), *(pk for pk, _ in planned.written)}
            facts.announce_rows(kind.model, organisation_id=organisation.pk, ids=ids)
            return planned, new
    except IntegrityError as error:
        raise Conflict(MOVED) from error


def _too_many(planned: Plan) -> str:
    return (
        f"{len(planned.ended):,} of {planned.active:,} people are not in the file and would be ended. "
        "Look through them with a check; then say that you mean it."
    )
