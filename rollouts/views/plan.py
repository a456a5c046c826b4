"""Whether a programme is on plan: four numbers that add up to its goal, and the S-curve with its forecast."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from fleet.models import User
from fleet.web import text
from fleet.web.charts import Band, Figure, Plot, Series, line
from fleet.web.charts.plot import Values
from fleet.web.parts import Stat
from rollouts.models import Programme
from rollouts.services.curve import Curve, CurvePoint, programme_curve
from rollouts.services.figures import ProgrammeFigures, programme_figures
from rollouts.services.forecasting import BAND, Outlook, programme_outlook

# How far beyond the plan's end a late forecast is still drawn.
EXTRA_WEEKS = 26
NO_FORECAST = "No forecast is shown yet: it needs two weeks of handovers."


class PlanReport:
    """Of one programme, over those whom `user` may see; each part is read when a page asks for it."""

    def __init__(self, programme: Programme, user: User) -> None:
        self.programme = programme
        self.user = user
        self.is_limited = not programme.is_wholly_visible_to(user)

    @cached_property
    def figures(self) -> ProgrammeFigures:
        return programme_figures(self.programme, by=self.user)

    @cached_property
    def curve(self) -> Curve:
        return programme_curve(self.programme, by=self.user)

    @cached_property
    def outlook(self) -> Outlook:
        return programme_outlook(self.programme, by=self.user)

    @property
    def cards(self) -> list[Stat]:
        """They add up to the goal, or to what is planned where that is more; sites have no goal."""
        figures = self.figures
        tranches = reverse("rollouts:programme-detail", args=[self.programme.pk]) + "#tranches"
        not_planned = Stat(text.number(figures.not_planned), "not planned yet", tranches)
        stuck_tone = "warning" if figures.stuck else ""
        return [
            Stat(text.number(figures.handed_over), "handed over", self._people("handed_over"), "good"),
            Stat(text.number(figures.can_go), "ready or at risk", self._people("can_go")),
            Stat(text.number(figures.stuck), "blocked or unknown", self._people("stuck"), stuck_tone),
            *([] if self.is_limited else [not_planned]),
        ]

    def _people(self, figure: str) -> str:
        people = reverse("rollouts:programme-people", args=[self.programme.pk])
        return f"{people}?{urlencode({'figure': figure})}"

    @property
    def figure(self) -> Figure:
        plot = build_plot(self.curve, self.outlook, timezone.localdate())
        return Figure(
            draw=line,
            plot=plot,
            source=f"Source: custody and MDM enrolments, as of {text.day(timezone.localdate())}.",
            method=self.outlook.method if self.outlook.is_shown else NO_FORECAST,
            csv_url=reverse("rollouts:programme-curve", args=[self.programme.pk]),
        )


def finding(curve: Curve) -> str:
    """The chart's heading, such as “1,516 devices behind plan at week 22”."""
    if curve.week < 1:
        return "The programme has not started yet"
    count = abs(curve.behind)
    if not count:
        return f"On plan at week {curve.week}"
    side = "behind" if curve.behind > 0 else "ahead of"
    return f"{text.counted(count, 'device')} {side} plan at week {curve.week}"


def _extended(curve: Curve, outlook: Outlook) -> list[CurvePoint]:
    """The plan's weeks and, where the forecast ends later, more of them."""
    points, week = list(curve.points), dt.timedelta(weeks=1)
    ends_on = points[-1].ends_on
    last_on = min(outlook.finish_late_on or ends_on, ends_on + EXTRA_WEEKS * week)
    while points[-1].ends_on < last_on:
        last = points[-1]
        points.append(CurvePoint(last.week + 1, last.ends_on + week, last.planned, None))
    return points


def _forecast(points: list[CurvePoint], outlook: Outlook, today: dt.date, factor: Decimal) -> Values:
    """The total at each point from today on, at `factor` times the rate; None before."""
    assert outlook.per_week is not None
    goal, rate = outlook.handed_over + outlook.remaining, outlook.per_week * factor

    def total(point: CurvePoint) -> int | None:
        weeks = Decimal((point.ends_on - today).days) / 7
        return None if weeks < 0 else min(goal, round(outlook.handed_over + rate * weeks))

    return [total(point) for point in points]


def build_plot(curve: Curve, outlook: Outlook, today: dt.date) -> Plot:
    """Planned, actual and, where the evidence carries one, the forecast with its band."""
    points = _extended(curve, outlook)
    series = [
        Series("Actual", [point.actual for point in points]),
        Series("Planned", [point.planned for point in points]),
    ]
    band = None
    if outlook.is_shown and outlook.remaining:
        series.append(Series("Forecast", _forecast(points, outlook, today, Decimal(1))))
        low, high = (_forecast(points, outlook, today, factor) for factor in (1 - BAND, 1 + BAND))
        band = Band("Forecast range", low, high)
    return Plot(
        title=finding(curve),
        description="Devices handed over in total by the end of each week: planned, actual and forecast.",
        labels=[str(point.week) for point in points],
        series=series,
        y_title="Devices handed over (cumulative)",
        x_title="Week of programme",
        band=band,
        today=float(curve.week - 1) if 1 <= curve.week <= len(points) else None,
    )
