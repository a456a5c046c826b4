"""What feedback forgets after a stated time."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.models import Attachment
from feedback.services.attaching import NO_LONGER_KEPT
from feedback.vocabulary import UNSETTLED, ThreadStatus
from fleet.models import Pruning


@transaction.atomic
def forget_pictures(*, now: dt.datetime | None = None) -> int:
    """Those of threads that were settled long ago; of duplicates, when what they repeat was. How many."""
    before = (now or timezone.now()) - dt.timedelta(days=settings.PICTURES_KEEP_DAYS)
    path, other = "post__thread", "post__thread__merged_into"
    alone = _settled(path, before) & Q(**{f"{other}__isnull": True})
    past = Attachment.objects.there().filter(alone | _settled(other, before))
    found = past.update(content=None, removed_because=NO_LONGER_KEPT)
    if found:
        Pruning.objects.create(what="pictures", rows=found, before=before)
    return found


def _settled(path: str, before: dt.datetime) -> Q:
    settled = [status for status in ThreadStatus.values if status not in UNSETTLED]
    return Q(**{f"{path}__status__in": settled, f"{path}__status_at__lt": before})
