"""What a plan would do, in words: a line for each row that it is about, save for unchanged ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import models

from fleet.services.imports.kind import Kind, Seen
from fleet.services.imports.plans import Plan
from fleet.services.imports.report import Rejection
from fleet.vocabulary import ImportOutcome
from fleet.web.exports import cell

# What to call a row of the file, and its id in the register.
Named = tuple[str, int | None]
NOBODY: Mapping[int, Named] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """As `ImportLine` keeps it; `row_id` is None for what is not in the register yet."""

    number: int
    outcome: str
    name: str
    row_id: int | None
    is_move: bool
    details: list[list[str]]


def lines_of(kind: Kind, plan: Plan) -> list[Line]:
    """All lines, by outcome and row number. One query for each kind of row that the file's rows name."""
    writer = _Writer(kind, plan)
    return [
        *(writer.line(row, ImportOutcome.CREATED) for row in plan.new),
        *(writer.line(row, ImportOutcome.CHANGED) for row in plan.changed),
        *(writer.line(row, ImportOutcome.ENDED) for row in plan.ended),
        *told_lines(plan.report.rejections, ImportOutcome.REJECTED, plan.refused),
        *told_lines(plan.warnings, ImportOutcome.WARNING, _taken(kind, plan)),
    ]


def _taken(kind: Kind, plan: Plan) -> dict[int, Named]:
    return {row.number: (kind.name_of(row.after), row.pk) for row in plan.rows}


def digest_of(lines: Sequence[Line]) -> str:
    """The same for two plans only where they would do the same and say the same."""
    told = [(one.number, one.outcome, one.name, one.row_id, one.details) for one in lines]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def told_lines(
    reasons: Sequence[Rejection], outcome: ImportOutcome, named: Mapping[int, Named] = NOBODY
) -> Iterator[Line]:
    """A line for each row of the file, with all that is to be said of it."""
    by_number: dict[int, list[list[str]]] = {}
    for one in reasons:
        by_number.setdefault(one.number, []).append([one.field, one.message])
    for number, details in by_number.items():
        name, pk = named.get(number, ("", None))
        yield Line(number, outcome.value, name[:300], pk, False, details)


class _Writer:
    """Puts rows into words, after fetching the names that they need."""

    def __init__(self, kind: Kind, plan: Plan) -> None:
        self.kind = kind
        self.columns = {
            kind.attname(column): column for column in (*kind.fields, *kind.references, *kind.extras)
        }
        self.mover = kind.attname(kind.mover) if kind.mover else ""
        self.names = {kind.attname(name): self._names(name, plan) for name in kind.references}

    def line(self, row: Seen, outcome: ImportOutcome) -> Line:
        before = row.before or {}
        changes = [
            [column, self._text(name, before.get(name)), self._text(name, row.after[name])]
            for name, column in self.columns.items()
            if row.after[name] != before.get(name) and (row.before or row.after[name] not in ("", None, []))
        ]
        is_move = bool(self.mover and row.before and before[self.mover] != row.after[self.mover])
        return Line(row.number, outcome.value, self.kind.name_of(row.after)[:300], row.pk, is_move, changes)

    def _text(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if name in self.names:
            return self.names[name].get(value) or _coming(value)
        return _plain(value)

    def _names(self, column: str, plan: Plan) -> dict[int, str]:
        """id → what to call it, of the rows of another kind that created and changed rows name."""
        name = self.kind.attname(column)
        wanted = {
            values[name]
            for row in (*plan.new, *plan.changed)
            for values in (row.after, row.before or {})
            if values.get(name)
        }
        model: Any = self.kind.field(column).related_model
        found = (
            model._base_manager.in_bulk([pk for pk in wanted if isinstance(pk, int) and pk > 0])
            if wanted
            else {}
        )
        return {pk: called(row) for pk, row in found.items()}


def called(row: models.Model) -> str:
    """A row that others name: `Leeds (LDS)`."""
    key = getattr(row, "code", "") or getattr(row, "staff_number", "")
    return f"{row} ({key})" if key else str(row)


def _coming(name: int | str) -> str:
    """A row that the file brings with it: minus its number, or what it will be called."""
    return str(name) if isinstance(name, str) else f"row {-name} of the file"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(": ".join(filter(None, part)) for part in value)
    return cell(value)
