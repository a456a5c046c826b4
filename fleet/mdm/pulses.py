"""Heartbeats: each value with the time at which it was observed, the newest wins. Times in microseconds."""

from __future__ import annotations

from typing import Any, NamedTuple

from fleet.mdm.facts import micros
from fleet.mdm.records import Pulse
from fleet.vocabulary import BatteryHealth

_HEALTHS = frozenset(BatteryHealth.values) - {BatteryHealth.UNKNOWN.value}


class Beat(NamedTuple):
    """What one or more records say; a value that is None was not told. `at` is when each was observed."""

    last_seen: int | None
    level: int | None
    level_at: int | None
    health: str | None
    health_at: int | None
    free: int | None
    free_at: int | None


def beat_of(pulse: Pulse, at: int, latest: int) -> Beat | None:
    """The heartbeat of one record observed at `at`; None where it says nothing. `latest` bounds last_seen."""
    seen = micros(pulse.last_seen) if pulse.last_seen else None
    if seen is not None and seen > latest:
        seen = at
    level, free = pulse.battery_level, pulse.storage_free_bytes
    health = (pulse.battery_health or "").strip().lower()
    told = health if health in _HEALTHS else None
    if seen is None and level is None and told is None and free is None:
        return None
    return Beat(
        seen,
        level,
        None if level is None else at,
        told,
        None if told is None else at,
        free,
        None if free is None else at,
    )


def later(one: Beat, other: Beat) -> Beat:
    """Both together: per value the later observation, at equal times the greater value."""
    level, level_at = _newest((one.level, one.level_at), (other.level, other.level_at))
    health, health_at = _newest((one.health, one.health_at), (other.health, other.health_at))
    free, free_at = _newest((one.free, one.free_at), (other.free, other.free_at))
    seen = max((at for at in (one.last_seen, other.last_seen) if at is not None), default=None)
    return Beat(seen, level, level_at, health, health_at, free, free_at)


def _newest(a: tuple[Any, int | None], b: tuple[Any, int | None]) -> tuple[Any, int | None]:
    if a[1] is None or b[1] is None:
        return b if a[1] is None else a
    return max(a, b, key=lambda pair: (pair[1], pair[0]))
