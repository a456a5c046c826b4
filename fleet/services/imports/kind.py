"""One kind of file: its columns, how a row of the register is found, and what may be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any, cast

from django.db import models

from fleet.models import Organisation
from fleet.rules import Refusals
from fleet.rules import Values as Given
from fleet.services.imports.references import Reference

Values = dict[str, Any]


def no_rules(_: Given) -> Refusals:
    yield from ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Columns are named as the model's `fields`; those of `references` name rows of other kinds.

    `identifiers`: groups of fields; the first group that finds a row of the register says which one it is.
    `rules` hold within a row. `ignored`: columns of our own exports that are no facts to load.
    `kept`: fields that an empty cell leaves as they are.
    `reach`: the argument of `facts.announce` that takes these rows' ids; empty where any device may be meant.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    identifiers: tuple[tuple[str, ...], ...]
    references: Mapping[str, Reference] = attribute(default_factory=dict)
    rules: Callable[[Given], Refusals] = no_rules
    ignored: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    reach: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a file may have."""
        also = (name for reference in self.references.values() for name in reference.also)
        return (*self.fields, *self.references, *also)

    @property
    def names(self) -> tuple[str, ...]:
        """The model's attributes that a row of a file fills."""
        return (*self.fields, *(self.attname(column) for column in self.references))

    def field(self, name: str) -> models.Field[Any, Any]:
        return cast("models.Field[Any, Any]", self.model._meta.get_field(name))

    def attname(self, column: str) -> str:
        return f"{column}_id" if column in self.references else column

    def notes(self) -> dict[str, Any]:
        """Annotations that `moves` reads of a row as it is."""
        return {}

    def spell(self, name: str, text: str) -> str:
        """The one spelling in which an identifier is kept. Raises ValidationError."""
        return text

    def starts(self, values: Values) -> Refusals:
        """What must hold of a row that is new."""
        yield from ()

    def moves(self, before: Values, after: Values) -> Refusals:
        """What a file may not change of a row that is in the register."""
        yield from ()

    def completed(self, values: Values) -> Values:
        """A new row's further columns."""
        return values

    def settle(self, organisation: Organisation, rows: Sequence[Values]) -> None:
        """Write what rows name that is still to be made, before they are stored."""

    def store_more(self, rows: Sequence[Values]) -> None:
        """Write what goes with new rows."""
