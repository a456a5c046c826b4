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
    """`number` is the row's number in a spreadsheet, where the header is row 1."""

    number: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"Row {self.number}{f', {self.field}' if self.field else ''}: {self.message}"


@dataclass(slots=True)
class Report:
    """Numbers of rows, and why the rejected ones were; a row may have several reasons."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejections: list[Rejection] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len({rejection.number for rejection in self.rejections})

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.rejected} rejected"
        )
