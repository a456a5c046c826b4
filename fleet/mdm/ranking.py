"""Changes who wins, and has the devices that several sources report follow, in batches."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.history import acting
from fleet.mdm import columns, reading, writing
from fleet.mdm.facts import Register
from fleet.mdm.known import DeviceRow
from fleet.mdm.ranks import GROUP_OF
from fleet.mdm.reading import rows_of
from fleet.mdm.sims import write_sims
from fleet.mdm.storing import DEVICE_TYPES
from fleet.mdm.winning import TOLD_TOGETHER
from fleet.models import MdmSource, Organisation, Ranking, SourceRank, User
from fleet.services.facts import announce

BATCH = 1000

# In the order of an index, so that a batch reads no more than it needs.
_SHARED = """
    SELECT r.device_id FROM fleet_sourcerecord r JOIN fleet_device d ON d.id = r.device_id
    WHERE r.device_id > %s AND d.organisation_id + 0 = %s
    GROUP BY r.device_id HAVING min(r.mdm_source_id) <> max(r.mdm_source_id)
    ORDER BY r.device_id LIMIT %s
"""


@transaction.atomic
def set_ranks(
    *, organisation: Organisation, group: str, sources: Sequence[MdmSource], by: User | None
) -> bool:
    """For this group of facts the sources win in this order; none: the newest observation wins.

    Returns whether that is a change; then the devices follow in the background (`follow`).
    Raises Invalid (field `sources`) for a source of another organisation or one named twice, Conflict.
    """
    if any(source.organisation_id != organisation.pk for source in sources):
        raise Invalid(f"Choose sources of {organisation}.", field="sources")
    wanted = {(source.pk, rank) for rank, source in enumerate(sources, start=1)}
    if len({source.pk for source in sources}) < len(sources):
        raise Invalid("Name each source once.", field="sources")
    rows = SourceRank.objects.filter(organisation=organisation, group=group)
    known = {(row.source_id, row.rank): row.pk for row in rows}
    if known.keys() == wanted:
        return False
    rows.filter(pk__in=[pk for place, pk in known.items() if place not in wanted]).delete()
    new = [
        SourceRank(organisation=organisation, group=group, source_id=source, rank=rank)
        for source, rank in sorted(wanted - known.keys())
    ]
    try:
        with transaction.atomic():
            SourceRank.objects.bulk_create(new)
    except IntegrityError as error:
        raise Conflict("Somebody changed the order a moment ago. Load the page again.") from error
    begin = {"asked_at": timezone.now(), "asked_by": by, "last_device": 0, "looked_at": 0, "changed": 0}
    Ranking.objects.update_or_create(organisation=organisation, defaults=begin | {"done_at": None})
    return True


def follow_anew(organisation_id: int) -> None:
    """Have the devices follow again where ranks were ever made: what sources have has changed."""
    begin = {"asked_at": timezone.now(), "asked_by": None, "last_device": 0, "looked_at": 0, "changed": 0}
    Ranking.objects.filter(pk=organisation_id).update(**begin, done_at=None)


def follow(organisation_id: int) -> None:
    """Look again at every device that several sources report, unless somebody else does.

    Each batch is one transaction that notes how far it came, so a worker that dies loses one batch at most.
    """
    while ranking := Ranking.objects.under_way().filter(pk=organisation_id).first():
        with (
            acting(channel="worker", actor_id=ranking.asked_by_id, ranking=True),
            transaction.atomic(),
        ):
            if not _follow_batch(ranking):
                return


def _follow_batch(ranking: Ranking) -> bool:
    """In turn with the merges of the organisation, which read the ranks in theirs; whether it was done."""
    writing.begin()
    writing.decide_identity(ranking.organisation_id)
    place = {"asked_at": ranking.asked_at, "last_device": ranking.last_device}
    mine = Ranking.objects.under_way().filter(pk=ranking.pk, **place)
    if not mine.select_for_update().exists():
        return False
    ids = [pk for (pk,) in rows_of(_SHARED, [ranking.last_device, ranking.organisation_id, BATCH])]
    devices = reading.devices_of(ranking.organisation_id, ids)
    changed = _write(devices)
    write_sims(devices, ranking.organisation_id)
    mine.update(
        last_device=ids[-1] if ids else ranking.last_device,
        looked_at=F("looked_at") + len(ids),
        changed=F("changed") + len(changed),
        done_at=None if len(ids) == BATCH else timezone.now(),
    )
    announce(organisation_id=ranking.organisation_id, device_ids=changed)
    return True


def _write(devices: list[DeviceRow]) -> set[int]:
    """Write what resolves anew, of the facts that a rank may decide; the devices that it changed."""
    told = {device.pk: _columns(device) for device in devices}
    names = sorted(set[str]().union(*told.values()))
    if not names:
        return set()
    types = {name: DEVICE_TYPES[name] for name in ("id", *names)}
    writing.stage("staged_devices", types, [(pk, *map(row.get, names)) for pk, row in told.items()])
    new = [f"coalesce(s.{name}, d.{name})" for name in names]
    sets = ", ".join(f"{name} = {value}" for name, value in zip(names, new, strict=True))
    old = ", ".join(f"d.{name}" for name in names)
    rows = rows_of(
        f"UPDATE fleet_device d SET {sets} FROM staged_devices s "
        f"WHERE d.id = s.id AND ({old}) IS DISTINCT FROM ({', '.join(new)}) RETURNING d.id"
    )
    return {pk for (pk,) in rows}


def _columns(device: DeviceRow) -> Register:
    resolved = device.resolved()
    facts = resolved.facts if resolved else {}
    told = set[str]().union(*(row.observed.facts for row in device.records))
    shown = columns.columns_of({name: value for name, value in facts.items() if name in GROUP_OF})
    return columns.blank_of(TOLD_TOGETHER & (told - facts.keys())) | shown
