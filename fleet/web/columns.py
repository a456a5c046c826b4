"""Which columns a list shows and exports: `?columns=serial&columns=site`, or `?columns=serial,site`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fleet.web.tables import Column

PARAMETER = "columns"


@dataclass(frozen=True)
class Choice:
    """What an address asks for; nothing asked is the list's usual columns, and in an export every column.

    The first column names the row and is always there.
    """

    columns: Sequence[Column]
    asked: Sequence[str]

    @cached_property
    def keys(self) -> list[str]:
        return [key for one in self.asked for key in one.split(",") if key]

    @property
    def unknown(self) -> list[str]:
        known = {column.key for column in self.columns if not column.is_csv_only}
        return [key for key in self.keys if key not in known]

    @property
    def shown(self) -> list[Column]:
        first, *others = self.columns
        return [first, *(column for column in others if self._is_shown(column))]

    @property
    def exported(self) -> Sequence[Column]:
        return self.shown if self.keys else self.columns

    @property
    def options(self) -> list[tuple[Column, bool]]:
        """What the form offers: each column but the first, and whether it is shown."""
        offered = [column for column in self.columns[1:] if not column.is_csv_only]
        return [(column, self._is_shown(column)) for column in offered]

    @property
    def refusal(self) -> str:
        """What to say of columns that the list does not have, or nothing."""
        if not self.unknown:
            return ""
        known = ", ".join(column.key for column in self.columns if not column.is_csv_only)
        return f"There is no column “{self.unknown[0]}”. This list has: {known}."

    def _is_shown(self, column: Column) -> bool:
        if column.is_csv_only:
            return False
        return column.key in self.keys if self.keys else not column.is_extra
