"""Tells the apps above that facts changed, once the change is committed, and saves single rows with that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import IntegrityError, models, transaction

from fleet import rules
from fleet.errors import Conflict, Invalid
from fleet.models import (
    Approval,
    CarrierMapping,
    Classification,
    ClassificationMapping,
    ClassificationScheme,
    Contract,
    Course,
    Device,
    DeviceModel,
    Line,
    SchemeSwitch,
    Site,
    StaffMember,
    Tariff,
    TrainingRecord,
)
from fleet.services import erased
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


def _people_of(record_ids: Iterable[int]) -> set[int]:
    """Whose training records they are, or were: the change log also knows those that are gone."""
    events: Any = TrainingRecord._meta.get_field("changes").related_model
    of_records = events._default_manager.filter(pgh_obj__in=record_ids)
    return set(of_records.values_list("staff_member", flat=True))


# What a change of rows of a kind may move: themselves, or anything that is judged by them.
_REACH: dict[type[models.Model], Callable[[Ids], dict[str, Ids]]] = {
    Device: lambda ids: {"device_ids": ids},
    StaffMember: lambda ids: {"staff_ids": ids},
    Site: lambda ids: {"site_ids": ids},
    DeviceModel: lambda _: {"device_ids": None},
    Approval: lambda _: {"device_ids": None},
    Classification: lambda _: {"device_ids": None, "staff_ids": None},
    Course: lambda _: {"staff_ids": None},
    TrainingRecord: lambda ids: {"staff_ids": ids if ids is None else _people_of(ids)},
    Contract: lambda _: {},
    Line: lambda _: {},
    Tariff: lambda _: {},
    CarrierMapping: lambda _: {},
    ClassificationMapping: lambda _: {"device_ids": None, "staff_ids": None},
    # Their days are read by people; what is judged changes when a switch is scheduled.
    ClassificationScheme: lambda _: {},
    SchemeSwitch: lambda _: {},
}
# Above that, everything of the organisation is looked at again instead of row by row.
MANY = 5000


def announce_rows(model: type[models.Model], *, organisation_id: int, ids: Collection[int]) -> None:
    """Announce a change of these rows; no rows announce nothing, nor do kinds by which nothing is judged."""
    if ids and model in _REACH:
        reached = ids if len(ids) <= MANY else None
        announce(organisation_id=organisation_id, **_REACH[model](reached))


def save(row: Any) -> None:
    """Save one register row and announce it.

    Raises Conflict where the database refuses it, as when somebody took the same code a moment before, and
    Invalid (field `staff_number`) for somebody who was erased.
    """
    rules.tidy_row(row)
    if isinstance(row, StaffMember) and row._state.adding:
        _check_was_not_erased(row)
    try:
        with transaction.atomic():
            row.save()
            announce(organisation_id=row.organisation_id, **_REACH[type(row)]([row.pk]))
    except IntegrityError as error:
        raise Conflict(
            "Somebody changed the same facts a moment ago. Load them again and repeat your change."
        ) from error


def _check_was_not_erased(person: StaffMember) -> None:
    if erased.is_erased(person.organisation_id, person.staff_number):
        raise Invalid(erased.REFUSAL, field="staff_number")
