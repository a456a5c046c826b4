"""Topics on which more people speak up than usual."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Min, Q, QuerySet, When

from feedback.models import Voice
from feedback.vocabulary import SMALLEST_GROUP, ThreadKind
from fleet.models import Organisation
from fleet.statistics import holm, rate_is_higher

# The last four weeks against the twelve before them; what is compared must be four weeks long at least.
RECENT_DAYS, BEFORE_DAYS, FEWEST_BEFORE_DAYS = 28, 84, 28
# An adjusted p-value below this is said to be a rise.
LEVEL = 0.05
METHOD = (
    "People who raised or joined a problem in the last 28 days, against the usual number: that of the 12 "
    "weeks before, as a number in 28 days. A topic is rising where an exact one-sided test of two Poisson "
    "counts, with Holm’s correction for the number of topics compared, gives p below 0.05. Under five people "
    "nothing is said. Many join a thread because others did, so take a rise as a reason to look."
)


@dataclass(slots=True)
class Trend:
    """Of one topic: voices in `recent` and `before` days, and `p`, adjusted; None where nothing is said."""

    key: int | None
    name: str
    recent: int
    before: int
    before_days: int
    p: float | None = None

    @property
    def usual(self) -> float | None:
        """In as many days as the recent ones."""
        return self.before * RECENT_DAYS / self.before_days if self.before_days else None

    @property
    def verdict(self) -> str:
        if self.recent < SMALLEST_GROUP:
            return "too_few"
        if self.p is None:
            return "no_past"
        return "rising" if self.p < LEVEL else "usual"


def recent_since(today: dt.date) -> dt.date:
    """The first of the recent days; the last is today."""
    return today - dt.timedelta(days=RECENT_DAYS - 1)


def trends(organisation: Organisation, today: dt.date) -> list[Trend]:
    """Of the topics on which somebody spoke up lately: what rises first. Two queries."""
    since = recent_since(today)
    voices = _voices(organisation)
    # What was brought in from elsewhere is older than the days on which anybody could speak up here.
    first = voices.filter(thread__imported=None).aggregate(day=Min("joined_on"))["day"]
    start = max(since - dt.timedelta(days=BEFORE_DAYS), first) if first else since
    days = max((since - start).days, 0)
    days = days if days >= FEWEST_BEFORE_DAYS else 0
    rows = (
        voices.filter(joined_on__gte=start, joined_on__lte=today)
        .values("about", "name")
        .annotate(
            recent=Count("pk", filter=Q(joined_on__gte=since)),
            before=Count("pk", filter=Q(joined_on__lt=since)),
        )
    )
    found = [
        Trend(row["about"], row["name"] or "No topic", row["recent"], row["before"], days)
        for row in rows
        if row["recent"]
    ]
    _judge([one for one in found if one.recent >= SMALLEST_GROUP and days])
    return sorted(found, key=lambda one: (1 if one.p is None else one.p, -one.recent, one.name))


def _judge(compared: list[Trend]) -> None:
    raw = [rate_is_higher(one.recent, RECENT_DAYS, one.before, one.before_days) for one in compared]
    for one, p in zip(compared, holm(raw), strict=True):
        one.p = p


def _voices(organisation: Organisation) -> QuerySet[Any]:
    """Those in problems that stand, by the topic of the thread that stands (`about`)."""
    rows = Voice.objects.filter(thread__organisation=organisation, joined_on__isnull=False).order_by()
    alone = Q(thread__merged_into__isnull=True)
    counted = {"hidden_at": None, "kind": ThreadKind.PROBLEM}
    standing = alone & Q(**{f"thread__{name}": value for name, value in counted.items()})
    merged = ~alone & Q(**{f"thread__merged_into__{name}": value for name, value in counted.items()})

    def of_standing(path: str) -> Case:
        return Case(When(alone, then=F(f"thread__{path}")), default=F(f"thread__merged_into__{path}"))

    topics = {"about": of_standing("topic"), "name": of_standing("topic__name")}
    found: QuerySet[Any] = rows.filter(standing | merged).annotate(**topics)
    return found
