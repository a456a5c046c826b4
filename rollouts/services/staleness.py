"""Which tranches' readiness no longer follows from the facts: `Computation.dirty_at` says so."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fleet.models import Device
from rollouts.models import Computation, Programme, Tranche, TranchePerson
from rollouts.signals import readiness_went_stale
from rollouts.sql import among, run
from rollouts.vocabulary import ASSESSED_STATES, DEVICE_STATES, DYNAMIC_STATES, IN_STATES

# A mark on a row that is dirty already only moves its time: somebody has been told of it.
_MARK = """
    INSERT INTO rollouts_computation AS c (tranche_id, dirty_at, steps_done, steps_total, error)
    SELECT id, %(now)s, 0, 0, '' FROM unnest(%(ids)s::bigint[]) AS id ORDER BY id
    ON CONFLICT (tranche_id) DO UPDATE SET dirty_at = excluded.dirty_at, error = ''
"""


def mark_dirty(tranches: QuerySet[Tranche]) -> list[int]:
    """Marks those of `tranches` that are assessed and tells the edges after commit. Returns their ids."""
    ids = list(tranches.filter(state__in=ASSESSED_STATES).values_list("pk", flat=True).distinct())
    if not ids:
        return []
    waiting = Computation.objects.filter(tranche__in=ids, dirty_at__isnull=False, error="")
    known = set(waiting.values_list("tranche_id", flat=True))
    run(_MARK, {"now": timezone.now(), "ids": ids})
    if fresh := [pk for pk in ids if pk not in known]:
        transaction.on_commit(lambda: readiness_went_stale.send(sender=Tranche, tranche_ids=fresh))
    return ids


def rules_changed(*, programme: Programme) -> list[int]:
    """To be called when a programme's thresholds, minimum versions or entitlements change."""
    return mark_dirty(programme.tranches.all())


def organisation_changed(organisation_id: int) -> list[int]:
    """Marks every assessed tranche of the organisation: a tranche's state is a fact for its neighbours."""
    return mark_dirty(Tranche.objects.filter(programme__organisation=organisation_id))


def touched_by(
    *,
    organisation_id: int,
    device_ids: Collection[int] | None,
    staff_ids: Collection[int] | None,
    site_ids: Collection[int] | None,
) -> QuerySet[Tranche]:
    """The tranches whose readiness may follow from these facts; a collection that is None means any.

    A person or site may newly match the criteria of a tranche that is still dynamic, and a device without a
    place may be stock that somebody waits for, so those count as touched too.
    """
    tranches = Tranche.objects.filter(programme__organisation=organisation_id)
    if device_ids is None or staff_ids is None or site_ids is None:
        return tranches
    touched = Q(programme__in=_entitled_to_free(device_ids)) if device_ids else Q(pk__in=[])
    for fact, ids in (("device", device_ids), ("staff_member", staff_ids), ("staff_member__site", site_ids)):
        if ids:
            places = TranchePerson.objects.filter(state__in=IN_STATES, **{f"{fact}__in": among(ids)})
            touched |= Q(pk__in=places.values("tranche"))
    if staff_ids or site_ids:
        touched |= Q(state__in=DYNAMIC_STATES)
    return tranches.filter(touched)


def after_those_of(*, organisation_id: int, user_ids: Collection[int]) -> QuerySet[Tranche]:
    """The tranches whose programme has given these accounts' people their device in an earlier one: what
    those say is what `rollouts.checks.feedback` looks at."""
    earlier = TranchePerson.objects.filter(
        tranche__programme=OuterRef("programme"),
        tranche__number__lt=OuterRef("number"),
        staff_member__user__in=among(user_ids),
        handed_over_at__isnull=False,
    )
    return Tranche.objects.filter(Exists(earlier), programme__organisation=organisation_id)


def _entitled_to_free(device_ids: Collection[int]) -> QuerySet[Programme]:
    """The programmes that hand out the models of those devices which nobody was allocated."""
    places = TranchePerson.objects.filter(device=OuterRef("pk"), state__in=DEVICE_STATES)
    free = Device.objects.filter(~Exists(places), pk__in=among(device_ids))
    return Programme.objects.filter(entitlements__device_model__in=free.values("model"))
