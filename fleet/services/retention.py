"""What histories forget after a stated time, in bounded batches, and a record of how much and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from pghistory.models import Context

from fleet.models import AccessRecord, DayCount, MeasuredDay, Pruning, UsageForecast

BATCH = 5000
BATCHES = 20


def prune_histories(*, now: dt.datetime | None = None) -> dict[str, int]:
    """Forget what is past its time: what → rows. At most `BATCHES` × `BATCH` rows of each table at a time."""
    now = now or timezone.now()
    changes = now - dt.timedelta(days=settings.CHANGE_LOG_KEEP_DAYS)
    looks = now - dt.timedelta(days=settings.ACCESS_LOG_KEEP_DAYS)
    days = now - dt.timedelta(days=settings.DAILY_FIGURES_KEEP_DAYS)
    counts = {
        "changes": sum(_forget(_past_changes(model, changes)) for model in event_models()),
        "contexts": _forget(_past_contexts(changes)),
        "access": _forget(AccessRecord.objects.filter(at__lt=looks)),
        "days": _forget(_past_days(timezone.localdate(days))),
        "forecasts": _forget(UsageForecast.objects.filter(period_end__lt=timezone.localdate(days))),
    }
    before = {"changes": changes, "contexts": changes, "access": looks, "days": days, "forecasts": days}
    Pruning.objects.bulk_create(
        Pruning(what=what, rows=rows, before=before[what]) for what, rows in counts.items() if rows
    )
    return counts


def event_models() -> Iterator[Any]:
    """The tables of the change log, those of apps above included."""
    for model in apps.get_models():
        if getattr(model, "pgh_tracked_model", None) is not None:
            yield model


def _past_changes(model: Any, before: dt.datetime) -> QuerySet[Any]:
    """Old events, save the newest old one of each row that is still there.

    It is what the row was when its log begins: without it, the first change after it would have no before.
    """
    later = model.objects.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id"), pgh_created_at__lt=before
    )
    found: QuerySet[Any] = model.objects.filter(
        Q(Exists(later)) | Q(pgh_label="delete"), pgh_created_at__lt=before
    )
    return found


def _past_contexts(before: dt.datetime) -> QuerySet[Any]:
    """Who and how, of changes that are all forgotten."""
    old = Context.objects.filter(created_at__lt=before)
    for model in event_models():
        old = old.filter(~Exists(model.objects.filter(pgh_context=OuterRef("pk"))))
    return old


def _past_days(before: dt.date) -> QuerySet[Any]:
    """Old counts of devices, save those of the first day of each month that was measured."""
    earlier = MeasuredDay.objects.filter(
        organisation=OuterRef("organisation"),
        measured_at__isnull=False,
        day__gte=OuterRef("month"),
        day__lt=OuterRef("day"),
    )
    old = DayCount.objects.filter(day__lt=before).alias(month=TruncMonth("day"))
    found: QuerySet[Any] = old.filter(Exists(earlier))
    return found


def _forget(rows: QuerySet[Any]) -> int:
    total = 0
    for _ in range(BATCHES):
        done = _forget_batch(rows)
        total += done
        if done < BATCH:
            break
    return total


def _forget_batch(rows: QuerySet[Any]) -> int:
    """One transaction, so that a worker that dies loses one batch at most."""
    model: Any = rows.model
    triggers = getattr(model._meta, "triggers", ())
    protected = [f"{model._meta.label}:append_only" for one in triggers if one.name == "append_only"]
    with transaction.atomic(), pgtrigger.ignore(*protected):
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        # Nothing points to a row of a history; asking would read every table.
        model.objects.filter(pk__in=keys)._raw_delete(rows.db)
    return len(keys)
