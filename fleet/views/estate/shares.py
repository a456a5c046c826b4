"""The share of devices that runs a version or a later one: over time, now, and when it reaches a target."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fleet.forms.estate import ShareForm
from fleet.services.estate.asking import Answer, Place
from fleet.services.estate.forecasting import earlier
from fleet.services.estate.shares import Share
from fleet.views.estate.pages import EstatePage, as_of, devices_url
from fleet.vocabulary import Measure
from fleet.web import text
from fleet.web.charts import Figure, Limit, Plot, Series, line
from fleet.web.parts import Stat
from fleet.web.tables import Column, Table

SHOWN_DAYS = 14


def _percent(share: Share) -> str | None:
    return None if share.percent is None else f"{share.percent:.1f}"


DAYS = (
    Column(key="day", title="Day"),
    Column(key="reached", title="At or above", is_numeric=True),
    Column(key="below", title="Below", is_numeric=True),
    Column(key="unknown", title="Version not known", is_numeric=True),
    Column(key="n", title="Version known (n)", is_numeric=True),
    Column(key="percent", title="Share (%)", value=_percent, is_numeric=True, empty="None yet"),
)


EARLIER = (
    Column(key="made_on", title="On"),
    Column(key="share", title="Share then", value=lambda row: text.share(row.share.reached, row.share.n)),
    Column(
        key="due_on",
        title="Target by",
        value=lambda row: row.forecast.due_on or row.forecast.words,
    ),
    Column(key="outcome", title="What came"),
)


class SharesPage(EstatePage):
    url_name = "fleet:estate"
    form_class = ShareForm
    csv_name = "versions-over-time"

    def exported(self, form: Any) -> Table:
        found = form.ask()
        return Table(columns=DAYS, rows=found.history, caption="Share by day")

    def answer(self, form: Any) -> dict[str, Any]:
        found = form.ask()
        name = f"{form.name} {found.version}".strip()
        shown = found.history[: -SHOWN_DAYS - 1 : -1]
        tables = (
            Table(
                columns=_version_columns(found, form),
                rows=found.versions,
                caption=f"{form.name} versions of devices in use, now",
            ),
            Table(
                columns=EARLIER,
                rows=earlier(found.history, target_percent=found.target_percent),
                caption="What the forecast said before, and what came",
            ),
            Table(columns=DAYS, rows=shown, caption=f"{name} or later, the last measured days"),
        )
        return {
            "cards": _cards(found, form, name),
            "figure": _figure(found, form.place, name),
            "method": found.forecast.method,
            "tables": [table for table in tables if table.rows],
        }


def _filters(form: ShareForm, **versions: str) -> dict[str, str]:
    """Of the device list: `from`, `below` or `version` said for an operating system or a product."""
    measure, group = form.measured
    if measure == Measure.OS:
        return {"platform": group, **{f"os_{name}": value for name, value in versions.items()}}
    return {"product": group, **{f"product_{name}": value for name, value in versions.items()}}


def _cards(found: Answer, form: ShareForm, name: str) -> list[Stat]:
    today, target = found.today, found.target_percent
    due_on = found.forecast.due_on
    cards = [
        Stat(
            text.share(today.reached, today.n),
            f"{name} or later, now",
            devices_url(form.place, **_filters(form, **{"from": found.version})),
        ),
        Stat(
            text.number(today.below),
            f"below {found.version}" if found.version else "below",
            devices_url(form.place, **_filters(form, below=found.version)),
        ),
        Stat(
            text.number(today.unknown),
            "of no known version, counted in neither",
            devices_url(form.place, **_filters(form, known="false")),
        ),
    ]
    if due_on:
        cards.append(Stat(text.day(due_on), f"forecast for {target}%"))
    else:
        cards.append(Stat("–", f"{target}%: {found.forecast.words}"))
    return cards if found.version else cards[2:3]


def _version_columns(found: Answer, form: ShareForm) -> tuple[Column, ...]:
    total = sum(one.count for one in found.versions)

    def link(row: Any) -> str:
        asked = {"version": row.version} if row.version else {"known": "false"}
        return devices_url(form.place, **_filters(form, **asked))

    return (
        Column(key="version", title="Version", link=link, empty="Not known"),
        Column(key="count", title="Devices", is_numeric=True),
        Column(key="share", title="Share", value=lambda row: text.share(row.count, total), is_numeric=True),
    )


def _figure(found: Answer, place: Place, name: str) -> Figure | None:
    """None before there are two days to compare."""
    if len(found.history) < 2:
        return None
    by_day = {share.day: share for share in found.history}
    first, last = found.history[0], found.history[-1]
    days = [first.day + dt.timedelta(days=n) for n in range((last.day - first.day).days + 1)]
    percents = [_rounded(by_day.get(day)) for day in days]
    if not any(percents):
        return None
    plot = Plot(
        title=_finding(first, last, name),
        description=f"Share of devices in use that run {name} or a later version, by day.",
        labels=[f"{day.day} {day:%b}" for day in days],
        series=[Series("Share", percents)],
        y_title="% of devices with a known version",
        x_title="Day",
        limit=Limit(f"Target {found.target_percent}%", found.target_percent),
    )
    missed = len(days) - len(found.history)
    gaps = f" {text.counted(missed, 'day')} not measured." if missed else ""
    return Figure(draw=line, plot=plot, source=as_of(place) + gaps, points=days)


def _rounded(share: Share | None) -> float | None:
    return None if share is None or share.percent is None else round(share.percent, 1)


def _finding(first: Share, last: Share, name: str) -> str:
    now = f"{text.share(last.reached, last.n)} ran {name} or later on {text.day(last.day)}"
    return f"{now}, {text.share(first.reached, first.n)} on {text.day(first.day)}"
