"""Registers that merge: newest observation wins per field, in whatever order the records come.

Merging is commutative, associative and idempotent: each field keeps the greatest (time, content), and the
observation time is the greatest of all. Pure functions over plain values; times in microseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from fleet.mdm.facts import Register

_encode = msgspec.json.Encoder(order="deterministic").encode


@dataclass(slots=True)
class Observed:
    """Facts and when each was observed: at `at`, save those in `older`, which were before.

    `digest` names the record whose facts are those observed at `at`; 0 where more than one was merged there.
    """

    facts: Register
    at: int
    older: dict[str, int] = field(default_factory=dict)
    digest: int = 0

    def time_of(self, name: str) -> int:
        return self.older.get(name, self.at)

    def without(self, names: set[str]) -> Observed:
        """The same, but for these facts."""
        facts = {name: value for name, value in self.facts.items() if name not in names}
        older = {name: at for name, at in self.older.items() if name not in names}
        return Observed(facts, self.at, older, self.digest)


def merge(known: Observed, said: Observed, *, corrects: bool = False) -> Observed:
    """What both say together; neither is changed.

    `corrects`: what is said comes from a record that was read before, by an adapter that has changed, so at
    equal times it counts. Only then does the order matter.
    """
    if said.at > known.at and not said.older:
        return _renewed(known, said)
    facts, times = dict(known.facts), {name: known.time_of(name) for name in known.facts}
    for name, value in said.facts.items():
        at, was = said.time_of(name), times.get(name)
        if was is None or at > was or (at == was and (corrects or wins(value, facts[name]))):
            facts[name], times[name] = value, at
    at = max(known.at, said.at)
    older = {name: when for name, when in times.items() if when < at}
    return Observed(facts, at, older, _digest(known, said))


def _renewed(known: Observed, said: Observed) -> Observed:
    """The usual case of `merge`: all that is said is newer than all that is known."""
    kept = {name: known.time_of(name) for name in known.facts.keys() - said.facts.keys()}
    return Observed(known.facts | said.facts, said.at, kept, said.digest)


def wins(value: Any, other: Any) -> bool:
    """The fixed rule on content at equal times: the greater canonical JSON."""
    return bool(value != other) and _encode(value) > _encode(other)


def _digest(known: Observed, said: Observed) -> int:
    if known.at != said.at:
        return max(known, said, key=lambda one: one.at).digest
    return known.digest if known.digest == said.digest else 0


def resolve(registers: Iterable[Observed]) -> Observed:
    """One set of facts out of what several sources say of one device, by the same rule."""
    first, *rest = registers
    for other in rest:
        first = merge(first, other)
    return first
