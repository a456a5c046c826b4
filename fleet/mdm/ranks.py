"""An organisation's ranks, by which one source wins over another where several speak of one device.

Pure but for `of_organisation`. Ranks never touch what names a device: identifiers, maker and asset tag.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce

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


def without(ranks: Ranks, missing: Collection[int]) -> Ranks:
    """The ranks of the other sources: one that has lost sight of a device wins by none."""
    if not missing:
        return ranks
    return {group: tuple(one for one in order if one not in missing) for group, order in ranks.items()}


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
