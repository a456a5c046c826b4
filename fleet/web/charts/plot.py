"""What a chart shows, before it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

MAX_SERIES = 4
Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each of the plot's labels; None where there is none (yet)."""

    name: str
    values: Values


@dataclass(frozen=True, slots=True)
class Band:
    """A range around a forecast."""

    name: str
    low: Values
    high: Values


@dataclass(frozen=True, slots=True)
class Limit:
    """A level line across the chart: a cap on spend, an allowance."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Series over labels, such as weeks or sites.

    `title` and `description` are what is read out instead of the picture. `today` is a position along the
    labels: 2.5 lies half-way between the third and the fourth.
    Raises ValueError for more than four series, or for a series that does not fit the labels.
    """

    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Series]
    y_title: str = ""
    x_title: str = ""
    band: Band | None = None
    limit: Limit | None = None
    today: float | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.series) <= MAX_SERIES:
            raise ValueError(f"A chart shows one to {MAX_SERIES} series, not {len(self.series)}")
        misfits = [name for name, values in self._all() if len(values) != len(self.labels)]
        if misfits:
            raise ValueError(f"{', '.join(misfits)}: not one value for each of {len(self.labels)} labels")

    def _all(self) -> Iterator[tuple[str, Values]]:
        yield from ((series.name, series.values) for series in self.series)
        if self.band:
            yield from ((self.band.name, self.band.low), (self.band.name, self.band.high))

    @property
    def highest(self) -> float:
        """The highest single value, limit included."""
        values = [value for _, values in self._all() for value in values if value is not None]
        return max([*values, self.limit.value if self.limit else 0, 0])

    @property
    def stacks(self) -> list[list[tuple[float, float]]]:
        """Of each series its (from, to) at each label, when the series stand on one another."""
        floors = [0.0] * len(self.labels)
        stacked = []
        for series in self.series:
            tops = [base + (value or 0) for base, value in zip(floors, series.values, strict=True)]
            stacked.append(list(zip(floors, tops, strict=True)))
            floors = tops
        return stacked

    @property
    def highest_stack(self) -> float:
        tops = [top for _, top in self.stacks[-1]]
        return max([*tops, self.limit.value if self.limit else 0, 0])


def ticks(highest: float, about: int = 5) -> list[float]:
    """Round values from 0 to at least `highest`, some `about` of them."""
    if highest <= 0:
        return [0, 1]
    rough = highest / about
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    return [round(step * index, 10) for index in range(ceil(round(highest / step, 6)) + 1)]
