"""The paper that charts are drawn on: scales, axes, patterns and text, by presentation attributes alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from zlib import crc32

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fleet.web import text
from fleet.web.charts.plot import Plot, ticks

PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25")
DASHES = ("", "9 5", "2 4", "14 4 2 4")
INK, FAINT, GRID = "#0b0c0c", "#484949", "#cecece"
WIDTH = 960
MAX_X_LABELS = 10
# Strokes over the series' colour: none, diagonal, level, dots.
HATCHES = ("", "M0 8 L8 0", "M0 4 H8", "M4 4 h1")


def element(kind: str, content: str = "", /, **attributes: object) -> str:
    """An SVG element; `stroke_width=2` becomes stroke-width="2", empty values are left out."""
    given = {key.replace("_", "-"): value for key, value in attributes.items() if value not in ("", None)}
    written = "".join(f' {key}="{_short(value)}"' for key, value in given.items())
    return f"<{kind}{written}>{content}</{kind}>"


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else escape(value)


def label(x: float, y: float, words: str, *, anchor: str = "start", fill: str = INK) -> str:
    return element("text", escape(words), x=x, y=y, text_anchor=anchor, fill=fill)


def name(x: float, y: float, words: str) -> str:
    """A label that stands out: what a line, an area or a bar is."""
    return element("text", escape(words), x=x, y=y, font_weight="700", fill=INK)


def path(points: Iterable[tuple[float, float]], **attributes: object) -> str:
    steps = " ".join(f"{_short(float(x))},{_short(float(y))}" for x, y in points)
    return element("path", d=f"M{steps}", **attributes)


@dataclass
class Canvas:
    """A frame with its two scales. `highest` is the greatest value that must fit."""

    plot: Plot
    highest: float
    height: int = 400
    left: int = 70
    right: int = 170
    top: int = 46
    bottom: int = 60
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ticks = ticks(self.highest)
        self.key = f"c{crc32(self.plot.title.encode()):x}"

    @property
    def inner_width(self) -> int:
        return WIDTH - self.left - self.right

    @property
    def edge(self) -> int:
        """The right end of the frame."""
        return self.left + self.inner_width

    @property
    def base(self) -> int:
        return self.height - self.bottom

    def add(self, *parts: str) -> None:
        self.parts += parts

    def x(self, position: float) -> float:
        """Where a label lies, the first at the left edge and the last at the right."""
        return self.left + self.inner_width * position / max(len(self.plot.labels) - 1, 1)

    def slot(self, position: int) -> tuple[float, float]:
        """A column's middle and the width that it may take."""
        width = self.inner_width / len(self.plot.labels)
        return self.left + width * (position + 0.5), width

    def y(self, value: float) -> float:
        return self.base - (self.base - self.top) * value / self.ticks[-1]

    def fill(self, index: int) -> str:
        """The series' colour, hatched from the second on so that it is known without colour."""
        return f"url(#{self.key}-{index})" if HATCHES[index] else PALETTE[index]

    def draw_levels(self) -> None:
        """The value axis: level lines with their numbers, and what they count."""
        for tick in self.ticks:
            y = self.y(tick)
            self.add(element("line", x1=self.left, x2=self.edge, y1=y, y2=y, stroke=GRID if tick else INK))
            self.add(label(self.left - 8, y + 5, text.number(tick), anchor="end", fill=FAINT))
        self.add(label(0, 18, self.plot.y_title, fill=FAINT))

    def draw_labels(self, positions: Sequence[float]) -> None:
        """The label axis: as many labels as have room, and what they are."""
        every = ceil(len(positions) / MAX_X_LABELS)
        for index in range(0, len(positions), every):
            x = positions[index]
            self.add(element("line", x1=x, x2=x, y1=self.base, y2=self.base + 6, stroke=INK))
            self.add(label(x, self.base + 24, self.plot.labels[index], anchor="middle", fill=FAINT))
        self.add(label(self.edge, self.base + 48, self.plot.x_title, anchor="end", fill=FAINT))

    def draw_limit(self) -> None:
        """The cap or allowance, named at its end."""
        if self.plot.limit:
            y = self.y(self.plot.limit.value)
            self.add(element("line", x1=self.left, x2=self.edge, y1=y, y2=y, stroke=INK, stroke_width=2))
            self.add(label(self.edge + 8, y + 5, self.plot.limit.name))

    def draw_today(self) -> None:
        if self.plot.today is not None:
            x = self.x(self.plot.today)
            span = {"x1": x, "x2": x, "y1": self.top - 8, "y2": self.base}
            self.add(element("line", stroke=FAINT, stroke_dasharray="2 4", **span))
            self.add(label(x, self.top - 12, "Today", anchor="middle", fill=FAINT))

    def draw_legend(self, y: float = 18, x: float = 0) -> None:
        """Names of the series beside a sample of each."""
        for index, series in enumerate(self.plot.series):
            sample = {"x": x, "y": y - 13, "width": 16, "height": 16}
            self.add(element("rect", fill=self.fill(index), stroke=PALETTE[index], **sample))
            self.add(label(x + 22, y, series.name))
            x += 44 + 8 * len(series.name)

    def _patterns(self) -> str:
        made = [
            element(
                "pattern",
                element("rect", width=8, height=8, fill=PALETTE[index])
                + element("path", d=HATCHES[index], stroke="#fff", stroke_width=2),
                id=f"{self.key}-{index}",
                width=8,
                height=8,
                patternUnits="userSpaceOnUse",
            )
            for index in range(len(self.plot.series))
            if HATCHES[index]
        ]
        return element("defs", "".join(made))

    def svg(self) -> SafeString:
        """The finished picture. Everything in it was escaped or is a number."""
        named = element("title", escape(self.plot.title), id=f"{self.key}-title")
        described = element("desc", escape(self.plot.description), id=f"{self.key}-desc")
        return mark_safe(  # noqa: S308
            element(
                "svg",
                named + described + self._patterns() + "".join(self.parts),
                xmlns="http://www.w3.org/2000/svg",
                viewBox=f"0 0 {WIDTH} {self.height}",
                role="img",
                aria_labelledby=f"{self.key}-title {self.key}-desc",
                font_family="Helvetica Neue, Helvetica, Arial, sans-serif",
                font_size=16,
            )
        )
