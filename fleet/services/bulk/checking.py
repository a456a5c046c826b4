"""What a bulk change would do, row by row; writes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

CHANGE, SAME = "", "same"


@dataclass(frozen=True, slots=True)
class Entry:
    """`outcome` is CHANGE, SAME, or a sentence that says why the row is left out.

    `pk` is the row's, None for a line of a file that names none: then `line` says which one it is.
    """

    pk: int | None
    outcome: str
    line: str = ""

    @property
    def key(self) -> int | str:
        return self.line if self.pk is None else self.pk


@dataclass(frozen=True)
class Check:
    """`matched` counts the rows chosen that the person may see; `entries` are those, or a file's lines."""

    matched: int
    entries: Sequence[Entry]

    @classmethod
    def of(cls, outcomes: Iterable[tuple[int, str]]) -> Check:
        entries = [Entry(pk, outcome) for pk, outcome in outcomes]
        return cls(len(entries), entries)

    @cached_property
    def changing(self) -> list[int]:
        return [entry.pk for entry in self.entries if entry.outcome == CHANGE and entry.pk is not None]

    @cached_property
    def same(self) -> int:
        return sum(entry.outcome == SAME for entry in self.entries)

    @cached_property
    def left(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.outcome not in (CHANGE, SAME)]

    @cached_property
    def reasons(self) -> list[tuple[str, int]]:
        """Why rows are left out, and how many; the most frequent first."""
        return Counter(entry.outcome for entry in self.left).most_common()

    @cached_property
    def fingerprint(self) -> str:
        """The same while the same rows have the same outcomes."""
        told = "\n".join(f"{entry.key}\t{entry.outcome}" for entry in self.entries)
        return hashlib.sha256(told.encode()).hexdigest()[:32]
