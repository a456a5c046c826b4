"""How many discrepancies there are of each kind, what they are worth, and how that moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from fleet.models import Discrepancy, DiscrepancyCount, User
from fleet.models.reconciliation import OF_LINES
from fleet.services.reconciliation.kinds import KINDS, Kind
from fleet.vocabulary import DiscrepancyState, Stake

DAYS = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One kind: how many are open and dismissed now, what the open ones are worth where that is known.

    `priced` is of how many open ones it is known. `before` is how many stood open 30 days ago, or None.
    """

    kind: Kind
    open: int
    dismissed: int
    pence_at_stake: int
    priced: int
    before: int | None

    @property
    def label(self) -> str:
        return str(self.kind.key.label)


@dataclass(frozen=True, slots=True)
class Worth:
    """What so many devices or lines are worth, each counted once however often it contradicts."""

    stake: Stake
    pence: int
    counted: int


def overview(user: User) -> list[Line]:
    """A line for each kind that this person may see, in the order of the register of kinds: three queries."""
    is_open = Q(state=DiscrepancyState.OPEN)
    counted: dict[str, Any] = {
        row["kind"]: row
        for row in Discrepancy.objects.visible_to(user)
        .with_state()
        .order_by()
        .values("kind")
        .annotate(
            open=Count("pk", filter=is_open),
            dismissed=Count("pk", filter=~is_open),
            pence=Sum("pence_at_stake", filter=is_open),
            priced=Count("pence_at_stake", filter=is_open),
        )
    }
    before = _open_on(user, timezone.localdate() - dt.timedelta(days=30))
    shown = {key: kind for key, kind in KINDS.items() if user.access.may(kind.permission)}
    return [_line(kind, counted.get(key, {}), before) for key, kind in shown.items()]


def worth(user: User) -> list[Worth]:
    """What is open and has a price, by what the price is: one query."""
    rows: Any = Discrepancy.objects.visible_to(user).with_state()
    priced = rows.filter(state=DiscrepancyState.OPEN, pence_at_stake__isnull=False)
    once = priced.order_by().values("device", "line").annotate(pence=Max("pence_at_stake"))
    of = {Stake.DEVICE: Q(line=None), Stake.MONTH: Q(line__isnull=False)}
    sums = {f"{one}_pence": Sum("pence", filter=is_of) for one, is_of in of.items()}
    counts = {f"{one}_counted": Count("pence", filter=is_of) for one, is_of in of.items()}
    found = once.aggregate(**sums, **counts)
    return [Worth(one, found[f"{one}_pence"] or 0, found[f"{one}_counted"]) for one in of]


def _line(kind: Kind, row: dict[str, Any], before: dict[str, int] | None) -> Line:
    return Line(
        kind,
        row.get("open", 0),
        row.get("dismissed", 0),
        row.get("pence") or 0,
        row.get("priced", 0),
        None if before is None else before.get(kind.key.value, 0),
    )


def counts(user: User) -> QuerySet[DiscrepancyCount]:
    return DiscrepancyCount.objects.visible_to(user)


def _open_on(user: User, day: dt.date) -> dict[str, int] | None:
    """Open ones a kind on that day; None where nothing was compared then."""
    rows = counts(user).filter(day=day).order_by().values("kind")
    found = {row["kind"]: row["n"] for row in rows.annotate(n=Sum("found") - Sum("dismissed"))}
    return found or None


def days(user: User) -> list[dict[str, Any]]:
    """Of each day of the last 90 that was compared, oldest first, how many stood open and were dismissed.

    With `device_pence` and `month_pence`, what all of them were worth, by what the price is.
    """
    since = timezone.localdate() - dt.timedelta(days=DAYS)
    rows: Any = counts(user).filter(day__gte=since).order_by("day").values("day")
    return list(
        rows.annotate(
            open=Sum("found") - Sum("dismissed"),
            dismissed=Sum("dismissed"),
            device_pence=Coalesce(Sum("pence_at_stake", filter=~Q(kind__in=OF_LINES)), 0),
            month_pence=Coalesce(Sum("pence_at_stake", filter=Q(kind__in=OF_LINES)), 0),
        )
    )


def compared_at(user: User) -> dt.datetime | None:
    """When any of what this person sees was compared last."""
    found: dt.datetime | None = Discrepancy.objects.visible_to(user).aggregate(at=Max("last_found_at"))["at"]
    return found
