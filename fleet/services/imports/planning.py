"""What a file would change: every row read, found in the register and checked. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from fleet.errors import Invalid
from fleet.models import Organisation
from fleet.services.imports.cells import Clean, cleaner, when_empty
from fleet.services.imports.kind import Kind, Values
from fleet.services.imports.reading import File, Misshapen, Row
from fleet.services.imports.register import Register
from fleet.services.imports.report import Refused, Rejection, Report

Reader = Callable[[Mapping[str, str]], Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to write: new where `pk` is None. `number` is its row in the file."""

    number: int
    pk: int | None
    values: Values


@dataclass(slots=True)
class Plan:
    entries: list[Entry] = field(default_factory=list)
    report: Report = field(default_factory=Report)

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.pk is None]

    @property
    def changed(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.pk is not None]


def plan(kind: Kind, organisation: Organisation, file: File) -> Plan:
    """Raises Invalid where the header will not do, or the file cannot be read."""
    _check_header(kind, file.columns)
    return _Planner(kind, organisation, file).run()


def _check_header(kind: Kind, columns: list[str]) -> None:
    if unknown := [name for name in columns if name not in kind.columns and name not in kind.ignored]:
        raise Invalid(f"Not known as columns: {', '.join(unknown)}. Columns are {', '.join(kind.columns)}.")
    if not any(set(group) <= set(columns) for group in kind.identifiers):
        needed = " or ".join(" and ".join(group) for group in kind.identifiers)
        raise Invalid(f"Nothing says which row is which. The file needs the column {needed}.")


class _Planner:
    def __init__(self, kind: Kind, organisation: Organisation, file: File) -> None:
        self.kind = kind
        self.plan = Plan()
        self.rows = list(self._whole_rows(file))
        self.readers = dict(self._readers(organisation, file.columns))
        self.within = [kind.attname(name) for name, one in kind.references.items() if one.is_within]
        self.register = Register(kind, organisation)

    def run(self) -> Plan:
        for row in self.rows:
            try:
                self._take(row)
            except Refused as refused:
                self._reject(row.number, *refused.reasons)
        self._drop_orphans()
        report = self.plan.report
        report.created, report.changed = len(self.plan.new), len(self.plan.changed)
        report.rejections.sort(key=lambda rejection: rejection.number)
        return self.plan

    def _whole_rows(self, file: File) -> Iterator[Row]:
        for row in file:
            if isinstance(row, Misshapen):
                self._reject(row.number, ("", row.reason))
            else:
                yield row

    def _readers(self, organisation: Organisation, columns: list[str]) -> Iterator[tuple[str, Reader]]:
        """(column, how a row's cells give its value) of each fact that the file has."""
        for name in self.kind.fields:
            if name in columns:
                clean = cleaner(self.kind.field(name))
                yield name, partial(_read_cell, name, partial(self.kind.spell, name), clean)
        for name, reference in self.kind.references.items():
            if name in columns:
                yield name, reference.build(organisation, self.rows)

    def _take(self, row: Row) -> None:
        values = self._read(row)
        pk = self.register.claim(row.number, values)
        if pk is None:
            self._add(row.number, values)
        else:
            self._change(row.number, pk, values)

    def _read(self, row: Row) -> Values:
        values: Values = {}
        reasons = []
        for name, read in self.readers.items():
            try:
                values[self.kind.attname(name)] = read(row.cells)
            except ValidationError as error:
                reasons.append((name, error.messages[0]))
        if reasons:
            raise Refused(*reasons)
        return values

    def _add(self, number: int, values: Values) -> None:
        whole = self._defaults(values) | values
        self._check(-number, whole, *self.kind.starts(whole))
        self.plan.entries.append(Entry(number, None, whole))

    def _defaults(self, values: Values) -> Values:
        missing = [name for name in self.kind.names if name not in values]
        fields = {name: self.kind.field(name) for name in missing}
        try:
            return {name: when_empty(one) for name, one in fields.items()}
        except ValidationError as error:
            raise Refused(("", error.messages[0])) from error

    def _change(self, number: int, pk: int, values: Values) -> None:
        before = self.register.rows[pk]
        after = before | {
            name: value for name, value in values.items() if value != "" or name not in self.kind.kept
        }
        if after == before:
            self.plan.report.unchanged += 1
            return
        self._check(pk, after, *self.kind.moves(before, after))
        self.plan.entries.append(Entry(number, pk, {name: after[name] for name in self.kind.names}))

    def _check(self, own: int, values: Values, *more: tuple[str, str]) -> None:
        """`own` is what a reference to the row itself would be."""
        itself = [
            (name.removesuffix("_id"), "It cannot be the row itself. Name another or none.")
            for name in self.within
            if values[name] == own
        ]
        if reasons := (*self.kind.rules(values), *more, *itself):
            raise Refused(*reasons)

    def _drop_orphans(self) -> None:
        """Reject what refers to a new row that was rejected, and then what refers to that."""
        while orphans := dict(self._orphans()):
            for number, name in orphans.items():
                column = name.removesuffix("_id")
                self._reject(number, (column, "That row of the file is rejected. Mend it first."))
            self.plan.entries = [entry for entry in self.plan.entries if entry.number not in orphans]

    def _orphans(self) -> Iterator[tuple[int, str]]:
        there = {-entry.number for entry in self.plan.new}
        for entry in self.plan.entries:
            for name in self.within:
                if (entry.values[name] or 0) < 0 and entry.values[name] not in there:
                    yield entry.number, name

    def _reject(self, number: int, *reasons: tuple[str, str]) -> None:
        self.plan.report.rejections += [Rejection(number, column, message) for column, message in reasons]


def _read_cell(name: str, spell: Callable[[str], str], clean: Clean, cells: Mapping[str, str]) -> Any:
    return clean(spell(cells[name]))
