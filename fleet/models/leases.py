"""Rows that wait for a worker: the queue of record. The broker only wakes one."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Q

M = TypeVar("M", bound="Leased")


class LeasedQuerySet(models.QuerySet[M]):
    def claimable(self, now: dt.datetime) -> LeasedQuerySet[M]:
        """Work that no worker has, or whose worker's lease has run out."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
        return self.filter(free, status__in=self.model.WORKING)


class Leased(models.Model):
    """`claimed_by` and `claimed_until` are a worker's lease; `done` of `total` is how far it has come.

    A model says in which states a worker has something to do (`WORKING`), and which setting holds the
    seconds that a worker may take without a word before another takes over.
    """

    WORKING: ClassVar[tuple[str, ...]]
    LEASE_SETTING: ClassVar[str]

    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def is_working(self) -> bool:
        return self.status in self.WORKING  # type: ignore[attr-defined]

    def given_up(self) -> dict[str, Any]:
        """What becomes of the row when the work failed for good."""
        return {"status": "failed"}


def claimed_only_at_work(working: tuple[str, ...], *, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(claimed_by__isnull=True, claimed_until__isnull=True)
        | Q(claimed_by__isnull=False, claimed_until__isnull=False, status__in=working),
        name=name,
    )


def failed_says_why(*, name: str) -> models.CheckConstraint:
    failed = Q(status="failed")
    return models.CheckConstraint(condition=(failed & ~Q(error="")) | ~failed, name=name)
