"""Tells the apps above that facts changed, once the change is committed, and saves single rows with that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import IntegrityError, models, transaction

from fleet.errors import Conflict
from fleet.models import Approval, Classification, Device, DeviceModel, Site, StaffMember
from fleet.signals import facts_changed

NOTHING: frozenset[int] = frozenset()
Ids = Iterable[int] | None


def announce(
    *, organisation_id: int, device_ids: Ids = NOTHING, staff_ids: Ids = NOTHING, site_ids: Ids = NOTHING
) -> None:
    """Send `facts_changed` after commit. None means any of the organisation's; nothing sends nothing."""
    changed = {
        name: None if ids is None else set(ids)
        for name, ids in {"device_ids": device_ids, "staff_ids": staff_ids, "site_ids": site_ids}.items()
    }
    if any(ids is None or ids for ids in changed.values()):
        transaction.on_commit(
            lambda: _send(organisation_id=organisation_id, **changed),
        )


def _send(**facts: Any) -> None:
    facts_changed.send(sender=None, **facts)


# What a change of one row of a kind may move: itself, or anything that is judged by it.
_REACH: dict[type[models.Model], Callable[[Any], dict[str, Ids]]] = {
    Device: lambda row: {"device_ids": [row.pk]},
    StaffMember: lambda row: {"staff_ids": [row.pk]},
    Site: lambda row: {"site_ids": [row.pk]},
    DeviceModel: lambda _: {"device_ids": None},
    Approval: lambda _: {"device_ids": None},
    Classification: lambda _: {"device_ids": None, "staff_ids": None},
}


def save(row: Any) -> None:
    """Save one register row and announce it.

    Raises Conflict where the database refuses it, as when somebody took the same code a moment before.
    """
    try:
        with transaction.atomic():
            row.save()
            announce(organisation_id=row.organisation_id, **_REACH[type(row)](row))
    except IntegrityError as error:
        raise Conflict(
            "Somebody changed the same facts a moment ago. Load them again and repeat your change."
        ) from error
