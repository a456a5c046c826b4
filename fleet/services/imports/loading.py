"""The verb: check a file, and merge what is right in it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from fleet.errors import Conflict, Invalid
from fleet.mdm.writing import begin, decide_identity
from fleet.models import Organisation
from fleet.services import facts
from fleet.services.imports.kind import Kind
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.planning import plan
from fleet.services.imports.reading import File
from fleet.services.imports.report import Report
from fleet.services.imports.storing import store

# Above that, everything of the organisation is looked at again instead of row by row.
MANY = 5000


def load_csv(*, kind: str, content: bytes, organisation: Organisation, is_check: bool = False) -> Report:
    """Merge the rows of a CSV file that can be taken, in one step; with `is_check` only say what it would do.

    Raises Invalid where the file as a whole cannot be taken, and Conflict where somebody changed the same
    rows meanwhile; then nothing is stored.
    """
    if kind not in KINDS:
        raise Invalid(f"{kind} is not one of {', '.join(KINDS)}.", field="kind")
    chosen, file = KINDS[kind], File(content)
    if is_check:
        return plan(chosen, organisation, file).report
    try:
        return _merge(chosen, organisation, file)
    except IntegrityError as error:
        raise Conflict("Somebody changed the same rows meanwhile. Nothing was stored; load again.") from error


@transaction.atomic
def _merge(kind: Kind, organisation: Organisation, file: File) -> Report:
    begin()
    decide_identity(organisation.pk)
    planned = plan(kind, organisation, file)
    ids = store(kind, organisation, planned)
    if ids:
        _announce(kind, organisation, ids)
    return planned.report


def _announce(kind: Kind, organisation: Organisation, ids: set[int]) -> None:
    reach = kind.reach or "device_ids"
    reached = ids if kind.reach and len(ids) <= MANY else None
    facts.announce(organisation_id=organisation.pk, **{reach: reached})
