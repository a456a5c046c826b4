"""Handed over follows from facts: the device is enrolled, held by that person and seen after issue."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Least, Now

from fleet.models import Device
from fleet.vocabulary import Enrolment, LifeCycle
from rollouts.models import TranchePerson
from rollouts.sql import among
from rollouts.vocabulary import PersonState


def follow_facts(
    *, tranche_ids: Collection[int] | None = None, device_ids: Collection[int] | None = None
) -> int:
    """Marks as handed over whoever is allocated in those tranches, or those devices; returns how many.

    `handed_over_at` is the later of issue and enrolment: the sighting after it confirms the hand-over
    but does not move it, so that it does not depend on when facts were looked at. A place that was
    handed over stays so when the device is returned or lost later.
    """
    places = TranchePerson.objects.filter(state=PersonState.ALLOCATED)
    if tranche_ids is not None:
        places = places.filter(tranche__in=tranche_ids)
    if device_ids is not None:
        places = places.filter(device__in=among(device_ids))
    held = Device.objects.filter(
        Q(heartbeat__last_seen_at__gte=F("issued_at")),
        pk=OuterRef("device"),
        holder=OuterRef("staff_member"),
        life_cycle__in=[LifeCycle.ISSUED, LifeCycle.ON_LOAN],
        enrolment=Enrolment.ENROLLED,
    )
    since = Least(Greatest("issued_at", Coalesce("enrolled_at", "issued_at")), Now())
    return places.filter(Exists(held)).update(
        state=PersonState.HANDED_OVER,
        handed_over_at=Subquery(held.values_list(since)[:1], output_field=DateTimeField()),
    )
