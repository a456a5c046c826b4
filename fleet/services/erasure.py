"""Erases a person on request: what names them is replaced everywhere; ids, sites, dates and counts stay.

Apps above register what erases their own columns: a function of the person that answers how many rows it
changed. All of them run in one transaction, with the triggers that keep histories append-only laid aside.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Erasure, StaffMember, User
from fleet.services import facts
from fleet.services.erased import digests_of, is_erased
from fleet.services.erasing_words import words_for

__all__ = ["PERMISSION", "Eraser", "Subject", "erase_person", "is_erased", "register"]

PERMISSION = "people.erase"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom to forget: what names them and ever did, and the words that stand there from now on.

    `names` and `numbers` are as written; `addresses` are in lower case.
    """

    person: StaffMember
    names: frozenset[str]
    numbers: frozenset[str]
    addresses: frozenset[str]
    mark: str

    @property
    def new_name(self) -> str:
        return f"Erased person {self.mark}"

    @property
    def new_number(self) -> str:
        return f"erased-{self.mark}"

    @property
    def needles(self) -> list[str]:
        """What no text may hold any more."""
        return [*sorted(self.addresses), *sorted(self.names), *sorted(self.numbers)]


@dataclass(frozen=True, slots=True)
class Eraser:
    """`erase` changes rows of one kind; `triggers` are the append-only ones that it may pass."""

    kind: str
    erase: Callable[[Subject], int]
    triggers: tuple[str, ...] = ()


_erasers: list[Eraser] = []


def register(*erasers: Eraser) -> None:
    """An app adds what erases its own columns when it is ready."""
    _erasers.extend(one for one in erasers if one not in _erasers)


def erase_person(
    *,
    person: StaffMember,
    asked_by: str,
    reason: str,
    by: User | None,
    force: bool = False,
    is_rehearsal: bool = False,
) -> Erasure:
    """Erase a person who has left and holds nothing; `force` erases those who have not, or who do.

    A rehearsal does everything and takes it back, so that its counts are true.
    Raises Forbidden, Invalid (field `reason`) and Conflict.
    """
    with transaction.atomic():
        locked = StaffMember.objects.select_for_update().get(pk=person.pk)
        _check(locked, reason, by, force=force)
        subject = _subject(locked)
        counts = _erase(subject)
        erasure = Erasure.objects.create(
            organisation_id=locked.organisation_id,
            staff_member=locked,
            digest=digests_of(locked.organisation_id, locked.staff_number)[0],
            asked_by=asked_by,
            reason=reason,
            is_forced=force,
            counts=counts,
            done_by=by,
        )
        facts.announce(organisation_id=locked.organisation_id, staff_ids=[locked.pk])
        if is_rehearsal:
            transaction.set_rollback(True)
    return erasure


def _erase(subject: Subject) -> dict[str, int]:
    triggers = {name for one in _erasers for name in one.triggers}
    with pgtrigger.ignore(*sorted(triggers)):
        counts = {one.kind: one.erase(subject) for one in _erasers}
    return {kind: count for kind, count in counts.items() if count}


def _subject(person: StaffMember) -> Subject:
    names, numbers, addresses = words_for(person, with_account=closes(person))
    return Subject(person, names, numbers, addresses, secrets.token_hex(4))


def may_erase(person: StaffMember, user: User) -> bool:
    """Whether this person may, and it has not been done."""
    return user.access.may_touch(PERMISSION, person) and not person.erasures.exists()


def closes(person: StaffMember) -> bool:
    """Whether the person's account goes too: not where they hold a role in another organisation."""
    others: Any = person.user and person.user.grants.in_force().exclude(organisation=person.organisation_id)
    return bool(person.user) and not others.exists()


def _check(person: StaffMember, reason: str, by: User | None, *, force: bool) -> None:
    if by is not None and not by.access.may_touch(PERMISSION, person):
        raise Forbidden("Your roles do not let you erase people.")
    if person.erasures.exists():
        raise Conflict("This person has been erased already.")
    if not reason.strip():
        raise Invalid("Say why the person is erased", field="reason")
    named = (one for one in (person.name, person.email, person.upn, person.staff_number) if one)
    if any(one.casefold() in reason.casefold() for one in named):
        raise Invalid(
            "Give a reason without the person’s name, number or address: it is kept", field="reason"
        )
    if not force:
        _check_gone(person)


def _check_gone(person: StaffMember) -> None:
    if held := person.devices.count():
        raise Conflict(f"This person holds {held:,} device{'s'[: held > 1]}. Take them back first.")
    if person.leaves_on is None or person.leaves_on >= timezone.localdate():
        raise Conflict("This person has not left. Record their last day first.")
