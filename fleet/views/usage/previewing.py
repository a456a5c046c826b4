"""The first rows of a carrier's file as they would be read; nobody else's number among them."""

from __future__ import annotations

import re
from typing import Any

from fleet.services.imports.report import Rejection
from fleet.services.usage.totals import Entry
from fleet.views.imports.telling import label
from fleet.web import text
from fleet.web.tables import Column, Table

# A number of somebody else is nobody's business here: its shape is enough to tell what a column holds.
_LONG = re.compile(r"\d(?=(?:[^\d]*\d){3})")
_DAY_OR_TIME = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)|\d+:\d\d")


# 1543870 KB, £1,234,567.89: a figure names nobody. From ten digits on it could be a number.
_FIGURE = re.compile(
    r"[£-]*(?:\d,?){1,9}(\.\d+)?\s*([KMGT]i?B|B|bytes?|h|m|s|min(ute)?s?|sec(ond)?s?)|[£-]*(?:\d,?){1,9}\.\d\d",
    re.IGNORECASE,
)


def masked(cell: str) -> str:
    """`447700900123` as `•••••••••123`; dates, times, figures, and what has fewer than seven digits stay."""
    digits = sum(character.isdigit() for character in cell)
    is_plain = digits < 7 or _DAY_OR_TIME.match(cell) or _FIGURE.fullmatch(cell.strip())
    return cell if is_plain else _LONG.sub("•", cell)


def _figure(name: str, say: Any = text.number) -> Any:
    def value(pair: tuple[int, Any]) -> str:
        found = getattr(pair[1], "figures", {}).get(name)
        return "" if found is None else say(found)

    return value


def _kind(pair: tuple[int, Entry | Rejection]) -> str:
    _, entry = pair
    if isinstance(entry, Rejection):
        if entry.field:
            return f"Not taken. {label(None, entry.field)}: {entry.message}"
        return f"Not taken: {entry.message}"
    words = {"data": "Data", "voice": "Call", "text": "Text"}
    return words.get(entry.kind, "Totals")


def _line(pair: tuple[int, Any]) -> str:
    return pair[1].number if isinstance(pair[1], Entry) else ""


def _bundle(pair: tuple[int, Any]) -> str:
    out = getattr(pair[1], "out", None)
    return "" if out is None else "Out" if out else "In"


def _period(pair: tuple[int, Any]) -> str:
    period = getattr(pair[1], "period", None)
    return f"{text.day(period[0])} to {text.day(period[1])}" if period else ""


def _charge(pair: tuple[int, Any]) -> str:
    pence = getattr(pair[1], "pence", None)
    return "" if pence is None else f"{pence / 100:.4f}".rstrip("0").rstrip(".")


def preview_table(rows: list[tuple[int, Entry | Rejection]]) -> Table:
    """Rows as they would be read; whom somebody called is not among it."""
    columns = (
        Column(key="row", title="Row", value=lambda pair: str(pair[0])),
        Column(key="line", title="Line", value=_line, empty="–"),
        Column(key="period", title="Billing month", value=_period, empty="–"),
        Column(key="kind", title="Kind", value=_kind),
        Column(key="data", title="Data", value=_figure("data_bytes", text.size), is_numeric=True, empty="–"),
        Column(
            key="seconds",
            title="Calls",
            value=_figure("voice_seconds", text.duration),
            is_numeric=True,
            empty="–",
        ),
        Column(key="texts", title="Texts", value=_figure("texts"), is_numeric=True, empty="–"),
        Column(key="charge", title="Charge (£)", value=_charge, is_numeric=True, empty="–"),
        Column(key="bundle", title="Bundle", value=_bundle, empty="–"),
    )
    return Table(columns=columns, rows=rows, caption="The first rows as they would be read")
