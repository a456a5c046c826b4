"""What became of a delivery's records, read from the letters in its row (docs/adr/0002)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from fleet.models import Delivery
from fleet.vocabulary import Outcome

# As pages and the API name them.
OUTCOMES = [(one.label, one.label) for one in Outcome]


class Line(NamedTuple):
    """One record of a delivery; `position` counts from 0 in the order sent."""

    position: int
    outcome: Outcome
    device: int | None
    errors: list[dict[str, str]]


def counts_of(outcomes: str) -> dict[str, int]:
    """How many records had each outcome, by its name."""
    return {outcome.label: outcomes.count(outcome.value) for outcome in Outcome}


def lines_at(delivery: Delivery, positions: Iterable[int]) -> list[Line]:
    """The records at these positions."""
    errors: dict[int, Any] = {one["position"]: one["errors"] for one in delivery.problems}
    return [
        Line(at, Outcome(delivery.outcomes[at]), delivery.device_ids[at], errors.get(at, []))
        for at in positions
    ]


def positions_of(delivery: Delivery, outcome: Outcome) -> list[int]:
    return [at for at, letter in enumerate(delivery.outcomes) if letter == outcome.value]
