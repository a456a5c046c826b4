"""Takes a carrier's file in. The same file a second time is the first one."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from fleet.errors import Invalid
from fleet.models import Import, MdmSource, Organisation, UsageBatch, User
from fleet.services.imports.receiving import refuse_size
from fleet.services.usage.periods import refusal_of
from fleet.services.usage.steps import KIND, PERMISSION
from fleet.vocabulary import ImportStatus

# In these, a file that comes again may be taken again.
ABANDONED = (ImportStatus.DISCARDED, ImportStatus.UNDONE, ImportStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` is false for a file that came before and was neither discarded nor undone."""

    file: Import
    is_new: bool


@transaction.atomic
def receive_bill(
    *,
    organisation: Organisation,
    carrier: str,
    file_name: str,
    content: bytes,
    by: User | None = None,
    source: MdmSource | None = None,
    period_start: dt.date | None = None,
    period_end: dt.date | None = None,
) -> Received:
    """Store a file for a worker to check. Raises Invalid for an empty or too large one, or half a period."""
    if not content:
        raise Invalid("The file is empty. Choose another.", field="file")
    refuse_size(len(content))
    if not carrier.strip():
        raise Invalid("Name the carrier.", field="carrier")
    if bool(period_start) != bool(period_end):
        field = "period_end" if period_start else "period_start"
        raise Invalid("Give both the first and the last day, or neither.", field=field)
    if period_start and (wrong := refusal_of(period_start, period_end, today=timezone.localdate())):
        field, why = wrong
        raise Invalid(why, field=field)
    digest = hashlib.sha256(content).hexdigest()
    earlier = UsageBatch.objects.filter(organisation=organisation, digest=digest, file__isnull=False)
    if known := earlier.exclude(file__status__in=ABANDONED).select_related("file").first():
        assert known.file is not None
        return Received(known.file, is_new=False)
    name = PurePath(file_name.replace("\\", "/")).name[:200] or "file"
    found = Import.objects.create(
        organisation=organisation,
        kind=KIND,
        permission=PERMISSION,
        file_name=name,
        content=zlib.compress(content, 1),
        size_bytes=len(content),
        made_by=by,
    )
    UsageBatch.objects.create(
        organisation=organisation,
        carrier=_spelt(organisation, carrier),
        name=name,
        digest=digest,
        file=found,
        source=source,
        made_by=by,
        period_start=period_start,
        period_end=period_end,
    )
    return Received(found, is_new=True)


def _spelt(organisation: Organisation, carrier: str) -> str:
    """A carrier as it was spelt before, whatever the case."""
    given = " ".join(carrier.split())[:100]
    known = UsageBatch.objects.filter(organisation=organisation, carrier__iexact=given)
    return known.values_list("carrier", flat=True).first() or given
