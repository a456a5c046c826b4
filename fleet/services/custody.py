"""Custody: who has which device. One table says what may follow what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import CustodyEvent, Device, Organisation, Site, StaffMember, User
from fleet.services import facts
from fleet.services.reservations import check_free_for
from fleet.vocabulary import CustodyKind as Kind
from fleet.vocabulary import LifeCycle as Life

IN_USE = (Life.ISSUED, Life.ON_LOAN)
HELD_BACK = (Life.LOST, Life.STOLEN, Life.WIPED)


@dataclass(frozen=True, slots=True)
class Step:
    """What a kind of custody event needs and does. `becomes` None leaves the life cycle as it is."""

    allowed: Collection[Life]
    becomes: Life | None
    needs_holder: bool = False
    needs_site: bool = False
    clears_holder: bool = False


STEPS: dict[Kind, Step] = {
    Kind.RECEIVED: Step((Life.ORDERED,), Life.IN_STOCK, needs_site=True, clears_holder=True),
    Kind.ISSUED: Step((Life.IN_STOCK, Life.ON_LOAN), Life.ISSUED, needs_holder=True),
    Kind.LOANED: Step((Life.IN_STOCK,), Life.ON_LOAN, needs_holder=True),
    Kind.RETURNED: Step(IN_USE, Life.IN_STOCK, clears_holder=True),
    Kind.MOVED: Step([life for life in Life if life != Life.DISPOSED], None, needs_site=True),
    Kind.SENT_TO_REPAIR: Step((Life.IN_STOCK, *IN_USE), Life.IN_REPAIR),
    Kind.REPAIRED: Step((Life.IN_REPAIR,), Life.IN_STOCK, clears_holder=True),
    Kind.LOST: Step((Life.IN_STOCK, Life.IN_REPAIR, *IN_USE), Life.LOST),
    Kind.STOLEN: Step((Life.IN_STOCK, Life.IN_REPAIR, Life.LOST, *IN_USE), Life.STOLEN),
    Kind.FOUND: Step(HELD_BACK, Life.IN_STOCK, clears_holder=True),
    Kind.WIPED: Step((Life.IN_STOCK, Life.IN_REPAIR, Life.LOST, Life.STOLEN, *IN_USE), Life.WIPED),
    Kind.RETIRED: Step((Life.IN_STOCK, Life.IN_REPAIR, *HELD_BACK), Life.RETIRED, clears_holder=True),
    Kind.DISPOSED: Step((Life.RETIRED,), Life.DISPOSED, clears_holder=True),
}


def kinds_open_to(device: Device) -> list[Kind]:
    """What may be recorded of this device as it is now."""
    return [kind for kind, step in STEPS.items() if device.life_cycle in step.allowed]


@transaction.atomic
def record_custody(
    *,
    device: Device,
    kind: str,
    at: datetime,
    holder: StaffMember | None = None,
    site: Site | None = None,
    note: str = "",
    despite_reservation: bool = False,
    by: User | None,
) -> CustodyEvent:
    """Record what happened to a device and move its life cycle, holder and site with it.

    `site` moves the device there; a device that is issued without one goes to its holder's site.
    `despite_reservation` gives it to its new holder even where it is kept for somebody else.
    Raises Invalid (field `kind`, `at`, `holder`, `site` or `despite_reservation`), and Conflict where the
    life cycle forbids it.
    """
    step = STEPS.get(Kind(kind))
    if step is None:
        raise Invalid("That is never recorded by itself. Choose what happened.", field="kind")
    _check(device, step, at=at, holder=holder, site=site)
    if holder and step.needs_holder and not despite_reservation:
        check_free_for(holder, device)
    place = site or (holder.site if holder and step.needs_holder else None)
    changes = changes_of(step, at=at, holder=holder, place=place)
    if not Device.objects.filter(pk=device.pk, life_cycle__in=step.allowed).update(**changes):
        raise Conflict(_refusal(device, Kind(kind)))
    _check_order(device, at)
    event = CustodyEvent.objects.create(
        device=device, kind=kind, at=at, holder=holder, site=place, note=note, recorded_by=by
    )
    device.refresh_from_db(fields=["life_cycle", "holder", "site", "issued_at"])
    facts.announce(organisation_id=device.organisation_id, device_ids=[device.pk])
    return event


def _check(
    device: Device, step: Step, *, at: datetime, holder: StaffMember | None, site: Site | None
) -> None:
    if at > timezone.now():
        raise Invalid("The time must not be in the future.", field="at")
    if step.needs_holder and holder is None:
        raise Invalid("Say who takes the device.", field="holder")
    if step.needs_site and site is None:
        raise Invalid("Say at which site the device is.", field="site")
    if holder and holder.organisation_id != device.organisation_id:
        raise Invalid("Choose somebody of the device's organisation.", field="holder")
    if site and site.organisation_id != device.organisation_id:
        raise Invalid("Choose a site of the device's organisation.", field="site")
    if holder and step.needs_holder and not holder.is_active(timezone.localdate(at)):
        raise Invalid(f"{holder} was not at work on that day. Choose somebody who was.", field="holder")


def changes_of(step: Step, *, at: datetime, holder: StaffMember | None, place: Site | None) -> dict[str, Any]:
    """What a step sets in a device."""
    changes: dict[str, Any] = {}
    if step.becomes:
        changes["life_cycle"] = step.becomes
    if step.needs_holder:
        changes |= {"holder": holder, "issued_at": at}
    if step.clears_holder:
        changes |= {"holder": None, "issued_at": None}
    if place:
        changes["site"] = place
    return changes or {"life_cycle": step.becomes}


def _refusal(device: Device, kind: Kind) -> str:
    current = Device.objects.get(pk=device.pk)
    allowed = ", ".join(life.label.lower() for life in STEPS[kind].allowed)
    return (
        f"{device} is {current.get_life_cycle_display().lower()} now. “{kind.label}” can be recorded "
        f"only of a device that is {allowed}."
    )


def _check_order(device: Device, at: datetime) -> None:
    """Called with the device's row locked. Raises Invalid for what happened before the last thing known."""
    last = device.custody_events.aggregate(last=Max("at"))["last"]
    if last and at < last:
        moment = timezone.localtime(last)
        raise Invalid(
            f"Something later is recorded already, at {moment:%H:%M} on {moment.day} {moment:%B %Y}. "
            "Give a time after that.",
            field="at",
        )


