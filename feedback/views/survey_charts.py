"""The answers to a question over the waves of a survey, as a chart."""

from __future__ import annotations

from feedback.services.surveying.results import Share
from feedback.services.surveying.waves import MOST_LINES, Trend, Waves
from fleet.web import text
from fleet.web.charts import Band, Figure, Plot, Series, line


def share_of(share: Share) -> str:
    return text.share(share.count, share.n)


def figure_of(waves: Waves, trends: list[Trend]) -> Figure | None:
    """The shares of the answers that were chosen most last; of one answer alone with its interval."""
    if not trends:
        return None
    most = sorted(trends, key=lambda one: _last(one).percent, reverse=True)[:MOST_LINES]
    first, last = _first(most[0]), _last(most[0])
    days = [one.opens_on for one in waves.surveys]
    plot = Plot(
        title=f"{most[0].label}: {share_of(last)}, {share_of(first)} at first",
        description=f"{most[0].question.text} Share of each answer by wave, of those who answered.",
        labels=[f"{day.day} {day:%b %Y}" if day else "" for day in days],
        series=[Series(one.label, [_percent(share) for share in one.shares]) for one in most],
        y_title="% of those who answered",
        x_title="Wave opened",
        band=_band(most[0]) if len(most) == 1 else None,
    )
    source = "Closed waves of this survey with five answers or more."
    more = " The answers that most people chose last." if len(trends) > MOST_LINES else ""
    return Figure(draw=line, plot=plot, source=source + more, csv_url="?show=waves&format=csv", points=days)


def _band(trend: Trend) -> Band:
    low = [round(one.low, 1) if one else None for one in trend.shares]
    high = [round(one.high, 1) if one else None for one in trend.shares]
    return Band("95% interval", low, high)


def _percent(share: Share | None) -> float | None:
    return round(share.percent, 1) if share else None


def _first(trend: Trend) -> Share:
    return next(one for one in trend.shares if one)


def _last(trend: Trend) -> Share:
    return next(one for one in reversed(trend.shares) if one)
