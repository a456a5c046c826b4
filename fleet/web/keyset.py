"""Cutting an ordered list into pages by keys: a page starts after a row, not at a number (docs/adr/0005).

The order is by the values of some names, then by the primary key. Rows that lack one of the values come last,
whichever way the list is sorted: a list is two stretches, rows with all values and rows without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Field, Func, Model, Q, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual

Sorts = Mapping[str, Sequence[str]]
Position = tuple[Any, ...]


def by(*names: str) -> dict[str, Sequence[str]]:
    """Sorts by columns that are called as their values are."""
    return {name: (name,) for name in names}


@dataclass(frozen=True, slots=True)
class Order:
    """By the values of `names` (look-ups or annotations), rows that lack one last, then by key.

    Where several of them may be missing, they are best missing together, as what one foreign key leads to is.
    """

    names: tuple[str, ...] = ()
    is_descending: bool = False

    @classmethod
    def of(cls, asked: str, sorts: Sorts) -> Order | None:
        """What `seen` or `-seen` in an address means; None where the list has no such sort."""
        key = asked.removeprefix("-")
        return cls(tuple(sorts[key]), asked.startswith("-")) if key in sorts else None


@dataclass(frozen=True, slots=True)
class Cut:
    """The keys of one page, and the positions of the rows after and before which its neighbours stand."""

    keys: list[Any]
    previous: Position | None = None
    next: Position | None = None


class Row(Func):
    """Several values compared as one: `(name, id) > ('Okoro', 7)`, which an index on both answers."""

    template = "ROW(%(expressions)s)"
    output_field = TextField()


class Keyset:
    """One list in one order. A position is the values of the order's names, and the key behind them."""

    def __init__(self, rows: QuerySet[Any], order: Order) -> None:
        self.rows = rows.order_by()
        self.order = order
        self.fields = [_field(rows, name) for name in (*order.names, "pk")]

    @cached_property
    def may_miss(self) -> list[str]:
        return [name for name in self.order.names if _may_be_missing(self.rows, name)]

    @property
    def ordered(self) -> QuerySet[Any]:
        """Every row in the order of the pages."""
        return self.rows.order_by(*map(self._whole, self.order.names), self._sign("pk"))

    def page(self, size: int, *, after: Position | None = None, before: Position | None = None) -> Cut:
        """Up to `size` rows after or before a position; none where nothing is left there."""
        found = self._walk(before or after, size + 1, backwards=before is not None)
        return self._cut(found, size, is_first=not (before or after), backwards=before is not None)

    def _cut(self, found: list[Position], size: int, *, is_first: bool, backwards: bool) -> Cut:
        shown, is_more = found[:size], len(found) > size
        if backwards:
            shown.reverse()
        has_previous, has_next = (is_more, True) if backwards else (not is_first, is_more)
        return Cut(
            [position[-1] for position in shown],
            shown[0] if shown and has_previous else None,
            shown[-1] if shown and has_next else None,
        )

    def _walk(self, start: Position | None, count: int, *, backwards: bool) -> list[Position]:
        """Up to `count` rows beyond `start`, in the order walked."""
        stretches = [False, True] if self.may_miss else [False]
        if backwards:
            stretches.reverse()
        home = start is not None and None in start
        if start is not None:
            stretches = stretches[stretches.index(home) :]
        found: list[Position] = []
        for is_missing in stretches:
            if len(found) < count:
                bound = start if is_missing == home else None
                beyond = self._stretch(bound, is_missing=is_missing, backwards=backwards)
                found += beyond[: count - len(found)]
        return found

    def _stretch(self, bound: Position | None, *, is_missing: bool, backwards: bool) -> QuerySet[Any]:
        """The rows with all values, or those without, beyond `bound`."""
        names = () if is_missing else self.order.names
        rows = self.rows
        if self.may_miss:
            has_all = Q(**{f"{name}__isnull": False for name in self.may_miss})
            rows = rows.filter(~has_all if is_missing else has_all)
        descends = self.order.is_descending != backwards
        if bound is not None:
            rows = rows.filter(*self._beyond([*names, "pk"], bound[-len(names) - 1 :], descends=descends))
        signs = [f"-{name}" if descends else name for name in (*names, "pk")]
        return rows.order_by(*signs).values_list(*self.order.names, "pk")

    def _beyond(self, names: Sequence[str], bound: Position, *, descends: bool) -> list[Any]:
        fields = self.fields[-len(names) :]
        values = [Value(value, output_field=field) for value, field in zip(bound, fields, strict=True)]
        further, reaching = (LessThan, LessThanOrEqual) if descends else (GreaterThan, GreaterThanOrEqual)
        beyond = further(Row(*map(F, names)), Row(*values))
        # Said of the first value alone, too: where the others are another table's, an index can use that.
        return [reaching(F(names[0]), values[0]), beyond]

    def _sign(self, name: str) -> str:
        return f"-{name}" if self.order.is_descending else name

    def _whole(self, name: str) -> Any:
        if name not in self.may_miss or not self.order.is_descending:
            return self._sign(name)
        return F(name).desc(nulls_last=True)


def _field(rows: QuerySet[Any], name: str) -> Field[Any, Any]:
    """What reads and writes the values of a look-up or annotation."""
    if name in rows.query.annotations:
        found: Field[Any, Any] = rows.query.annotations[name].output_field
        return found
    field: Field[Any, Any] = _path(rows.model, name)[-1]
    return field


def _path(model: type[Model], name: str) -> list[Any]:
    """The fields along a look-up."""
    meta, path = model._meta, []
    for part in name.split("__"):
        field: Any = meta.pk if part == "pk" else meta.get_field(part)
        path.append(field)
        if field.is_relation:
            meta = field.related_model._meta
    return path


def _may_be_missing(rows: QuerySet[Any], name: str) -> bool:
    """Whether some row may lack a value; of what the database computes nobody knows."""
    if name in rows.query.annotations:
        return True
    return any(field.null or (field.auto_created and field.is_relation) for field in _path(rows.model, name))
