"""Lines that nobody uses: counted in billed months, so that what was never billed is not called unused."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from fleet.models import Line, UsageRecord
from fleet.months import months_after
from fleet.vocabulary import UsageOrigin

SPANS = (1, 2, 3, 6, 12)


def with_last_use(lines: Any) -> Any:
    """Adds `last_used_on`: the last day of the newest billing month in which there was any use."""
    used = UsageRecord.objects.filter(line=OuterRef("pk"), is_used=True).order_by("-period_start")
    return lines.annotate(last_used_on=Subquery(used.values("through_on")[:1]))


def unused_for(lines: QuerySet[Line], months: int) -> QuerySet[Line]:
    """Open lines without any use, by carrier or device, in the last `months` billed of their organisation.

    A line that began within them is too young to say, and so is every line where fewer months were billed.
    """
    billed = UsageRecord.objects.filter(origin=UsageOrigin.CARRIER).order_by().values("organisation")
    conditions = []
    for row in billed.annotate(first=Min("month"), last=Max("month")):
        since = months_after(row["last"], 1 - months)
        if row["first"] <= since:
            used = UsageRecord.objects.filter(line=OuterRef("pk"), month__gte=since, is_used=True)
            old = Q(organisation=row["organisation"], starts_on__lte=since)
            conditions.append(old & ~Exists(used))
    return lines.filter(reduce(or_, conditions, Q(pk__in=())), ends_on__isnull=True)
