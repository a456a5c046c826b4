"""The four charts. Each takes a `Plot` and gives SVG."""

from __future__ import annotations

from django.utils.safestring import SafeString

from fleet.web import text
from fleet.web.charts.canvas import DASHES, INK, PALETTE, WIDTH, Canvas, element, label, name, path
from fleet.web.charts.plot import Plot, Series

ROW_HEIGHT = 36
LABEL_GAP = 20
# The width of a bold letter, the letters of a value, and what stands right of a chart at least.
LETTER, VALUE_LETTERS, LEAST_ROOM = 10, 6, 170
# Where a line ends, and what is written there.
End = tuple[tuple[float, float], str]


def line(plot: Plot) -> SafeString:
    """Lines over time, with a band, a cap and today where the plot has them."""
    canvas = Canvas(plot, plot.highest, right=_room(plot))
    canvas.draw_levels()
    canvas.draw_labels([canvas.x(index) for index in range(len(plot.labels))])
    _draw_band(canvas)
    canvas.draw_limit()
    canvas.draw_today()
    ends = [_draw_line(canvas, index, series) for index, series in enumerate(plot.series)]
    _name_ends(canvas, [end for end in ends if end])
    return canvas.svg()


def _room(plot: Plot) -> int:
    """How wide the names at the ends of the lines are, with their values."""
    longest = max(len(series.name) for series in plot.series) + VALUE_LETTERS
    return min(max(longest * LETTER, LEAST_ROOM), WIDTH // 2)


def _draw_line(canvas: Canvas, index: int, series: Series) -> End | None:
    """Draw one series; gives where it ends, none where it has no values."""
    known = [(at, value) for at, value in enumerate(series.values) if value is not None]
    if not known:
        return None
    points = [(canvas.x(at), canvas.y(value)) for at, value in known]
    look = {"stroke": PALETTE[index], "stroke_dasharray": DASHES[index]}
    canvas.add(path(points, fill="none", stroke_width=3, **look))
    return points[-1], f"{series.name} {text.number(known[-1][1])}"


def _draw_band(canvas: Canvas) -> None:
    if canvas.plot.band is None:
        return
    pairs = enumerate(zip(canvas.plot.band.low, canvas.plot.band.high, strict=True))
    known = [(canvas.x(at), low, high) for at, (low, high) in pairs if low is not None and high is not None]
    lower = [(x, canvas.y(low)) for x, low, _ in known]
    upper = [(x, canvas.y(high)) for x, _, high in known]
    if known:
        canvas.add(path([*lower, *reversed(upper)], fill="#F46A25", fill_opacity="0.2"))
        x, y = lower[len(lower) // 2]
        canvas.add(label(x + 12, y + 22, canvas.plot.band.name))


def _name_ends(canvas: Canvas, ends: list[End]) -> None:
    """Name each line where it ends, pushed apart where lines end close together."""
    taken = [canvas.y(canvas.plot.limit.value)] if canvas.plot.limit else []
    for (x, y), words in sorted(ends, key=lambda end: end[0][1]):
        if x < canvas.edge - 1:
            canvas.add(element("circle", cx=x, cy=y, r=5, fill=INK), name(x + 10, y + 22, words))
        else:
            taken.append(_free(y, taken))
            canvas.add(name(canvas.edge + 8, taken[-1] + 5, words))


def _free(y: float, taken: list[float]) -> float:
    """The first height at or below `y` on which no other label stands."""
    for other in sorted(taken):
        if abs(y - other) < LABEL_GAP:
            y = other + LABEL_GAP
    return y


def columns(plot: Plot) -> SafeString:
    """Upright columns side by side, with an allowance line."""
    canvas = Canvas(plot, plot.highest)
    canvas.draw_levels()
    canvas.draw_labels([canvas.slot(index)[0] for index in range(len(plot.labels))])
    for index, series in enumerate(plot.series):
        for at, value in enumerate(series.values):
            middle, room = canvas.slot(at)
            width = min(room * 0.7, 60) / len(plot.series)
            x, top = middle + width * (index - len(plot.series) / 2), canvas.y(value or 0)
            size = {"x": x, "y": top, "width": width, "height": canvas.base - top}
            canvas.add(element("rect", fill=canvas.fill(index), stroke="#fff", **size))
    canvas.draw_limit()
    if len(plot.series) > 1:
        canvas.draw_legend(x=250)
    return canvas.svg()


def area(plot: Plot) -> SafeString:
    """Series on top of one another over time, each named at its right end."""
    canvas = Canvas(plot, plot.highest_stack)
    canvas.draw_levels()
    free = float(canvas.base)
    for index, (series, spans) in enumerate(zip(plot.series, plot.stacks, strict=True)):
        lower = [(canvas.x(at), canvas.y(low)) for at, (low, _) in enumerate(spans)]
        upper = [(canvas.x(at), canvas.y(high)) for at, (_, high) in enumerate(spans)]
        canvas.add(path([*lower, *reversed(upper)], fill=canvas.fill(index), stroke="#fff"))
        y = min((lower[-1][1] + upper[-1][1]) / 2, free)
        free = y - LABEL_GAP
        canvas.add(name(canvas.edge + 8, y + 5, series.name))
    canvas.draw_labels([canvas.x(index) for index in range(len(plot.labels))])
    canvas.draw_limit()
    canvas.draw_today()
    return canvas.svg()


def stacked_bars(plot: Plot) -> SafeString:
    """Lying bars, one a label, divided by series, with the total at the end."""
    height = 50 + ROW_HEIGHT * len(plot.labels)
    canvas = Canvas(plot, plot.highest_stack, height=height, left=220, right=80, bottom=10)
    canvas.draw_legend()
    scale = (WIDTH - canvas.left - canvas.right) / (plot.highest_stack or 1)
    for at, words in enumerate(plot.labels):
        y = canvas.top + ROW_HEIGHT * at
        canvas.add(label(canvas.left - 10, y + 20, words, anchor="end"))
        for index, spans in enumerate(plot.stacks):
            low, high = spans[at]
            _draw_segment(canvas, index, canvas.left + low * scale, (high - low) * scale, y)
        total = plot.stacks[-1][at][1]
        canvas.add(name(canvas.left + total * scale + 8, y + 20, text.number(total)))
    return canvas.svg()


def _draw_segment(canvas: Canvas, index: int, x: float, width: float, y: float) -> None:
    if width:
        size = {"x": x, "y": y, "width": width, "height": 28}
        canvas.add(element("rect", fill=canvas.fill(index), stroke="#fff", **size))