_ISSUE = """
    WITH pair AS (
        SELECT * FROM unnest(%(devices)s::bigint[], %(staff)s::bigint[]) AS t (device_id, staff_id)
    ),
    issued AS (
        UPDATE fleet_device d
        SET life_cycle = 'issued', holder_id = s.id, issued_at = %(at)s,
            site_id = coalesce(s.site_id, d.site_id)
        FROM pair JOIN fleet_staffmember s ON s.id = pair.staff_id
        WHERE d.id = pair.device_id AND d.life_cycle = ANY (%(allowed)s)
          AND d.organisation_id = %(organisation)s AND s.organisation_id = %(organisation)s
        RETURNING d.id, s.id AS staff_id, d.site_id
    )
    INSERT INTO fleet_custodyevent
        (device_id, kind, at, holder_id, site_id, note, recorded_at, recorded_by_id)
    SELECT id, 'issued', %(at)s, staff_id, site_id, '', now(), %(by)s FROM issued
"""


@transaction.atomic
def issue_devices(
    *, organisation: Organisation, pairs: Sequence[tuple[int, int]], at: datetime, by: User | None
) -> int:
    """Issue each device to the staff member beside it (pairs of ids) in one statement; how many.

    All or nothing: raises Conflict where any of the devices is not in stock or on loan.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _ISSUE,
            {
                "devices": [device for device, _ in pairs],
                "staff": [staff for _, staff in pairs],
                "at": at,
                "allowed": [str(life) for life in STEPS[Kind.ISSUED].allowed],
                "organisation": organisation.pk,
                "by": by.pk if by else None,
            },
        )
        issued: int = cursor.rowcount
    if issued != len(pairs):
        raise Conflict(f"{len(pairs) - issued} of {len(pairs)} devices are not in stock. Nothing was issued.")
    facts.announce(organisation_id=organisation.pk, device_ids=[device for device, _ in pairs])
    return issued
