"""What of a change can go back, and what stays and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from fleet.services.undo.finding import Step

Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that stays as it is; `why` is a sentence."""

    model: Model
    pk: int
    why: str


@dataclass(slots=True)
class Plan:
    """`restored`: model → id → the way back; `deleted`: model → ids.

    `done` counts rows that are back already.
    """

    context_id: UUID
    restored: dict[Model, dict[int, Step]] = field(default_factory=dict)
    deleted: dict[Model, set[int]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    done: int = 0

    @property
    def going_back(self) -> int:
        """How many rows an undo would change or delete."""
        return sum(len(rows) for rows in (*self.restored.values(), *self.deleted.values()))

    @property
    def is_whole(self) -> bool:
        return not self.kept

    @property
    def reasons(self) -> dict[str, int]:
        """Why rows stay → how many; the most frequent first."""
        counts: dict[str, int] = defaultdict(int)
        for row in self.kept:
            counts[row.why] += 1
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def ids_going_back(self, model: Model) -> list[int]:
        return [*self.restored.get(model, ()), *self.deleted.get(model, ())]

    def keep(self, model: Model, reasons: Iterable[tuple[int, str]]) -> int:
        """Rows stay after all, each for the first of its reasons; how many."""
        restored, deleted = self.restored[model], self.deleted[model]
        before = len(self.kept)
        for pk, why in reasons:
            if restored.pop(pk, None) is not None or pk in deleted:
                deleted.discard(pk)
                self.kept.append(Kept(model, pk, why))
        return len(self.kept) - before


@dataclass(frozen=True, slots=True)
class Named:
    """A row that stays, and what it is called; it may be gone from the register."""

    name: str
    is_there: bool
    kept: Kept


def named(kept: Iterable[Kept]) -> Iterator[Named]:
    """Each with what its row is called; one query a model."""
    rows = list(kept)
    found: dict[Model, dict[Any, models.Model]] = {
        model: model._base_manager.in_bulk({row.pk for row in rows if row.model is model})
        for model in {row.model for row in rows}
    }
    for row in rows:
        there = found[row.model].get(row.pk)
        yield Named(str(there or f"Number {row.pk}, which is gone"), there is not None, row)
