"""What a file would change: every row read, found in the register and checked. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from fleet.errors import Invalid
from fleet.models import Organisation, StaffMember
from fleet.services import erased
from fleet.services.imports.cells import Clean, Failed, cleaner, refuse_failed, when_empty, with_all_digits
from fleet.services.imports.kind import Kind, Outcome, Seen, Values
from fleet.services.imports.leavers import end_absent
from fleet.services.imports.plans import Plan
from fleet.services.imports.reading import File, Misshapen, Row
from fleet.services.imports.register import Register
from fleet.services.imports.report import Refused, Rejection
from fleet.services.imports.spellings import Unknown

Reader = Callable[[Mapping[str, str]], Any]
Progress = Callable[[int, int], None]
STEP = 2000


def no_progress(done: int, total: int) -> None:
    """Nobody watches."""


def plan(
    kind: Kind,
    organisation: Organisation,
    file: File,
    *,
    complete_on: dt.date | None = None,
    progress: Progress = no_progress,
) -> Plan:
    """`complete_on`: the file is the whole list as of that day. `progress` hears of (rows done, rows).

    Raises Invalid where the header will not do, or the file cannot be read.
    """
    _check_header(kind, file.columns)
    if complete_on and kind.term is None:
        raise Invalid("Only a list of people can be a whole list.", field="is_complete")
    return _Planner(kind, organisation, file).run(complete_on, progress)


def _check_header(kind: Kind, columns: list[str]) -> None:
    if not any(set(group) <= set(columns) for group in kind.identifiers):
        needed = " or ".join(" and ".join(map(kind.label, group)) for group in kind.identifiers)
        raise Invalid(f"Nothing says which row is which. The file needs the column {needed}.")


class _Planner:
    def __init__(self, kind: Kind, organisation: Organisation, file: File) -> None:
        self.kind = kind
        self.organisation = organisation
        self.plan = Plan()
        self.unclear: set[int] = set()
        self.rows = list(self._whole_rows(file))
        if not self.rows and not self.unclear:
            raise Invalid("The file names its columns and has no rows. Choose the file that has them.")
        self.readers = dict(self._readers(organisation, file.columns))
        self.within = [kind.attname(name) for name, one in kind.references.items() if one.is_within]
        self.register = Register(kind, organisation)
        self.was_erased = erased.memory_of(organisation.pk) if kind.model is StaffMember else None

    def run(self, complete_on: dt.date | None, progress: Progress) -> Plan:
        for done, row in enumerate(self.rows):
            if done % STEP == 0:
                progress(done, len(self.rows))
            try:
                self._take(row)
            except Refused as refused:
                self._reject(row.number, *refused.reasons)
        self._drop_orphans()
        if complete_on:
            self._end_absent(complete_on)
        self._warn()
        self._count()
        return self.plan

    def _count(self) -> None:
        plan, report = self.plan, self.plan.report
        report.created, report.changed, report.ended = len(plan.new), len(plan.changed), len(plan.ended)
        report.unchanged = len(plan.rows) - report.created - report.changed
        report.rejections.sort(key=lambda rejection: rejection.number)
        refused = {rejection.number for rejection in report.rejections}
        plan.refused = {
            row.number: (self.kind.name_of(row.cells), None) for row in self.rows if row.number in refused
        }
        plan.warnings.sort(key=lambda warning: warning.number)

    def _warn(self) -> None:
        outcome = Outcome(self.organisation, self.plan.rows, self.register.rows)
        self.plan.warnings += [Rejection(*one) for one in self.kind.warnings(outcome)]

    def _end_absent(self, on: dt.date) -> None:
        [key] = self.kind.identifiers[0]
        named = {row.cells.get(key, "") for row in self.rows}
        end_absent(self.kind, self.plan, self.register, named=named, unclear=self.unclear, on=on)

    def _whole_rows(self, file: File) -> Iterator[Row]:
        for row in file:
            if isinstance(row, Misshapen):
                self.unclear.add(row.number)
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
        for name, clean in self.kind.extras.items():
            if name in columns:
                yield name, partial(_read_cell, name, str, clean)

    def _take(self, row: Row) -> None:
        values, reasons = self._read(row)
        pk = self._claim(row.number, values, reasons)
        if pk is None:
            self._add(row.number, values)
        else:
            self._change(row.number, pk, values)

    def _claim(self, number: int, values: Values, reasons: list[tuple[str, str]]) -> int | None:
        """The id of the row's row, as `Register.claim` finds it.

        A row with `reasons` claims too: another about the same one cannot be taken in its stead.
        """
        try:
            pk = self.register.claim(number, values)
        except Refused as refused:
            raise Refused(*reasons, *refused.reasons) from refused
        if reasons:
            raise Refused(*reasons)
        return pk

    def _read(self, row: Row) -> tuple[Values, list[tuple[str, str]]]:
        """The values of the cells that can be read, and why others cannot."""
        values: Values = {}
        reasons = []
        for name, read in self.readers.items():
            try:
                refuse_failed(row.cells.get(name, ""))
                values[self.kind.attname(name)] = read(row.cells)
            except ValidationError as error:
                if not self._is_passed_over(row, name, error):
                    reasons.append((name, error.messages[0]))
        return values, reasons

    def _is_passed_over(self, row: Row, name: str, error: ValidationError) -> bool:
        """Takes note of a cell that cannot be read; whether the rest of the row can be taken without it."""
        if name in self.kind.identifiers[0]:
            self.unclear.add(row.number)
        if isinstance(error, Unknown):
            self.plan.unknown[name, error.spelling] += 1
        elif not isinstance(error, Failed):
            return False
        if name not in self.kind.soft:
            return False
        self.plan.warnings.append(Rejection(row.number, name, error.messages[0]))
        return True

    def _add(self, number: int, values: Values) -> None:
        whole = self._defaults(values) | values
        if self.was_erased and self.was_erased(whole["staff_number"]):
            raise Refused(("staff_number", erased.REFUSAL))
        self._check(-number, whole, *self.kind.starts(whole))
        self.plan.rows.append(Seen(number, None, None, whole))

    def _defaults(self, values: Values) -> Values:
        missing = [name for name in self.kind.attributes if name not in values]
        fields = {name: self.kind.field(name) for name in missing}
        extras = {name: clean("") for name, clean in self.kind.extras.items() if name not in values}
        try:
            return {name: when_empty(one) for name, one in fields.items()} | extras
        except ValidationError as error:
            raise Refused(("", error.messages[0])) from error

    def _change(self, number: int, pk: int, values: Values) -> None:
        before = self.register.rows[pk]
        after = before | {
            name: value
            for name, value in values.items()
            if value not in ("", None) or name not in self.kind.kept
        }
        if after == before:
            self.plan.rows.append(Seen(number, pk, before, before))
            return
        self._check(pk, after, *self.kind.moves(before, after))
        self.plan.rows.append(Seen(number, pk, before, after))

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
            self.plan.rows = [row for row in self.plan.rows if row.number not in orphans]

    def _orphans(self) -> Iterator[tuple[int, str]]:
        there = {-row.number for row in self.plan.new} if self.within else set()
        for row in self.plan.rows if self.within else ():
            for name in self.within:
                if (row.after[name] or 0) < 0 and row.after[name] not in there:
                    yield row.number, name

    def _reject(self, number: int, *reasons: tuple[str, str]) -> None:
        self.plan.report.rejections += [Rejection(number, column, message) for column, message in reasons]


def _read_cell(name: str, spell: Callable[[str], str], clean: Clean, cells: Mapping[str, str]) -> Any:
    return clean(spell(with_all_digits(cells[name])))
