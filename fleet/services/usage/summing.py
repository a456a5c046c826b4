"""Usage by line, person and device, month by month, beside what their tariffs allow.

A person's usage is that of the lines that they hold or held; a device's, that of the lines whose SIM was in
it on the last day of the billing month. Allowances are those that the lines had when it was written down.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, NullIf

from fleet.models import Device, Line, SimPairing, StaffMember, UsageRecord, User
from fleet.vocabulary import UsageOrigin

SUMS = {"data": "data_bytes", "seconds": "voice_seconds", "texts_sent": "texts", "charge": "charge_pence"}


def _share(used: str, allowed: str) -> Any:
    """Used of allowed in whole percent, null without an allowance."""
    percent = F(used) * 100 / NullIf(F(allowed), Value(0, output_field=BigIntegerField()))
    return ExpressionWrapper(percent, output_field=BigIntegerField())


def _then(prefix: str, end: Any) -> Q:
    """Whether a pairing held at the end of a day."""
    until = Q(**{f"{prefix}until_at__isnull": True}) | Q(**{f"{prefix}until_at__date__gt": end})
    return until & Q(**{f"{prefix}from_at__date__lte": end})


def by_line(user: User) -> QuerySet[UsageRecord]:
    """Records with `allowance`, `share` (percent), `device_pk` and `device_name` of the period's last day."""
    end = OuterRef("period_end")
    pairings = SimPairing.objects.filter(
        _then("", end), _then("sim__line_pairings__", end), sim__line_pairings__line=OuterRef("line")
    )
    name = Coalesce(NullIf(F("device__asset_tag"), Value("")), F("device__serial"))
    rows: QuerySet[UsageRecord] = UsageRecord.objects.visible_to(user)
    return rows.annotate(
        allowance=F("allowance_bytes"),
        share=_share("data_bytes", "allowance_bytes"),
        device_pk=Subquery(pairings.values("device_id")[:1], output_field=IntegerField()),
        device_name=Subquery(pairings.values_list(name)[:1], output_field=TextField()),
    ).select_related("line__holder", "line__sim", "batch", "organisation")


def months_of(user: User) -> list[dt.date]:
    """The months of which this person may see usage, newest first."""
    rows = UsageRecord.objects.visible_to(user).order_by("-month").values_list("month", flat=True)
    return list(rows.distinct())


def asked_origin(asked: str) -> str:
    """Whose figures an address asks for: the carrier's unless it says another."""
    return asked if asked in UsageOrigin.values else UsageOrigin.CARRIER


@dataclass(frozen=True, slots=True)
class Grouping:
    """Whose usage is added up: rows of `model`, to which `path` leads from a record where `then` holds."""

    model: Any
    path: str
    then: tuple[Q, ...] = ()
    related: tuple[str, ...] = ()

    def records(self, user: User, **where: Any) -> QuerySet[UsageRecord]:
        """Those of lines that this person may see, which belong to any row at all."""
        lines = Line.objects.visible_to(user).values("pk")
        rows: QuerySet[UsageRecord] = UsageRecord.objects.filter(*self.then, line__in=lines, **where)
        return rows

    def visible_to(self, user: User) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.visible_to(user)
        return rows


PEOPLE = Grouping(StaffMember, "line__holder", related=("site",))
DEVICES = Grouping(
    Device,
    "line__pairings__sim__pairings__device",
    (_then("line__pairings__", F("period_end")), _then("line__pairings__sim__pairings__", F("period_end"))),
    related=("model", "holder", "site"),
)


def asked_month(user: User, asked: str, grouping: Grouping, origin: str) -> dt.date:
    """The month that an address names (its first day) if there is usage of it.

    Else the newest in which anybody, or any device, has figures of that origin; else the first of all days.
    """
    if named := next((one for one in months_of(user) if one.isoformat() == asked), None):
        return named
    seen = {f"{grouping.path}__in": grouping.visible_to(user).order_by().values("pk")}
    newest = grouping.records(user, origin=origin, **seen).aggregate(month=Max("month"))["month"]
    return newest or dt.date.min


def summed(user: User, grouping: Grouping, *, month: dt.date, origin: str) -> QuerySet[Any]:
    """Rows that used anything in a month, with `lines_used`, the sums of `SUMS`, `allowance` and `share`.

    `in_month` and `by_origin` say of which records.
    """
    of = grouping.records(user, month=month, origin=origin, **{grouping.path: OuterRef("pk")})

    def total(value: Any) -> Subquery:
        found = of.order_by().values(grouping.path).annotate(total=value).values("total")
        return Subquery(found[:1], output_field=BigIntegerField())

    rows = grouping.visible_to(user).select_related(*grouping.related).filter(Exists(of))
    with_sums: QuerySet[Any] = rows.annotate(
        in_month=Value(month, output_field=DateField()),
        by_origin=Value(origin),
        lines_used=total(Count("line", distinct=True)),
        allowance=total(Sum("allowance_bytes")),
        **{name: total(Sum(field)) for name, field in SUMS.items()},
    )
    shared: QuerySet[Any] = with_sums.annotate(share=_share("data", "allowance"))
    return shared
