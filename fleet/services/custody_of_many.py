"""Custody of many devices at once: the same table of steps, one statement whatever their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Value, When

from fleet.errors import Conflict
from fleet.mdm.writing import execute, numbers
from fleet.models import CustodyEvent, Device, Organisation, Site, StaffMember, User
from fleet.services import facts
from fleet.services.custody import STEPS, changes_of
from fleet.services.reservations import kept_for_others
from fleet.sql import among
from fleet.vocabulary import CustodyKind as Kind
from fleet.vocabulary import LifeCycle as Life

_EVENTS = """
    INSERT INTO fleet_custodyevent
        (device_id, kind, at, holder_id, site_id, note, recorded_at, recorded_by_id)
    SELECT id, %(kind)s, %(at)s, {holder}, {site}, %(note)s, now(), %(by)s
    FROM fleet_device WHERE id = ANY (%(devices)s)
"""


def refusals(
    kind: Kind, *, at: datetime, holder: StaffMember | None, despite_reservation: bool
) -> list[When]:
    """What speaks against recording this of a device, as branches of a CASE that end in a sentence."""
    later = CustodyEvent.objects.filter(device=OuterRef("pk"), at__gt=at)
    return [
        *_wrong_states(kind),
        When(Exists(later), then=Value("Something later is recorded of it already.")),
        *(
            When(kept, then=Value("It is kept for somebody else."))
            for kept in (kept_for_others(holder) if holder and not despite_reservation else ())
        ),
    ]


def _wrong_states(kind: Kind) -> Iterator[When]:
    for life in Life:
        if life not in STEPS[kind].allowed:
            yield When(Q(life_cycle=life), then=Value(f"It is {life.label.lower()} now."))


@transaction.atomic
def record_custody_of_many(
    *,
    organisation: Organisation,
    device_ids: Sequence[int],
    kind: Kind,
    at: datetime,
    holder: StaffMember | None = None,
    site: Site | None = None,
    note: str = "",
    by: User | None,
) -> None:
    """Record the same of each device, as `record_custody` does of one. Reservations are the caller's to ask.

    All or nothing: raises Conflict where the life cycle of any forbids it.
    """
    step = STEPS[kind]
    place = site or (holder.site if holder and step.needs_holder else None)
    devices = Device.objects.filter(
        organisation=organisation, pk__in=among(device_ids), life_cycle__in=step.allowed
    )
    count = devices.update(**changes_of(step, at=at, holder=holder, place=place))
    if count != len(device_ids):
        raise Conflict(
            f"{len(device_ids) - count} of {len(device_ids)} devices are in another life cycle now. "
            "Nothing was recorded; look at them again."
        )
    told = {"kind": kind, "at": at, "note": note, "by": by.pk if by else None}
    where = {"holder": holder.pk if holder else None, "site": place.pk if place else None}
    sql = _EVENTS.format(holder="%(holder)s", site="%(site)s")
    execute(sql, told | where | {"devices": numbers(device_ids)})
    facts.announce_rows(Device, organisation_id=organisation.pk, ids=device_ids)


def record_undone(*, device_ids: Sequence[int], at: datetime, note: str, by: User | None) -> None:
    """The list is append-only: what was taken back is told as one more event, where the device is now."""
    told = {"kind": Kind.UNDONE, "at": at, "note": note, "by": by.pk if by else None}
    execute(_EVENTS.format(holder="holder_id", site="site_id"), told | {"devices": numbers(device_ids)})
