"""What rollouts does when facts change: follow them, mark what they touch, wake the workers."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from feedback.signals import threads_changed
from fleet.signals import facts_changed
from rollouts.dispatch import send_compute
from rollouts.services.handover import follow_facts
from rollouts.services.staleness import after_those_of, mark_dirty, touched_by
from rollouts.signals import readiness_went_stale

# Several changes within a second are dealt with by one run.
DEBOUNCE_SECONDS = 1.0


def connect() -> None:
    facts_changed.connect(on_facts_changed, dispatch_uid="rollouts.facts_changed")
    threads_changed.connect(on_threads_changed, dispatch_uid="rollouts.threads_changed")
    readiness_went_stale.connect(on_readiness_went_stale, dispatch_uid="rollouts.readiness_went_stale")


def on_facts_changed(
    *,
    organisation_id: int,
    device_ids: set[int] | None,
    staff_ids: set[int] | None,
    site_ids: set[int] | None,
    **_: Any,
) -> None:
    with transaction.atomic():
        if device_ids:
            follow_facts(device_ids=device_ids)
        mark_dirty(
            touched_by(
                organisation_id=organisation_id,
                device_ids=device_ids,
                staff_ids=staff_ids,
                site_ids=site_ids,
            )
        )


def on_threads_changed(*, organisation_id: int, user_ids: set[int], **_: Any) -> None:
    with transaction.atomic():
        mark_dirty(after_those_of(organisation_id=organisation_id, user_ids=user_ids))


def on_readiness_went_stale(*, tranche_ids: list[int], **_: Any) -> None:
    send_compute(tranche_ids, after_seconds=DEBOUNCE_SECONDS)
