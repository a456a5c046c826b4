"""Takes files in: what is accepted is a row before the answer goes out, so it cannot be lost."""

from __future__ import annotations

import datetime as dt
import zlib
from pathlib import PurePath

from django.conf import settings

from fleet.errors import Invalid
from fleet.models import Import, Organisation, User
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.loading import kind_called


def receive(
    *,
    organisation: Organisation,
    kind: str,
    file_name: str,
    content: bytes,
    by: User,
    complete_on: dt.date | None = None,
) -> Import:
    """Store a file for a worker to check. `complete_on`: it is the whole list as of that day.

    Raises Invalid for a file that is empty or too large, and for a whole list of what nobody leaves.
    """
    if kind_called(kind).term is None and complete_on:
        raise Invalid("Only a list of people can be the whole list.", field="is_complete")
    if not content:
        raise Invalid("The file is empty. Choose another.", field="file")
    refuse_size(len(content))
    return Import.objects.create(
        organisation=organisation,
        kind=kind,
        permission=KINDS[kind].permission,
        file_name=PurePath(file_name.replace("\\", "/")).name[:200] or "file",
        content=zlib.compress(content, 1),
        size_bytes=len(content),
        made_by=by,
        complete_on=complete_on,
    )


def refuse_size(size: int) -> None:
    """Before the file is read into memory. Raises Invalid."""
    if size > settings.IMPORT_MAX_BYTES:
        most = settings.IMPORT_MAX_BYTES // 2**20
        raise Invalid(f"The file is larger than {most} MB. Load it in several parts.", field="file")
