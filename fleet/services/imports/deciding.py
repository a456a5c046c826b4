"""What people decide on a file that was brought in. Each is one conditional UPDATE; the second is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import Import, Site, SiteAlias, User
from fleet.models.imports import FORGOTTEN
from fleet.services import leasing
from fleet.services.imports import headers
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.reading import folded
from fleet.services.imports.spellings import fold
from fleet.vocabulary import ImportStatus

ENDS_MANY = "More than a tenth of the people would be ended. Look through them, then tick that you mean it."
REPLACES = (
    "Figures of the same lines and months came before. Look through what changes, then tick that this file "
    "takes their place."
)
FRESH: dict[str, Any] = {**leasing.FRESH, "is_moved": False}


def step(found: Import, *allowed: ImportStatus, to: ImportStatus, **more: Any) -> None:
    """From one of the states allowed to another. Raises Conflict where the file is in none of them by now."""
    rows = Import.objects.filter(pk=found.pk, status__in=allowed)
    if not rows.update(**{"status": to, **FRESH, **more}):
        now = Import.objects.values_list("status", flat=True).get(pk=found.pk)
        raise Conflict(f"This is no longer possible: the file is “{ImportStatus(now).label.lower()}”.")


@transaction.atomic
def name_columns(*, found: Import, columns: Mapping[str, str]) -> None:
    """Say what headers mean (header → column, empty to leave it out); kept for the next file; checks again.

    Raises Invalid where a header is left open, or two would mean the same column.
    """
    given = {folded(header): column for header, column in columns.items()}
    if missing := [one["header"] for one in found.unknown if folded(one["header"]) not in given]:
        raise Invalid(f"Say what the column {missing[0]} means, or leave it out.", field="columns")
    used = [column for column in given.values() if column]
    if twice := {column for column in used if used.count(column) > 1}:
        twice_as = KINDS[found.kind].label(twice.pop())
        raise Invalid(f"Only one header can be {twice_as}. Leave the other out.", field="columns")
    step(found, ImportStatus.NAMING, to=ImportStatus.CHECKING, unknown=[])
    headers.remember(
        kind_key=found.kind, kind=KINDS[found.kind], organisation=found.organisation, columns=given
    )


@transaction.atomic
def name_sites(*, found: Import, sites: Mapping[str, Site]) -> None:
    """Say which site each spelling means; kept for all files of the organisation; checks again."""
    if not sites:
        raise Invalid("Say of at least one spelling which site it means.")
    if any(site.organisation_id != found.organisation_id for site in sites.values()):
        raise Invalid(f"Choose sites of {found.organisation}.", field="sites")
    step(found, ImportStatus.CHECKED, to=ImportStatus.CHECKING)
    SiteAlias.objects.bulk_create(
        (
            SiteAlias(organisation=found.organisation, spelling=fold(spelling)[:200], site=site)
            for spelling, site in {fold(one): (one, site) for one, site in sites.items()}.values()
        ),
        update_conflicts=True,
        unique_fields=["organisation", "spelling"],
        update_fields=["site"],
    )


def confirm(
    *, found: Import, by: User, seen: str, may_end_many: bool = False, may_replace: bool = False
) -> None:
    """Have a worker apply what was checked; `seen` is the digest of the outcome that the person looked at.

    `may_replace`: figures of a bill take the place of others.

    Raises Conflict where it was confirmed before or checked anew since, Invalid where there is nothing to do.
    """
    if found.status == ImportStatus.CHECKED and found.digest != seen:
        raise Conflict("The file was checked again since you looked. Look at what it does now.")
    if not (found.created or found.changed or found.ended):
        raise Invalid("There is nothing to apply: the file changes nothing.")
    if found.is_ending_many and not may_end_many:
        raise Invalid(ENDS_MANY, field="may_end_many")
    if found.is_replacing and not may_replace:
        raise Invalid(REPLACES, field="may_replace")
    by_whom = {"confirmed_by": by, "confirmed_at": timezone.now(), "may_end_many": may_end_many}
    rows = Import.objects.filter(pk=found.pk, status=ImportStatus.CHECKED, digest=seen)
    if not rows.update(status=ImportStatus.APPLYING, **FRESH, **by_whom):
        raise Conflict("This file was confirmed, discarded or checked anew in the meantime.")


@transaction.atomic
def discard(*, found: Import) -> None:
    """Forget a file that has changed nothing."""
    rows = found.status == ImportStatus.FAILED and found.applied_at is not None
    if rows:
        raise Conflict("What this file did is in the register. Undo it instead.")
    allowed = (ImportStatus.NAMING, ImportStatus.CHECKED, ImportStatus.NOTHING, ImportStatus.FAILED)
    step(found, *allowed, to=ImportStatus.DISCARDED, **FORGOTTEN)
    found.lines.all().delete()


def retry(*, found: Import) -> None:
    """Check a file again that failed, or try its undoing again.

    Raises Conflict where it has not failed, Invalid where the file has been forgotten.
    """
    if found.applied_at is not None:
        step(found, ImportStatus.FAILED, to=ImportStatus.UNDOING)
        return
    if not found.content:
        raise Invalid("The file was forgotten after its time. Import it again.")
    back = {"confirmed_by": None, "confirmed_at": None}
    step(found, ImportStatus.FAILED, to=ImportStatus.CHECKING, **back)


def undo_import(*, found: Import, by: User) -> None:
    """Have a worker take back all that the file did, if nothing has built on it. Raises Conflict."""
    step(found, ImportStatus.APPLIED, to=ImportStatus.UNDOING, undone_by=by)
