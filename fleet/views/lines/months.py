"""What one line was used for, month by month, against its allowance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from fleet.filters.usage import month_words
from fleet.models import Line, UsageForecast, UsageRecord
from fleet.views.usage.lists import minutes
from fleet.vocabulary import UsageOrigin
from fleet.web import text
from fleet.web.charts import Figure, Plot, Series, columns
from fleet.web.charts.plot import Limit
from fleet.web.tables import Column, Table

MONTHS = 12
MEGABYTE = 1_000_000


def usage_of(line: Line) -> dict[str, Any]:
    """For the page of a line: the newest months as a table, the carrier's as a chart, and the forecast."""
    records = list(UsageRecord.objects.filter(line=line).select_related("batch")[: 2 * MONTHS])
    return {
        "usage": _table(records) if records else None,
        "usage_figure": _figure(line, records),
        "forecast": UsageForecast.objects.filter(line=line).first(),
    }


def _table(records: list[UsageRecord]) -> Table:
    def size(name: str) -> Callable[[UsageRecord], str]:
        return lambda row: "" if getattr(row, name) is None else text.size(getattr(row, name))

    def charge(row: UsageRecord) -> str:
        if row.charge_pence is None:
            return ""
        vat = {True: " with VAT", False: " without VAT"}.get(row.is_vat_included, "")  # type: ignore[arg-type]
        return f"{text.pounds(row.charge_pence)}{vat}"

    shown = (
        Column(key="month", title="Month", value=lambda row: month_words(row.month)),
        Column(key="period", title="Days", value=_days),
        Column(key="data", title="Data", value=size("data_bytes"), is_numeric=True, empty="Not known"),
        Column(
            key="allowance",
            title="Allowance",
            value=size("allowance_bytes"),
            is_numeric=True,
            empty="Not known",
        ),
        Column(key="calls", title="Calls", value=_calls, is_numeric=True, empty="–"),
        Column(key="texts", title="Texts", is_numeric=True, empty="–"),
        Column(key="charge", title="Charge", value=charge, is_numeric=True, empty="Not known"),
        Column(key="origin", title="Whose figures"),
        Column(key="file", title="From", value=_source),
    )
    return Table(columns=shown, rows=records, caption="Usage by month", is_caption_hidden=True)


def _days(row: UsageRecord) -> str:
    return f"{text.day(row.period_start)} to {text.day(row.through_on)}"


def _calls(row: UsageRecord) -> str:
    return minutes(row.voice_seconds)


def _source(row: UsageRecord) -> str:
    return f"{row.batch.name}, rows {row.rows}" if row.rows else row.batch.name


def _figure(line: Line, records: list[UsageRecord]) -> Figure | None:
    """The carrier's data of the newest months, in megabytes; None before there are any.

    The allowance is drawn where all these months had the same.
    """
    told = [row for row in records if row.origin == UsageOrigin.CARRIER and row.data_bytes is not None]
    rows = list(reversed(told[:MONTHS]))
    if not rows:
        return None
    allowances = {row.allowance_bytes for row in rows}
    allowance = allowances.pop() if len(allowances) == 1 else None
    plot = Plot(
        title=_finding(rows),
        description="Data by month as the carrier billed it, in megabytes.",
        labels=[f"{row.month:%b %y}" for row in rows],
        series=[Series("Data (MB)", [round((row.data_bytes or 0) / MEGABYTE, 1) for row in rows])],
        y_title="MB",
        x_title="Month",
        limit=Limit(f"Allowance {text.size(allowance)}", allowance / MEGABYTE) if allowance else None,
    )
    source = "Source: the carrier’s figures. A megabyte here is 1,000,000 bytes."
    return Figure(
        draw=columns,
        plot=plot,
        source=source,
        csv_url=f"{reverse('fleet:usage-list')}?line={line.pk}&format=csv",
    )


def _finding(rows: list[UsageRecord]) -> str:
    highest = max(row.data_bytes or 0 for row in rows)
    if not highest:
        return f"No data in {text.counted(len(rows), 'month')}"
    most = text.size(highest)
    known = [row for row in rows if row.allowance_bytes]
    if not known:
        return f"{most} at most in {text.counted(len(rows), 'month')}"
    above = sum((row.data_bytes or 0) > (row.allowance_bytes or 0) for row in known)
    return f"Above its allowance in {above} of {text.counted(len(known), 'month')}; {most} at most"
