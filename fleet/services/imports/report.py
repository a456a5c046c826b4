"""What a file did, or would do."""

from __future__ import annotations

from dataclasses import dataclass, field


class Refused(Exception):
    """A row cannot be taken, for these reasons: (column, what to do), the column empty for the whole row."""

    def __init__(self, *reasons: tuple[str, str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Rejection:
    """`number` is the row's number in a spreadsheet, 0 where it is about no row of the file."""

    number: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"Row {self.number}" if self.number else "The list"
        return f"{where}{f', {self.field}' if self.field else ''}: {self.message}"


@dataclass(slots=True)
class Report:
    """Numbers of rows, and why the rejected ones were; a row may have several reasons."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    rejections: list[Rejection] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len({rejection.number for rejection in self.rejections})

    def __str__(self) -> str:
        ended = f", {self.ended} ended" if self.ended else ""
        return (
            f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.rejected} rejected{ended}"
        )
