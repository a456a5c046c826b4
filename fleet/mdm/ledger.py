"""What became of a delivery's records, read from the letters in its row (docs/adr/0002)."""

from __future__ import annotations

from typing import Any, NamedTuple

from fleet.models import Delivery, Device
from fleet.vocabulary import Outcome


class Line(NamedTuple):
    """One record of a delivery; `position` counts from 0 in the order sent."""

    position: int
    outcome: Outcome
    device: int | None
    errors: list[dict[str, str]]


def counts_of(outcomes: str) -> dict[str, int]:
    """How many records had each outcome, by its name."""
    return {outcome.label: outcomes.count(outcome.value) for outcome in Outcome}


def lines_of(delivery: Delivery, *, start: int = 0, stop: int | None = None) -> list[Line]:
    """The records from `start` up to `stop`, in the order sent."""
    errors: dict[int, Any] = {one["position"]: one["errors"] for one in delivery.problems}
    letters, devices = delivery.outcomes[start:stop], delivery.device_ids[start:stop]
    return [
        Line(position, Outcome(letter), device, errors.get(position, []))
        for position, (letter, device) in enumerate(zip(letters, devices, strict=True), start=start)
    ]


def rejected_of(delivery: Delivery) -> list[Line]:
    return [
        Line(one["position"], Outcome.REJECTED, delivery.device_ids[one["position"]], one["errors"])
        for one in sorted(delivery.problems, key=lambda one: one["position"])
    ]


def devices_of(lines: list[Line]) -> dict[int, Device]:
    return Device.objects.in_bulk({line.device for line in lines if line.device})
