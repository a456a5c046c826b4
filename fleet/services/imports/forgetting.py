"""Files hold personal data: they are forgotten after a stated time, and what was read in them."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fleet.models import Import, ImportLine
from fleet.models.imports import ASKING, FORGOTTEN
from fleet.vocabulary import ImportStatus


def _forget_bills() -> None:
    """Bills name third parties: what nobody decided on goes sooner."""
    kept = timezone.now() - timedelta(days=settings.BILL_KEEP_DAYS)
    old = Import.objects.filter(kind="usage", made_at__lt=kept)
    old.filter(status__in=ASKING).update(status=ImportStatus.DISCARDED, **FORGOTTEN)
    old.filter(status=ImportStatus.FAILED).exclude(content=b"").update(**FORGOTTEN)


@transaction.atomic
def forget_old() -> None:
    """Who loaded what kind of file when, and the numbers of its rows, stay."""
    old = Import.objects.filter(made_at__lt=timezone.now() - timedelta(days=settings.IMPORT_KEEP_DAYS))
    old.filter(status__in=ASKING).update(status=ImportStatus.DISCARDED)
    _forget_bills()
    done = (
        ImportStatus.APPLIED,
        ImportStatus.UNDONE,
        ImportStatus.FAILED,
        ImportStatus.DISCARDED,
        ImportStatus.NOTHING,
    )
    ImportLine.objects.filter(file__in=old.filter(status__in=done)).delete()
    old.filter(status__in=done).exclude(content=b"", unknown=[]).update(**FORGOTTEN)
