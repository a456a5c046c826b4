"""What a replay would do: the adapter and the plan run, nothing is written, and what differs is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction

from fleet.mdm import telling, writing
from fleet.mdm.adapters.adapter import Read
from fleet.mdm.deciding import plan_of
from fleet.mdm.known import DeviceRow
from fleet.mdm.plans import Plan
from fleet.mdm.replaying import read_again
from fleet.models import Delivery
from fleet.vocabulary import Outcome


class Change(NamedTuple):
    """A fact of a device before and after; empty where it is not known."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One record. `then` is None where the body was not read, or into other records than now."""

    position: int
    then: Outcome | None
    now: Outcome
    device: int | None
    changes: list[Change]
    errors: list[dict[str, str]]

    @property
    def is_news(self) -> bool:
        """Whether a replay would do something, or would not take what was taken."""
        return bool(self.changes) or (Outcome.REJECTED in {self.then, self.now} and self.then != self.now)


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of the records then and would now, and which fields and events the adapter leaves."""

    lines: list[Line]
    counts_then: Counter[str]
    counts_now: Counter[str]
    dropped_anew: list[str] = field(default_factory=list)
    kept_anew: list[str] = field(default_factory=list)
    ignored_anew: list[str] = field(default_factory=list)
    read_anew: list[str] = field(default_factory=list)
    events: int = 0

    @property
    def news(self) -> list[Line]:
        return [line for line in self.lines if line.is_news]


def try_delivery(delivery: Delivery) -> Trial:
    """Run today's adapter and the plan over the fleet as it is. Raises Invalid as a replay would."""
    read = read_again(delivery).read
    with transaction.atomic():
        writing.begin()
        plan = plan_of(delivery, read.items, is_replay=True)
        trial = _trial(delivery, plan, read)
        transaction.set_rollback(True)  # nothing was written; this lets go of the lock
    return trial


def _trial(delivery: Delivery, plan: Plan, read: Read) -> Trial:
    then = delivery.outcomes if len(delivery.outcomes) == len(plan.outcomes) else ""
    changes = _by_position(plan)
    errors: dict[int, Any] = {one["position"]: one["errors"] for one in plan.problems}
    lines = [
        Line(
            at,
            Outcome(then[at]) if then else None,
            Outcome(now),
            None if device in plan.touched and plan.touched[device].is_new else device,
            changes.get(at, []),
            errors.get(at, []),
        )
        for at, (now, device) in enumerate(zip(plan.outcomes, plan.device_ids, strict=True))
    ]
    return Trial(
        lines,
        Counter(Outcome(letter).label for letter in delivery.outcomes),
        Counter(line.now.label for line in lines),
        events=len(plan.events),
        **_notes(delivery.notes, read.notes()),
    )


def _notes(then: dict[str, Any], now: dict[str, Any]) -> dict[str, list[str]]:
    dropped, drops = set(then.get("dropped", ())), set(now.get("dropped", ()))
    ignored, ignores = set(then.get("ignored", ())), set(now.get("ignored", ()))
    return {
        "dropped_anew": sorted(drops - dropped),
        "kept_anew": sorted(dropped - drops),
        "ignored_anew": sorted(ignores - ignored),
        "read_anew": sorted(ignored - ignores),
    }


def _by_position(plan: Plan) -> dict[int, list[Change]]:
    """What changes of each device, at the last record that is about it."""
    last = {device: at for at, device in enumerate(plan.device_ids) if device is not None}
    return {last[pk]: list(_changes(device)) for pk, device in plan.touched.items() if pk in last}


def _changes(device: DeviceRow) -> Iterator[Change]:
    before = device.before.facts if device.before else {}
    resolved = device.resolved()
    after = resolved.facts if resolved else {}
    for name, label in telling.LABELS.items():
        if before.get(name) != after.get(name):
            yield Change(name, label, telling.said(name, before), telling.said(name, after))
