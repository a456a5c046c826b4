"""Cells that name a row of another kind: a site by its code, a holder by staff number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models

from fleet.models import DeviceModel, Organisation, StaffMember
from fleet.services.imports.reading import Row

Lookup = Callable[[Mapping[str, str]], int | str | None]


@dataclass(frozen=True, slots=True)
class Reference:
    """`build` makes the look-up from a row's cells for one organisation and one file's rows.

    The look-up gives None for an empty cell and raises ValidationError for a name that nobody has.
    `also` are further columns that it reads. `is_within`: it names rows of its own kind; those that the
    same file brings are minus their row number.
    """

    build: Callable[[Organisation, Sequence[Row]], Lookup]
    also: tuple[str, ...] = ()
    is_within: bool = False


def lookup(column: str, table: Mapping[str, int], missing: str) -> Lookup:
    def find(cells: Mapping[str, str]) -> int | None:
        name = cells[column]
        if name and name not in table:
            raise ValidationError(missing.format(name=name))
        return table.get(name)

    return find


def by_code(column: str, model: type[models.Model]) -> Reference:
    """A row of the organisation, by its code."""
    noun = model._meta.verbose_name

    def build(organisation: Organisation, _: Sequence[Row]) -> Lookup:
        return lookup(
            column, codes_of(model, organisation), f"No {noun} has the code {{name}}. Load that first."
        )

    return Reference(build)


def by_code_within(column: str, model: type[models.Model]) -> Reference:
    """The same for rows that name each other."""
    noun = model._meta.verbose_name

    def build(organisation: Organisation, rows: Sequence[Row]) -> Lookup:
        table = {row.cells["code"]: -row.number for row in reversed(rows)} | codes_of(model, organisation)
        return lookup(column, table, f"No {noun} has the code {{name}}, here or in the register.")

    return Reference(build, is_within=True)


def codes_of(model: type[models.Model], organisation: Organisation) -> dict[str, int]:
    return dict(model._default_manager.filter(organisation=organisation).values_list("code", "pk"))


def _build_staff(organisation: Organisation, _: Sequence[Row]) -> Lookup:
    numbers = StaffMember.objects.filter(organisation=organisation).values_list("staff_number", "pk")
    return lookup("holder", dict(numbers), "Nobody has the staff number {name}. Load the staff first.")


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


HOLDER = Reference(_build_staff)
MODEL = Reference(_build_models, also=("manufacturer",))
