"""What a check found row by row, kept as JSON beside the file, so that a page need not check it again."""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple, dataclass, field
from typing import Any

from feedback.services.importing.comments import Refused
from feedback.services.importing.planning import Plan
from feedback.services.importing.reading import Sheet


@dataclass(frozen=True, slots=True)
class Found:
    """A thread that would be added; without a `topic`, one is suggested from the text."""

    title: str
    topic: str
    author: str
    posted_at: str

    @property
    def at(self) -> dt.datetime | None:
        return dt.datetime.fromisoformat(self.posted_at) if self.posted_at else None


@dataclass(frozen=True, slots=True)
class Differing:
    """A comment that is here already and that the file tells otherwise, in `columns`."""

    number: int
    id: str
    columns: str


@dataclass(slots=True)
class Report:
    """`threads` are those to come: once the file is decided on, what it brought is in the database."""

    refused: list[Refused] = field(default_factory=list)
    changed: list[Differing] = field(default_factory=list)
    threads: list[Found] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    is_windows: bool = False


def written(sheet: Sheet, plan: Plan) -> dict[str, Any]:
    """As `read_report` reads it."""
    found = [
        (one.heading, one.topic, one.author, one.posted_at.isoformat() if one.posted_at else "")
        for one in (placed.comment for placed in plan.threads)
    ]
    return {
        "refused": [astuple(one) for one in plan.refused],
        "changed": [(one.comment.number, one.comment.id, ", ".join(one.columns)) for one in plan.changed],
        "threads": found,
        "unknown": sheet.unknown,
        "is_windows": sheet.is_windows,
    }


def read_report(kept: dict[str, Any]) -> Report:
    shapes = {"refused": Refused, "changed": Differing, "threads": Found}
    rows = {name: [shape(*one) for one in kept.get(name, [])] for name, shape in shapes.items()}
    return Report(**rows, unknown=kept.get("unknown", []), is_windows=kept.get("is_windows", False))
