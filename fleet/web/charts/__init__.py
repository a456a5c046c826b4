"""Charts as SVG text from the server: no script, no inline style, legible without colour."""

from fleet.web.charts.figure import Figure
from fleet.web.charts.plot import Band, Limit, Plot, Series
from fleet.web.charts.shapes import area, columns, line, stacked_bars

__all__ = ["Band", "Figure", "Limit", "Plot", "Series", "area", "columns", "line", "stacked_bars"]
