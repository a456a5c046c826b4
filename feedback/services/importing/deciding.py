"""An import's way: taken in and checked, then confirmed or discarded."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from feedback.models import FeedbackImport
from feedback.services.importing import reports
from feedback.services.importing.planning import Plan, plan
from feedback.services.importing.reading import Sheet, read
from feedback.services.importing.writing import write
from feedback.vocabulary import FeedbackImportStatus
from fleet.errors import Conflict, Invalid
from fleet.models import Organisation, User
from fleet.services.imports.receiving import refuse_size

DECIDED = "This import is decided on already."


def examined(content: bytes, *, organisation: Organisation, source: str) -> tuple[Sheet, Plan]:
    """What a file says and would change. Raises Invalid (field `file` or `source`)."""
    if not source.strip():
        raise Invalid("Say where the comments were made, such as “Staff forum 2011”", field="source")
    refuse_size(len(content))
    try:
        sheet = read(content)
        return sheet, plan(sheet, organisation=organisation, source=source.strip())
    except Invalid as error:
        raise Invalid(str(error), field="file") from error


def receive(
    *, organisation: Organisation, source: str, name: str, content: bytes, by: User | None
) -> FeedbackImport:
    """Keeps a file that can be read, with what it would change. Raises Invalid (field `file` or `source`)."""
    sheet, found = examined(content, organisation=organisation, source=source)
    return FeedbackImport.objects.create(
        organisation=organisation,
        source=source.strip(),
        name=PurePath(name.replace("\\", "/")).name[:255] or "file",
        digest=hashlib.sha256(content).hexdigest(),
        content=zlib.compress(content),
        counts=found.counts,
        report=reports.written(sheet, found),
        by=by,
    )


@transaction.atomic
def confirm(*, imported: FeedbackImport) -> Plan:
    """Makes the threads. Raises Conflict where somebody was first."""
    # One at a time for an organisation: what one brings, the next one finds.
    Organisation.objects.select_for_update(no_key=True).get(pk=imported.organisation_id)
    row = FeedbackImport.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if row.content is None:
        raise Conflict(DECIDED)
    sheet, found = _checked(row)
    write(found, imported=row)
    report = reports.written(sheet, found) | {"threads": []}
    _decide(row, FeedbackImportStatus.APPLIED, counts=found.counts, report=report)
    check_waiting(source_of=row)
    imported.refresh_from_db()
    return found


def discard(*, imported: FeedbackImport) -> None:
    """Lets the file go. Raises Conflict where it is decided on."""
    _decide(imported, FeedbackImportStatus.DISCARDED, report={})
    imported.refresh_from_db()


def _checked(row: FeedbackImport) -> tuple[Sheet, Plan]:
    """What the kept file says, and would change now."""
    sheet = read(zlib.decompress(bytes(row.content or b"")))
    return sheet, plan(sheet, organisation=row.organisation, source=row.source)


def check_waiting(*, source_of: FeedbackImport) -> None:
    """Of files that wait from its source, says anew what they would change: one came in, or went."""
    waiting = FeedbackImport.objects.filter(
        organisation=source_of.organisation_id, source=source_of.source, status=FeedbackImportStatus.CHECKED
    )
    for row in waiting:
        sheet, found = _checked(row)
        row.counts, row.report = found.counts, reports.written(sheet, found)
        row.save(update_fields=["counts", "report"])


def _decide(imported: FeedbackImport, status: FeedbackImportStatus, **more: Any) -> None:
    updated = FeedbackImport.objects.filter(pk=imported.pk, status=FeedbackImportStatus.CHECKED).update(
        status=status, content=None, decided_at=timezone.now(), **more
    )
    if not updated:
        raise Conflict(DECIDED)
