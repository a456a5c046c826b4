"""What a file would do to the register, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from fleet.services.imports.kind import Seen, Values
from fleet.services.imports.report import Rejection, Report


@dataclass(slots=True)
class Plan:
    """`rows`: those that can be taken, changed or not. `ended`: rows that a whole list does not name.

    Rejected rows are in the `report`. `unknown`: (column, spelling) → how many rows have it. `active`: how
    many rows of the register were in their term, of whom `ended` are a part.
    """

    rows: list[Seen] = field(default_factory=list)
    ended: list[Seen] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    warnings: list[Rejection] = field(default_factory=list)
    refused: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    active: int = 0

    @property
    def new(self) -> list[Seen]:
        return [row for row in self.rows if row.pk is None]

    @property
    def changed(self) -> list[Seen]:
        return [row for row in self.rows if row.pk is not None and row.before != row.after]

    @property
    def asks_something(self) -> bool:
        """Whether there is anything to apply, or a spelling of which somebody may say what it means."""
        return bool(self.new or self.changed or self.ended or self.unknown)

    @property
    def written(self) -> Sequence[tuple[int, Values]]:
        """(id, values) of the rows of the register that change."""
        return [(row.pk, row.after) for row in (*self.changed, *self.ended) if row.pk is not None]
