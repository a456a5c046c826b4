"""Where a band of ages or of last sightings begins: one rule for what is counted and what is listed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from fleet.vocabulary import AgeBand, SeenBand


def _years_ago(years: int) -> dt.date:
    today = timezone.localdate()
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - years, day=day)


def born() -> Coalesce:
    """The day from which a device's age counts, local time."""
    return Coalesce("purchased_on", TruncDate("enrolled_at"))


def age_band() -> Case:
    """A device's `AgeBand` today; it needs `born` as an annotation."""
    return _case(
        (Q(born__isnull=True), AgeBand.UNKNOWN),
        (Q(born__gt=_years_ago(3)), AgeBand.NEW),
        (Q(born__gt=_years_ago(5)), AgeBand.MIDDLE),
        otherwise=AgeBand.OLD,
    )


def seen_band() -> Case:
    """A device's `SeenBand` now."""
    seen, now = "heartbeat__last_seen_at", timezone.now()
    return _case(
        (Q(**{f"{seen}__gte": now - dt.timedelta(days=7)}), SeenBand.WEEK),
        (Q(**{f"{seen}__gte": now - dt.timedelta(days=30)}), SeenBand.MONTH),
        (Q(**{f"{seen}__isnull": False}), SeenBand.LONGER),
        otherwise=SeenBand.NEVER,
    )


def _case(*rules: tuple[Q, Any], otherwise: Any) -> Case:
    whens = [When(rule, then=Value(band.value)) for rule, band in rules]
    return Case(*whens, default=Value(otherwise.value), output_field=CharField())
