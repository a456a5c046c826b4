"""Records that say again what their source said before: the daily case, settled without reading much."""

from __future__ import annotations

from typing import NamedTuple

from fleet.mdm.plans import Items, Plan, observed_at
from fleet.mdm.records import Record, Rejection
from fleet.vocabulary import Outcome


class Quick(NamedTuple):
    """What is known of one `source_id` at a glance. `is_alone`: no other source speaks of the device."""

    record: int
    device: int
    digest: int
    at: int
    is_alone: bool


def take_quick(plan: Plan, items: Items, source_ids: list[str], quick: dict[str, Quick]) -> list[int]:
    """Settle the records that say again what their source said before; the positions of all others.

    Such a record moves the time of its observation and the heartbeat, and nothing else has to be read for it.
    All records with one source_id go the same way, so that they are merged in one place.
    """
    slow: list[int] = []
    slow_ids: set[str] = set()
    for position, (item, source_id) in enumerate(zip(items, source_ids, strict=True)):
        known = quick.get(source_id)
        if isinstance(item, Rejection):
            plan.reject(position, item, known.device if known else None)
        elif known is None or not _repeats(item, known):
            slow_ids.add(source_id)
            slow.append(position)
    for position, (item, source_id) in enumerate(zip(items, source_ids, strict=True)):
        if isinstance(item, Rejection) or not (known := quick.get(source_id)):
            continue
        if _repeats(item, known):
            if source_id in slow_ids:
                slow.append(position)
            else:
                _take(plan, position, item, known)
    return sorted(slow)


def _repeats(item: Record, known: Quick) -> bool:
    """An event never does: that the facts are the same says nothing of whether it is known."""
    return known.is_alone and known.digest == item.digest and not item.is_event


def _take(plan: Plan, position: int, item: Record, known: Quick) -> None:
    at = observed_at(item, plan.received)
    plan.settle(position, Outcome.UNCHANGED if at >= known.at else Outcome.STALE, known.device)
    if at > plan.moved.get(known.record, known.at):
        plan.moved[known.record] = max(at, known.at)
    plan.beat(known.device, item, at)
