"""Cells that name a row of another kind: a site by code or name, a holder by staff number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import models

from fleet.models import DeviceModel, Organisation, Site, SiteAlias, StaffMember, User
from fleet.services.imports.cells import with_all_digits
from fleet.services.imports.reading import Row
from fleet.services.imports.spellings import Spellings, Unknown

Lookup = Callable[[Mapping[str, str]], int | str | None]


@dataclass(frozen=True, slots=True)
class Reference:
    """`build` makes the look-up from a row's cells for one organisation and one file's rows.

    The look-up gives None for an empty cell and raises ValidationError for a name that nobody has: `Unknown`
    where a person may say which row is meant. `also` are further columns that it reads. `is_within`: it names
    rows of its own kind; those that the same file brings are minus their row number.
    """

    build: Callable[[Organisation, Sequence[Row]], Lookup]
    also: tuple[str, ...] = ()
    is_within: bool = False


def lookup(column: str, table: Mapping[str, int], missing: str) -> Lookup:
    def find(cells: Mapping[str, str]) -> int | None:
        name = with_all_digits(cells[column])
        if name and name not in table:
            raise ValidationError(missing.format(name=name))
        return table.get(name)

    return find


def by_code(column: str, model: type[models.Model]) -> Reference:
    """A row of the organisation, by its code."""
    noun = model._meta.verbose_name

    def build(organisation: Organisation, _: Sequence[Row]) -> Lookup:
        codes = codes_of(model, organisation)
        return lookup(column, codes, f"No {noun} has the code {{name}}. Load that first.")

    return Reference(build)


def codes_of(model: type[models.Model], organisation: Organisation) -> dict[str, int]:
    return dict(model._default_manager.filter(organisation=organisation).values_list("code", "pk"))


def spellings_of_sites(organisation: Organisation) -> Spellings:
    sites = Site.objects.filter(organisation=organisation).values_list("pk", "code", "name")
    agreed = SiteAlias.objects.filter(organisation=organisation).values_list("spelling", "site_id")
    return Spellings("site", sites, agreed)


def site(column: str) -> Reference:
    """A site by its code, its name, or a spelling on which somebody decided once."""

    def build(organisation: Organisation, _: Sequence[Row]) -> Lookup:
        return partial(_site, column, spellings_of_sites(organisation))

    return Reference(build)


def _site(column: str, known: Spellings, cells: Mapping[str, str]) -> int | None:
    return known.find(cells[column]) if cells[column] else None


def site_within(column: str) -> Reference:
    """The same in a file of sites, which may name each other."""

    def build(organisation: Organisation, rows: Sequence[Row]) -> Lookup:
        known = spellings_of_sites(organisation)
        here = _named_here(known, rows)

        def find(cells: Mapping[str, str]) -> int | None:
            name = cells[column]
            if name in here and name not in known.codes:
                return here[name]
            return known.find(name) if name else None

        return find

    return Reference(build, is_within=True)


def _named_here(known: Spellings, rows: Sequence[Row]) -> dict[str, int]:
    """Names and codes in the file: the site's id where the register has it, else minus its row number."""
    named: dict[str, int] = {}
    for key in ("name", "code"):
        for row in reversed(rows):
            named[row.cells.get(key, "")] = known.codes.get(row.cells.get("code", ""), -row.number)
    return named


def by_staff_number(column: str) -> Reference:
    """A member of staff of the organisation."""

    def build(organisation: Organisation, _: Sequence[Row]) -> Lookup:
        numbers = StaffMember.objects.filter(organisation=organisation).values_list("staff_number", "pk")
        return lookup(column, dict(numbers), "Nobody has the staff number {name}. Load the staff first.")

    return Reference(build)


def by_email(column: str) -> Reference:
    """Somebody who holds a role in the organisation, by the e-mail address they sign in with."""

    def build(organisation: Organisation, _: Sequence[Row]) -> Lookup:
        users = User.objects.with_roles_in([organisation.pk]).values_list("email", "pk")
        missing = "Nobody with the address {name} holds a role here. Give them one first."
        return lookup(column, dict(users), missing)

    return Reference(build)


def _build_models(organisation: Organisation, _: Sequence[Row]) -> Lookup:
    """By name, with the manufacturer where several have that name, or by the maker's identifier."""
    table: dict[str, set[int]] = defaultdict(set)
    for pk, maker, name, identifier in DeviceModel.objects.filter(organisation=organisation).values_list(
        "pk", "manufacturer", "name", "identifier"
    ):
        for spelling in (name, f"{maker} {name}", identifier):
            table[spelling.lower()].add(pk)

    def find(cells: Mapping[str, str]) -> int | None:
        name, maker = cells["model"].lower(), cells.get("manufacturer", "").lower()
        if not name:
            return None
        found = table.get(f"{maker} {name}".strip()) or table.get(name, set())
        if len(found) != 1:
            reason = "More than one model is called" if found else "No model is called"
            advice = "Name the manufacturer too." if found else "Load the models first."
            raise ValidationError(f"{reason} {cells['model']}. {advice}")
        return next(iter(found))

    return find


HOLDER = by_staff_number("holder")
MODEL = Reference(_build_models, also=("manufacturer",))

__all__ = [
    "HOLDER",
    "MODEL",
    "Lookup",
    "Reference",
    "Unknown",
    "by_code",
    "by_email",
    "by_staff_number",
    "site",
    "site_within",
]
