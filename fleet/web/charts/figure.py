"""A chart as a page shows it: the finding, the picture, where it comes from, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import slugify

from fleet.web.charts.plot import Plot
from fleet.web.tables import Column, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """For `{% chart %}`. The plot's title is the heading, so it says what was found.

    `draw` is one of the four charts; `source` names where the figures come from and as of when; `method`
    says how a forecast was made. `points` are what the plot's labels stand for, such as dates, where the
    labels are too short to be data.
    """

    draw: Callable[[Plot], SafeString]
    plot: Plot
    source: str
    method: str = ""
    csv_url: str = ""
    points: Sequence[Any] = ()

    @property
    def finding(self) -> str:
        return self.plot.title

    @property
    def svg(self) -> SafeString:
        return self.draw(self.plot)

    @property
    def table(self) -> Table:
        """The same figures, a row a label; the CSV behind `csv_url` may be made of it too."""
        plot = self.plot
        names = [plot.x_title or "Label", *(series.name for series in plot.series)]
        values = [self.points or plot.labels, *(series.values for series in plot.series)]
        if plot.band:
            names += [f"{plot.band.name}, lowest", f"{plot.band.name}, highest"]
            values += [plot.band.low, plot.band.high]
        columns = [
            Column(key=_key(name), title=name, value=itemgetter(at), is_numeric=at > 0, empty="–")
            for at, name in enumerate(names)
        ]
        rows = list(zip(*values, strict=True))
        return Table(columns=columns, rows=rows, caption=f"{plot.title}: figures", is_caption_hidden=True)


def _key(name: str) -> str:
    """What heads the CSV's column: `at_risk` for “At risk”."""
    return slugify(name).replace("-", "_")
