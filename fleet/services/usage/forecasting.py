"""What each line will have used at the end of its billing month, worked out daily and kept with its date.

Where there are figures of the running month, what was used by then is carried on at the same rate: used times
the days of the month, by the days so far, from the third day on. Else the mean of the last complete months,
at most three, stands for it. Both say how many days or months they rest on.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import transaction

from fleet.models import Line, UsageForecast, UsageRecord
from fleet.services.usage.periods import DAY, month_from
from fleet.vocabulary import ForecastMethod, UsageOrigin

FEWEST_DAYS = 3
MOST_MONTHS = 3
# A line of which the last complete month is older than this has nothing to be judged by.
STALE = dt.timedelta(days=62)
LOOK_BACK = dt.timedelta(days=160)
AT_ONCE = 2000
FIELDS = ["period_end", "method", "n", "used_bytes", "expected_bytes", "allowance_bytes"]


@transaction.atomic
def make_forecasts(today: dt.date) -> int:
    """Forecast every open line with a data allowance, once a day; again on one day renews it. How many."""
    allowances: dict[int, Any] = dict(
        Line.objects.open()
        .filter(tariff__data_allowance_bytes__isnull=False)
        .values_list("pk", "tariff__data_allowance_bytes")
    )
    made = list(_forecasts(today, allowances))
    UsageForecast.objects.bulk_create(
        made,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["line", "period_start", "made_on"],
        update_fields=FIELDS,
    )
    return len(made)


def _forecasts(today: dt.date, allowances: dict[int, Any]) -> Iterator[UsageForecast]:
    rows = UsageRecord.objects.filter(
        line__ends_on__isnull=True,
        line__tariff__data_allowance_bytes__isnull=False,
        data_bytes__isnull=False,
        period_end__gte=today - LOOK_BACK,
        period_start__lte=today,
    ).order_by("line_id", "-period_start", "origin")
    for line, records in groupby(rows.iterator(chunk_size=5000), attrgetter("line_id")):
        if made := _forecast(list(records), today):
            made.line_id, made.made_on, made.allowance_bytes = line, today, allowances[line]
            yield made


def _forecast(records: list[UsageRecord], today: dt.date) -> UsageForecast | None:
    """Of one line, newest first; a carrier's figures before a device's."""
    running = [row for row in records if row.period_end >= today]
    if running and (made := _by_rate(running[0])):
        return made
    by_origin: dict[str, list[UsageRecord]] = defaultdict(list)
    for row in records:
        if row.period_end < today:
            by_origin[row.origin].append(row)
    done = by_origin[UsageOrigin.CARRIER] or by_origin[UsageOrigin.DEVICE]
    return _by_mean(done[:MOST_MONTHS], today)


def _by_rate(row: UsageRecord) -> UsageForecast | None:
    days = (row.through_on - row.period_start).days + 1
    whole = (row.period_end - row.period_start).days + 1
    if days < FEWEST_DAYS:
        return None
    used = row.data_bytes or 0
    return UsageForecast(
        organisation_id=row.organisation_id,
        period_start=row.period_start,
        period_end=row.period_end,
        method=ForecastMethod.LINEAR,
        n=days,
        used_bytes=used,
        expected_bytes=used * whole // days,
    )


def _by_mean(rows: list[UsageRecord], today: dt.date) -> UsageForecast | None:
    if not rows or rows[0].period_end < today - STALE:
        return None
    start, end = month_from(rows[0].period_end + DAY)
    while end < today:
        start, end = month_from(end + DAY)
    return UsageForecast(
        organisation_id=rows[0].organisation_id,
        period_start=start,
        period_end=end,
        method=ForecastMethod.MEAN,
        n=len(rows),
        expected_bytes=sum(row.data_bytes or 0 for row in rows) // len(rows),
    )
