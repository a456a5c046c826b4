"""What was measured: a table to read and a file to compare with."""

from __future__ import annotations

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

LATEST = Path(__file__).resolve().parent / "results" / "latest.json"
PACKAGES = ("Django", "djangorestframework", "celery", "gunicorn", "psycopg2-binary", "msgspec")


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. `ratio` is to `reference`, measured in the same run; `spread` the extremes of `n` runs."""

    metric: str
    value: float
    unit: str
    n: int = 1
    spread: tuple[float, float] | None = None
    ratio: float | None = None
    reference: float | None = None
    size: str = ""
    wanted: str = ""


@dataclass
class Report:
    """The figures of one run, printed as they come."""

    results: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.results.append(result)
        print(_line(result), flush=True)

    def save(self, versions: dict[str, str]) -> None:
        document = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": _machine(),
            "versions": {**versions, **{name: version(name) for name in PACKAGES}},
            "results": [_rounded(asdict(result)) for result in self.results],
        }
        LATEST.parent.mkdir(exist_ok=True)
        LATEST.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def of_runs(metric: str, runs: Sequence[float], unit: str, **more: Any) -> Result:
    """The median of several runs with its extremes."""
    spread = (min(runs), max(runs))
    return Result(metric, statistics.median(runs), unit, n=len(runs), spread=spread, **more)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(round(len(ordered) * share + 0.5) - 1, 0)]


def heading() -> str:
    return f"{'':58}{'value':>12} {'unit':10}{'ratio':>7}  {'wanted':22}{'n':>4}  spread"


def _line(result: Result) -> str:
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    spread = "" if result.spread is None else f"{result.spread[0]:,.2f} to {result.spread[1]:,.2f}"
    name = f"{result.metric} {result.size}".strip()
    value = f"{result.value:,.0f}" if result.value >= 1000 else f"{result.value:,.2f}"
    return f"{name:58}{value:>12} {result.unit:10}{ratio:>7}  {result.wanted:22}{result.n:>4}  {spread}"


def _rounded(document: dict[str, Any]) -> dict[str, Any]:
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in document.items()}


def _machine() -> dict[str, Any]:
    import psutil

    return {
        "cpus": psutil.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
