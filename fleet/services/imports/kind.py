"""One kind of file: its columns, how a row of the register is found, and what may be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of the file that can be taken: its number, and its row of the register before and after.

    `pk` and `before` are None for a new row.
    """

    number: int
    pk: int | None
    before: Values | None
    after: Values


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file would make of the register: `register` is id → values as they are now."""

    organisation: Organisation
    rows: Sequence[Seen]
    register: Mapping[int, Values]


Warnings = Iterator[tuple[int, str, str]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Columns are named as the model's `fields`; those of `references` name rows of other kinds.

    To add a kind: write one `Kind` in a module beside `sites.py` and name it in `kinds.KINDS`. Command,
    pages, API, template file and reference table follow from it. Give every column that the model's own
    words do not explain a line in `meanings`, and `example` a row that can be loaded into an empty register.
    Whoever needs more than tables says it in a subclass, as `devices.py` does.

    `title`: what such a file is called. `permission`: who may load it, for the whole organisation.
    `brings`: other tracked models whose rows come with these and go when a file is undone.
    `url_name`: the page of one row, if rows have one. `list_url_name`: the list whose CSV loads again.
    `identifiers`: groups of columns; the first group that finds a row of the register says which one it is.
    `names_row`: the fields whose words name a row to a reader, such as a name and a number.
    `extras`: columns that no field of the model keeps, each with what makes a value of its text
    (see `extras_of` and `store_more`).
    `rules` hold within a row. `ignored`: columns of our own exports that are no facts to load.
    `kept`: fields that an empty cell leaves as they are.
    `soft`: references whose unknown names are a warning, and leave the fact as it is.
    `synonyms`: other headers that people use, as `reading.folded` writes them, each with its column.
    `mover`: the column whose change means that somebody moves. `term`: the columns of the first and the last
    day of a row; a file of such a kind may be a whole list, which ends those whom it does not name.
    """

    title: str
    permission: str
    model: type[models.Model]
    fields: tuple[str, ...]
    identifiers: tuple[tuple[str, ...], ...]
    names_row: tuple[str, ...]
    brings: tuple[type[models.Model], ...] = ()
    url_name: str = ""
    list_url_name: str = ""
    references: Mapping[str, Reference] = attribute(default_factory=dict)
    extras: Mapping[str, Callable[[str], Any]] = attribute(default_factory=dict)
    rules: Callable[[Given], Refusals] = no_rules
    ignored: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    synonyms: Mapping[str, str] = attribute(default_factory=dict)
    meanings: Mapping[str, str] = attribute(default_factory=dict)
    example: Mapping[str, str] = attribute(default_factory=dict)
    mover: str = ""
    term: tuple[str, str] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a file may have."""
        also = (name for reference in self.references.values() for name in reference.also)
        return (*self.fields, *self.references, *self.extras, *also)

    @property
    def attributes(self) -> tuple[str, ...]:
        """The model's attributes that a row of a file fills."""
        return (*self.fields, *(self.attname(column) for column in self.references))

    @property
    def names(self) -> tuple[str, ...]:
        """All that a row of a file says, by the names under which planning keeps it."""
        return (*self.attributes, *self.extras)

    def field(self, name: str) -> models.Field[Any, Any]:
        return cast("models.Field[Any, Any]", self.model._meta.get_field(name))

    def label(self, column: str) -> str:
        """What a page calls a column; empty for none."""
        known = column in self.fields or column in self.references
        words = str(self.field(column).verbose_name) if known else column.replace("_", " ")
        return words[:1].upper() + words[1:]

    def attname(self, column: str) -> str:
        return f"{column}_id" if column in self.references else column

    def name_of(self, values: Values) -> str:
        """What to call a row: `Ann (4711)`, or empty where nothing names it."""
        first, *others = [str(values[name]) for name in self.names_row if values.get(name)] or [""]
        return f"{first} ({', '.join(others)})" if others else first

    def notes(self) -> dict[str, Any]:
        """Annotations that `moves` reads of a row as it is."""
        return {}

    def extras_of(self, organisation: Organisation) -> Mapping[int, Values]:
        """What the register says of `extras`: id of a row → values by column."""
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

    def warnings(self, outcome: Outcome) -> Warnings:
        """What a person should look at and may load all the same: (row number, column, what and why).

        A few queries at most, whatever the number of rows.
        """
        yield from ()

    def completed(self, values: Values) -> Values:
        """A new row's further columns."""
        return values

    def settle(self, organisation: Organisation, rows: Sequence[Values]) -> None:
        """Write what rows name that is still to be made, before they are stored."""

    def store_more(self, rows: Sequence[Values]) -> None:
        """Write what goes with new rows; each has its `id`."""
