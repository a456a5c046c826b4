"""The words that name a person now or named them before: a change of name or address does not hide them."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from django.db.models.functions import Lower

from fleet.models import StaffMember, User

Words = frozenset[str]


def words_for(person: StaffMember, *, with_account: bool) -> tuple[Words, Words, Words]:
    """Names, staff numbers and addresses of a person, from their row and its change log.

    A number or an address that somebody else has today is theirs, and left alone.
    """
    log: Any = person.changes  # type: ignore[attr-defined]
    columns = ("name", "staff_number", "email", "upn")
    now = tuple(getattr(person, column) for column in columns)
    rows = {now, *log.values_list(*columns)}
    numbers = {number for _, number, _, _ in rows if number}
    addresses = {one.lower() for _, _, *both in rows for one in both if one}
    if with_account and person.user:
        addresses.add(person.user.email.lower())
    return (
        frozenset(name for name, *_ in rows if name),
        frozenset(numbers - _numbers_of_others(person, numbers)),
        frozenset(addresses - _addresses_of_others(person, addresses)),
    )


def _numbers_of_others(person: StaffMember, numbers: set[str]) -> set[str]:
    others = StaffMember.objects.exclude(pk=person.pk).filter(organisation=person.organisation_id)
    return set(others.filter(staff_number__in=numbers).values_list("staff_number", flat=True))


def _addresses_of_others(person: StaffMember, addresses: set[str]) -> set[str]:
    people = StaffMember.objects.exclude(pk=person.pk)
    accounts = User.objects.exclude(staff_records=person)
    taken: set[str] = set()
    for rows, column in ((people, "email"), (people, "upn"), (accounts, "email")):
        lower = rows.annotate(address=Lower(column)).filter(address__in=addresses)
        taken.update(lower.values_list("address", flat=True))
    return taken


def names_one_of(text: str, needles: list[str]) -> bool:
    """Whether a text, or a query string, says one of these, in whatever case and joined by whatever."""
    said = f" {_bare(unquote_plus(text))} "
    return any(f" {_bare(needle)} " in said for needle in needles)


def _bare(text: str) -> str:
    """Letters and digits in lower case, with one space where anything else was."""
    return " ".join("".join(one if one.isalnum() else " " for one in text.casefold()).split())
