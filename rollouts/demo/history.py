"""Months of daily counts before today, so that the fleet over time has something to show.

They are made of today's own counts: the farther back, the more devices still stand one version lower, or
were not yet compliant or encrypted. Like all of the demo they belong to organisations with a `DemoClock`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.utils import timezone

from fleet.models import DayCount, MeasuredDay, Organisation
from fleet.services.estate import measure
from rollouts.demo.copying import analyse

DAYS = 90
MONTHS = 6
# On these nights no worker ran.
MISSED = (17, 52)

# `later` is how much of what today's counts show had come by a day: a logistic curve, 1 today. What had not
# come yet stands with the next lower row; a fraction of a device is dealt out by hash, so that small sites
# do not all change on the same day.
_PAST = """
    WITH steps AS (
        SELECT c.*, CASE c.measure WHEN 'os' THEN c."group" || (c.version = '')::text ELSE '' END AS line,
            CASE c."group" WHEN 'compliant' THEN 3 WHEN 'grace' THEN 2 WHEN 'true' THEN 3 ELSE 1 END AS step
        FROM fleet_daycount c
        WHERE c.organisation_id = %(organisation)s AND c.day = %(today)s
    ), ordered AS (
        SELECT steps.*, lag(id) OVER lower IS NOT NULL
            AND measure IN ('os', 'compliance', 'encryption') AS has_lower
        FROM steps WINDOW lower AS (PARTITION BY measure, line, site_id ORDER BY version_key, step, id)
    ), past AS (
        SELECT ordered.*, d.day AS on_day, CASE WHEN has_lower THEN
            least(count, floor(count * (1 - later) * CASE measure WHEN 'os' THEN 1 ELSE 0.12 END
                + (hashtext(concat(site_id, version, "group")) & 1023) / 1024.0))
            ELSE 0 END::int AS not_yet
        FROM ordered CROSS JOIN (
            SELECT day, (1 + exp(-1.5)) / (1 + exp(((%(today)s - day) - 27) / 18.0)) AS later,
                %(today)s - day AS ago
            FROM unnest(%(days)s::date[]) AS day
        ) d WHERE (measure = 'os' AND ago <= %(daily)s) OR d.day = ANY(%(ends)s::date[])
    )
    INSERT INTO fleet_daycount
        (organisation_id, day, measure, "group", version, version_key, site_id, count)
    SELECT organisation_id, on_day, measure, "group", version, version_key, site_id, n FROM (
        SELECT past.*, count - not_yet + coalesce(lead(not_yet) OVER (
            PARTITION BY on_day, measure, line, site_id ORDER BY version_key, step, id), 0) AS n
        FROM past
    ) counted WHERE n > 0
"""


def tell_history(organisation: Organisation) -> None:
    """Measures today and makes up what was measured before."""
    measure(organisation=organisation)
    today = timezone.localdate()
    ends = _month_ends(today)
    ago = [n for n in range(1, DAYS + 1) if n not in MISSED]
    days = sorted({today - dt.timedelta(days=n) for n in ago} | set(ends))
    given: dict[str, Any] = {
        "organisation": organisation.pk,
        "today": today,
        "days": days,
        "ends": ends,
        "daily": DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAST, given)
    MeasuredDay.objects.bulk_create(_measured(organisation, days, today))
    analyse(DayCount)


def _measured(organisation: Organisation, days: list[dt.date], today: dt.date) -> list[MeasuredDay]:
    night = timezone.now().replace(hour=3, minute=40, second=0, microsecond=0)
    found = [
        MeasuredDay(organisation=organisation, day=day, measured_at=night - (today - day)) for day in days
    ]
    missed = [today - dt.timedelta(days=n) for n in MISSED]
    return found + [MeasuredDay(organisation=organisation, day=day) for day in missed if day not in days]


def _month_ends(today: dt.date) -> list[dt.date]:
    """The last days of the months before this one, from the last."""
    found, first = [], today.replace(day=1)
    for _ in range(MONTHS):
        found.append(first - dt.timedelta(days=1))
        first = found[-1].replace(day=1)
    return found
