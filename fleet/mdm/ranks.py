"""Who wins where several sources speak of one device: by an organisation's ranks, else the newest.

Pure but for `of_organisation`. Ranks never touch what names a device: identifiers, maker and asset tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple

import msgspec

from fleet.mdm.facts import Register
from fleet.mdm.registers import Observed, merge
from fleet.models import SourceRank
from fleet.vocabulary import Enrolment, FactGroup

# Group of facts → sources, from the first.
Ranks = Mapping[str, tuple[int, ...]]
NO_RANKS: Ranks = {}

GROUPS: dict[str, tuple[str, ...]] = {
    FactGroup.OPERATING_SYSTEM.value: ("platform", "os_version", "os_build"),
    FactGroup.USER.value: ("user_name", "user_upn", "user_email"),
    FactGroup.ENROLMENT.value: ("enrolment", "enrolled_at", "ownership", "lost", "wipe"),
    FactGroup.SECURITY.value: ("compliance", "encrypted", "passcode", "supervised"),
    FactGroup.HARDWARE.value: ("model", "model_id", "storage_total_bytes"),
    FactGroup.SIMS.value: ("sims",),
    FactGroup.SOFTWARE.value: ("software",),
}
GROUP_OF = {field: group for group, fields in GROUPS.items() for field in fields}

_OF_ONE_ENROLMENT = ("enrolment", "enrolled_at", "wipe")

_encode = msgspec.json.Encoder(order="deterministic").encode


class Winner(NamedTuple):
    """The source whose word counts for a fact, and whether a rank decided that."""

    source: int
    is_by_rank: bool


def of_organisation(organisation: int) -> Ranks:
    """One query."""
    found: dict[str, tuple[int, ...]] = {}
    rows = SourceRank.objects.filter(organisation=organisation).order_by("group", "rank")
    for group, source in rows.values_list("group", "source"):
        found[group] = (*found.get(group, ()), source)
    return found


def by_source(told: Iterable[tuple[int, Observed]]) -> dict[int, Observed]:
    """What each source says, under whichever ids it knew the device."""
    ids: dict[int, list[Observed]] = {}
    for source, observed in told:
        ids.setdefault(source, []).append(observed)
    return {source: reduce(merge, _without_ended(registers)) for source, registers in ids.items()}


def _without_ended(registers: list[Observed]) -> Iterable[Observed]:
    """The end of an enrolment, however late it comes, is not that of a later one under another id."""
    latest = max(registers, key=lambda one: one.facts.get("enrolled_at", 0))
    began = latest.facts.get("enrolled_at", 0)
    for one in registers:
        since = one.facts.get("enrolled_at", began)
        if one.facts.get("enrolment") == Enrolment.UNENROLLED and since < began:
            yield one.without(set(_OF_ONE_ENROLMENT) & latest.facts.keys())
        else:
            yield one


def ranked(newest: Observed, told: Iterable[tuple[int, Observed]], ranks: Ranks) -> Observed:
    """The newest facts, save those that a source with a rank tells; times stay those of the newest word."""
    sources = by_source(told)
    facts: Register = dict(newest.facts)
    for group, order in ranks.items():
        for field in GROUPS.get(group, ()):
            if (first := _first(field, sources, order)) is not None:
                facts[field] = sources[first].facts[field]
    return Observed(facts, newest.at, newest.older, newest.digest)


def _first(field: str, sources: dict[int, Observed], order: tuple[int, ...]) -> int | None:
    return next((one for one in order if one in sources and field in sources[one].facts), None)


def winner(field: str, sources: dict[int, Observed], ranks: Ranks) -> Winner | None:
    """Whose word on a field counts; None where nobody tells it."""
    first = _first(field, sources, ranks.get(GROUP_OF.get(field, ""), ()))
    if first is not None:
        return Winner(first, is_by_rank=True)
    telling = [one for one, observed in sources.items() if field in observed.facts]
    if not telling:
        return None

    def place(one: int) -> tuple[int, bytes]:
        return sources[one].time_of(field), _encode(sources[one].facts[field])

    return Winner(max(telling, key=place), is_by_rank=False)
