from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.web.charts import Band, Limit, Plot, Series, line, stacked_bars
from fleet.web.charts.plot import ticks
from tests.web.gallery import figures

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.draw.__name__)
def test_chart_is_well_formed_named_and_free_of_inline_style(figure) -> None:  # type: ignore[no-untyped-def]
    root = ElementTree.fromstring(figure.svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == figure.finding
    names = {root.find(f"{SVG}{part}").get("id") for part in ("title", "desc")}  # type: ignore[union-attr]
    assert set(root.get("aria-labelledby", "").split()) == names
    assert not any(element.get("style") or element.tag == f"{SVG}style" for element in root.iter())
    assert all(series.name in figure.svg for series in figure.plot.series)


def test_words_of_a_chart_are_escaped() -> None:
    plot = Plot(title="A & B", description="<none>", labels=["<x>"], series=[Series("R&D", [1])])
    texts = [element.text for element in ElementTree.fromstring(line(plot)).iter(f"{SVG}text")]
    assert {"<x>", "R&D 1"} <= set(texts)


def test_series_differ_without_colour() -> None:
    values = [1.0, 2.0]
    plot = Plot(
        title="t", description="", labels=["a", "b"], series=[Series(name, values) for name in "wxyz"]
    )
    lines = [
        path for path in ElementTree.fromstring(line(plot)).iter(f"{SVG}path") if path.get("fill") == "none"
    ]
    assert len({path.get("stroke-dasharray") for path in lines}) == 4
    bars = {rect.get("fill") for rect in ElementTree.fromstring(stacked_bars(plot)).iter(f"{SVG}rect")}
    assert sum(1 for fill in bars if fill and fill.startswith("url(")) == 3


def test_names_at_the_end_of_close_lines_do_not_overlap() -> None:
    series = [Series(name, [0, 100 + at / 10]) for at, name in enumerate("wxyz")]
    plot = Plot(title="t", description="", labels=["a", "b"], series=series, limit=Limit("Cap", 100))
    texts = ElementTree.fromstring(line(plot)).iter(f"{SVG}text")
    heights = sorted(float(one.get("y", 0)) for one in texts if float(one.get("x", 0)) > 790)[:5]
    assert len(heights) == 5
    assert min(after - before for before, after in pairwise(heights)) >= 19.9


def test_a_long_name_at_the_end_of_a_line_has_room() -> None:
    name = "A faster or more reliable network"
    plot = Plot(title="t", description="", labels=["a", "b"], series=[Series(name, [1, 16.8])])
    [end] = [one for one in ElementTree.fromstring(line(plot)).iter(f"{SVG}text") if name in (one.text or "")]
    assert 960 - float(end.get("x", 0)) >= 9.5 * len(f"{name} 16.8")


def test_a_plot_refuses_a_fifth_series_and_a_misfit() -> None:
    with pytest.raises(ValueError, match="one to 4 series, not 5"):
        Plot(title="t", description="", labels=["a"], series=[Series(name, [1]) for name in "vwxyz"])
    with pytest.raises(ValueError, match="Forecast: not one value for each of 2 labels"):
        Plot(
            title="t",
            description="",
            labels=["a", "b"],
            series=[Series("x", [1, 2])],
            band=Band("Forecast", [1], [1, 2]),
        )


def test_a_chart_without_values_still_draws() -> None:
    plot = Plot(title="t", description="", labels=["a"], series=[Series("x", [None])])
    assert ElementTree.fromstring(line(plot)).tag == f"{SVG}svg"
    assert ElementTree.fromstring(stacked_bars(plot)).tag == f"{SVG}svg"


def test_the_figures_below_a_chart_are_those_in_it() -> None:
    table = figures()[1].table
    first = [column.html(next(iter(table.rows))) for column in table.columns]
    assert [heading.column.title for heading in table.head] == ["Site", "Ready", "At risk", "Blocked"]
    assert first == ["Civic Centre", "210", "40", "6"]
    assert [column.key for column in table.columns] == ["site", "ready", "at_risk", "blocked"]


@given(st.floats(min_value=0.001, max_value=1e9))
def test_ticks_start_at_nought_rise_evenly_and_cover_the_highest(highest: float) -> None:
    marks = ticks(highest)
    steps = [after - before for before, after in pairwise(marks)]
    assert marks[0] == 0
    assert marks[-1] >= highest * (1 - 1e-5)
    assert 2 <= len(marks) <= 8
    assert max(steps) - min(steps) <= 1e-6 * marks[-1] + 1e-9
