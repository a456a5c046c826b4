"""The rows of one kind as they are, found by the identifiers that a file's row gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from fleet.models import Organisation
from fleet.services.imports.kind import Kind, Values
from fleet.services.imports.report import Refused

# Compared in any case, as the table's unique index does.
ANY_CASE = frozenset({"identifier"})
Key = tuple[int, tuple[Any, ...]]


class Register:
    """`rows`: id → values. Remembers what rows of the file have claimed."""

    def __init__(self, kind: Kind, organisation: Organisation) -> None:
        self.kind = kind
        found = kind.model._default_manager.filter(organisation=organisation).annotate(**kind.notes())
        columns = ("id", *kind.attributes, *kind.notes())
        extras = kind.extras_of(organisation)
        self.rows = {
            row["id"]: _sorted_lists(row) | extras.get(row["id"], {}) for row in found.values(*columns)
        }
        self._ids: dict[Key, list[int]] = defaultdict(list)
        for pk, row in self.rows.items():
            for key in self._keys(row):
                self._ids[key].append(pk)
        self._claimed: dict[Key | int, int] = {}

    def claim(self, number: int, values: Values) -> int | None:
        """The id of the row that row `number` of the file is about, or None for a new one.

        Raises Refused where that is not clear, or another row has an identifier that this one wants.
        """
        keys = list(self._keys(values))
        pk = self._find(keys)
        wanted: list[Key | int] = [key for key in keys if pk not in self._ids.get(key, ())]
        # A row that is refused claims all the same: another about the same one is not taken in its stead.
        claims = wanted if pk is None else [*wanted, pk]
        earlier = [one for key in claims if (one := self._claimed.setdefault(key, number)) != number]
        for key in wanted:
            self._check_free(key)  # type: ignore[arg-type]
        if earlier:
            raise Refused(("", f"Row {earlier[0]} is about the same one. Keep one of the two rows."))
        return pk

    def _find(self, keys: list[Key]) -> int | None:
        for key in keys:
            found = self._ids.get(key, ())
            if len(found) > 1:
                raise Refused(
                    (self._column(key), f"{len(found)} in the register have it. {self._advice(key)}")
                )
            if found:
                return found[0]
        return None

    def _check_free(self, key: Key) -> None:
        if self._ids.get(key):
            raise Refused((self._column(key), "Another in the register has it. Correct one of the two."))

    def _keys(self, values: Values) -> Iterator[Key]:
        for number, group in enumerate(self.kind.identifiers):
            parts = tuple(_folded(name, values.get(self.kind.attname(name))) for name in group)
            if all(part not in ("", None) for part in parts):
                yield number, parts

    def _advice(self, key: Key) -> str:
        number, _ = key
        if number == 0:
            return "A file cannot tell them apart: change them on their own pages."
        return f"Name the {self.kind.field(self.kind.identifiers[0][0]).verbose_name}."

    def _column(self, key: Key) -> str:
        return self.kind.identifiers[key[0]][0]


def _folded(name: str, value: Any) -> Any:
    return value.lower() if name in ANY_CASE and value else value


def _sorted_lists(row: Values) -> Values:
    return {name: sorted(value) if isinstance(value, list) else value for name, value in row.items()}
