"""An import's way: taken in and checked, then confirmed or discarded."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from feedback.models import FeedbackImport
from feedback.services.importing.planning import Plan, plan
from feedback.services.importing.reading import Sheet, read
from feedback.services.importing.writing import write
from feedback.vocabulary import FeedbackImportStatus
from fleet.errors import Conflict, Invalid
from fleet.models import Organisation, User
from fleet.services.imports.receiving import refuse_size


def examined(content: bytes, *, organisation: Organisation, source: str) -> Plan:
    """What a file would change. Raises Invalid (field `file` or `source`)."""
    if not source.strip():
        raise Invalid("Say where the comments were made, such as “Staff forum 2011”", field="source")
    refuse_size(len(content))
    try:
        return plan(read(content), organisation=organisation, source=source.strip())
    except Invalid as error:
        raise Invalid(str(error), field="file") from error


def receive(
    *, organisation: Organisation, source: str, name: str, content: bytes, by: User | None
) -> FeedbackImport:
    """Keeps a file that can be read, with what it would change. Raises Invalid (field `file` or `source`)."""
    found = examined(content, organisation=organisation, source=source)
    return FeedbackImport.objects.create(
        organisation=organisation,
        source=source.strip(),
        name=PurePath(name.replace("\\", "/")).name[:255] or "file",
        digest=hashlib.sha256(content).hexdigest(),
        content=zlib.compress(content),
        counts=found.counts,
        by=by,
    )


def checked(imported: FeedbackImport) -> tuple[Sheet, Plan]:
    """What the kept file says and would change now. Raises Conflict where it is decided on."""
    if imported.content is None:
        raise Conflict("This import is decided on already.")
    sheet = read(zlib.decompress(bytes(imported.content)))
    return sheet, plan(sheet, organisation=imported.organisation, source=imported.source)


@transaction.atomic
def confirm(*, imported: FeedbackImport) -> Plan:
    """Makes the threads. Raises Conflict where somebody was first."""
    # One at a time for an organisation: what one brings, the next one finds.
    Organisation.objects.select_for_update(no_key=True).get(pk=imported.organisation_id)
    row = FeedbackImport.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    _, found = checked(row)
    write(found, imported=row)
    _decide(row, FeedbackImportStatus.APPLIED, counts=found.counts, refused=found)
    imported.refresh_from_db()
    return found


def discard(*, imported: FeedbackImport) -> None:
    """Lets the file go. Raises Conflict where it is decided on."""
    _decide(imported, FeedbackImportStatus.DISCARDED, counts=imported.counts)
    imported.refresh_from_db()


def _decide(
    imported: FeedbackImport,
    status: FeedbackImportStatus,
    *,
    counts: dict[str, Any],
    refused: Plan | None = None,
) -> None:
    rows = [[one.number, one.column, one.reason] for one in refused.refused] if refused else []
    updated = FeedbackImport.objects.filter(pk=imported.pk, status=FeedbackImportStatus.CHECKED).update(
        status=status,
        content=None,
        decided_at=timezone.now(),
        counts=counts | ({"refused_rows": rows} if rows else {}),
    )
    if not updated:
        raise Conflict("This import is decided on already.")
