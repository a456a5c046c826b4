"""Usage by line, person and device, month by month, beside what their tariffs allow.

A person's usage is that of the lines that they hold or held; a device's, that of the lines whose SIM was in
it on the last day of the billing month. Allowances are those of the lines' tariffs as they are now.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
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

ALLOWANCE = "line__tariff__data_allowance_bytes"
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
        allowance=F(ALLOWANCE),
        share=_share("data_bytes", ALLOWANCE),
        device_pk=Subquery(pairings.values("device_id")[:1], output_field=IntegerField()),
        device_name=Subquery(pairings.values_list(name)[:1], output_field=TextField()),
    ).select_related("line__holder", "line__tariff", "line__sim", "batch", "organisation")


def months_of(user: User) -> list[dt.date]:
    """The months of which this person may see usage, newest first."""
    rows = UsageRecord.objects.visible_to(user).order_by("-month").values_list("month", flat=True)
    return list(rows.distinct())


def asked_month(user: User, asked: str) -> dt.date:
    """The month that an address names (its first day) if there is usage of it, else the newest there is.

    The first of all days where there is no usage at all.
    """
    months = months_of(user)
    return next((one for one in months if one.isoformat() == asked), (months or [dt.date.min])[0])


def asked_origin(asked: str) -> str:
    """Whose figures an address asks for: the carrier's unless it says another."""
    return asked if asked in UsageOrigin.values else UsageOrigin.CARRIER


def _summed(rows: QuerySet[Any], of: QuerySet[UsageRecord], group: str) -> QuerySet[Any]:
    """Rows for which there are records, with the sums of these. `group`: the records' way to the row."""

    def total(value: Any) -> Subquery:
        summed = of.order_by().values(group).annotate(total=value).values("total")
        return Subquery(summed[:1], output_field=BigIntegerField())

    sums = {name: total(Sum(field)) for name, field in SUMS.items()}
    found: QuerySet[Any] = rows.filter(Exists(of)).annotate(
        lines_used=total(Count("line", distinct=True)), allowance=total(Sum(ALLOWANCE)), **sums
    )
    with_share: QuerySet[Any] = found.annotate(share=_share("data", "allowance"))
    return with_share


def by_person(user: User, *, month: dt.date, origin: str = UsageOrigin.CARRIER) -> QuerySet[Any]:
    """People with `lines_used`, the sums of `SUMS`, `allowance` and `share` of a month."""
    lines = Line.objects.visible_to(user).values("pk")
    of = UsageRecord.objects.filter(month=month, origin=origin, line__in=lines, line__holder=OuterRef("pk"))
    return _summed(StaffMember.objects.visible_to(user).select_related("site"), of, "line__holder")


def by_device(user: User, *, month: dt.date, origin: str = UsageOrigin.CARRIER) -> QuerySet[Any]:
    """Devices with the same."""
    lines, end = Line.objects.visible_to(user).values("pk"), F("period_end")
    of = UsageRecord.objects.filter(
        _then("line__pairings__", end),
        _then("line__pairings__sim__pairings__", end),
        month=month,
        origin=origin,
        line__in=lines,
        line__pairings__sim__pairings__device=OuterRef("pk"),
    )
    rows = Device.objects.visible_to(user).select_related("model", "holder", "site")
    return _summed(rows, of, "line__pairings__sim__pairings__device")
