"""Reproducible randomness: the same seed and topic give the same numbers in the same order."""

from __future__ import annotations

import random
from collections.abc import Sequence

SEED = 2026


def chance_of(topic: str) -> random.Random:
    """One generator a topic, so that a change to one part of the demo leaves the others as they were."""
    return random.Random(f"{SEED}:{topic}")


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to `weights` that add up to `total` (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    floors = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: floors[index] - exact[index])
    for index in by_remainder[: total - sum(floors)]:
        floors[index] += 1
    return floors
