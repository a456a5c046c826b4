"""Whose word counts where several sources speak of one device: by rank, else the newest. Pure.

Some facts make sense together alone, a version with its build and a name with its address: one source tells
them all, and another adds to them only what goes with the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from fleet.mdm.facts import Register
from fleet.mdm.ranks import GROUP_OF, GROUPS, Ranks
from fleet.mdm.registers import Observed, resolve
from fleet.vocabulary import FactGroup

BY_RULE, NEWEST, AGREES = "by rule", "newest", "agrees"
Sources = dict[int, Observed]

_encode = msgspec.json.Encoder(order="deterministic").encode


class Winner(NamedTuple):
    """The source whose word counts for a fact, and why; `AGREES`: with the one that wins beside it."""

    source: int
    why: str


class Together(NamedTuple):
    """Facts of one group that one source tells: one that tells some of `by`."""

    by: tuple[str, ...]
    facts: tuple[str, ...]


_PERSON = GROUPS[FactGroup.USER.value]
TOGETHER = (Together(("os_version",), ("os_version", "os_build")), Together(_PERSON, _PERSON))
TOLD_TOGETHER = frozenset(field for one in TOGETHER for field in one.facts)


def resolved(sources: Sources, ranks: Ranks) -> Observed:
    """The facts that count, of those that all sources tell; times stay those of the newest word."""
    newest = resolve(sources.values())
    facts: Register = dict(newest.facts)
    for group, order in ranks.items():
        for field in GROUPS.get(group, ()):
            if first := [one for one in order if one in sources and field in sources[one].facts]:
                facts[field] = sources[first[0]].facts[field]
    for counting in _together(sources, ranks):
        for field, winner in counting.items():
            if winner:
                facts[field] = sources[winner.source].facts[field]
            else:
                facts.pop(field, None)
    return Observed(facts, newest.at, newest.older, newest.digest)


def winners(sources: Sources, ranks: Ranks) -> dict[str, Winner | None]:
    """Whose word counts, of every field that is told; None where nobody's does."""
    told = set[str]().union(*(one.facts for one in sources.values()))
    found: dict[str, Winner | None] = {field: _believed((field,), sources, ranks)[0] for field in told}
    for counting in _together(sources, ranks):
        found |= counting
    return found


def _together(sources: Sources, ranks: Ranks) -> Iterator[dict[str, Winner | None]]:
    """Of facts that belong together, where sources tell them otherwise: whose word on each counts."""
    for by, facts in TOGETHER:
        told = {}
        for source, observed in sources.items():
            if said := {field: observed.facts[field] for field in facts if field in observed.facts}:
                told[source] = said
        if len(told) < 2 or _are_equal(told.values()):
            continue
        if leading := _believed(by, sources, ranks):
            yield dict.fromkeys(facts) | _added(leading[0], _believed(facts, sources, ranks), told)


def _are_equal(told: Iterable[Register]) -> bool:
    first, *others = told
    return all(other == first for other in others)


def _believed(fields: Sequence[str], sources: Sources, ranks: Ranks) -> list[Winner]:
    """The sources that tell any of these facts: those with a rank in their order, then from the newest."""
    telling = [one for one, observed in sources.items() if not observed.facts.keys().isdisjoint(fields)]
    order = [one for one in ranks.get(GROUP_OF.get(fields[0], ""), ()) if one in telling]
    rest = [one for one in telling if one not in order]
    if len(rest) > 1:
        rest.sort(key=lambda one: _place(fields, sources[one]), reverse=True)
    return [Winner(one, BY_RULE) for one in order] + [Winner(one, NEWEST) for one in rest]


def _place(fields: Sequence[str], observed: Observed) -> tuple[int, bytes]:
    """When these facts were observed last; at equal times the content decides."""
    told = {field: observed.facts[field] for field in fields if field in observed.facts}
    return max(map(observed.time_of, told)), _encode(told if len(fields) > 1 else told[fields[0]])


def _added(first: Winner, telling: list[Winner], told: dict[int, Register]) -> dict[str, Winner | None]:
    """The facts of the first, with those of others that tell some of the same and nothing else."""
    shown = dict(told[first.source])
    counting: dict[str, Winner | None] = dict.fromkeys(shown, first)
    for source, _ in telling:
        shared = shown.keys() & told[source].keys()
        if shared and all(shown[field] == told[source][field] for field in shared):
            counting |= dict.fromkeys(told[source].keys() - shown.keys(), Winner(source, AGREES))
            shown |= told[source]
    return counting
