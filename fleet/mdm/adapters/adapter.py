"""What an adapter is: how to open, read and answer one kind of sender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fleet.mdm.adapters import documents
from fleet.mdm.adapters.documents import CSV, JSON, NDJSON
from fleet.mdm.adapters.mapping import Table
from fleet.mdm.records import Record, Rejection

# As a Content-Type header says it → one of ours. Senders that name none, or text, send JSON.
JSON_TYPES: dict[str, str] = {
    "": JSON,
    "application/json": JSON,
    "text/json": JSON,
    "text/plain": JSON,
    "application/octet-stream": JSON,
    "application/x-www-form-urlencoded": JSON,  # what curl says of a body unless told otherwise
    "application/x-ndjson": NDJSON,
    "application/ndjson": NDJSON,
}
CSV_TYPES: dict[str, str] = {"text/csv": CSV, "application/csv": CSV}


@dataclass(slots=True)
class Read:
    """What came of a body: one item a device, in the order sent, and what was left.

    `ignored` counts events of types that say nothing of a device; `dropped` names fields that are not kept.
    """

    items: list[Record | Rejection] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    dropped: set[str] = field(default_factory=set)

    def notes(self) -> dict[str, Any]:
        """As a delivery keeps it; empty where nothing was left."""
        found: dict[str, Any] = {"ignored": dict(self.ignored), "dropped": sorted(self.dropped)}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Manners:
    """How a kind of sender wants to be answered.

    `taken` is the status for a body that was stored. `comes_again`: it repeats what was answered with 429;
    otherwise it is never put off. `is_read`: somebody reads the answers, so that a body that cannot be
    decoded is refused with the reason; otherwise it is quarantined and answered as if it had been taken,
    since the sender would drop it, or send it again for days. `busy` is the status while the database is
    away.
    """

    taken: int = 202
    comes_again: bool = True
    is_read: bool = True
    busy: int = 503


@dataclass(frozen=True, slots=True)
class Adapter:
    """One kind of sender. `read` takes (body without secrets, one of our content types).

    `secrets` are the names of values that are cut out before a body is stored, in any letter case, at any
    depth; `cut` does what names cannot: it takes the document, may change it, and says whether it did.
    `admit` takes the document and the headers before that, and gives the same, or one that holds what stood
    in the headers. Both may raise Undecodable for what is of no shape that they know. `event_id` finds the
    sender's own id of a message, by which repeats are known. `count` is how many devices a document names.
    `tables` are what it maps, by the name of the shape, as docs/reference/mdm-adapters.md prints them.
    """

    read: Callable[[bytes, str], Read]
    manners: Manners = Manners()
    content_types: Mapping[str, str] = field(default_factory=lambda: JSON_TYPES)
    secrets: frozenset[str] = frozenset()
    cut: Callable[[Any], bool] | None = None
    admit: Callable[[Any, Mapping[str, str]], Any] | None = None
    event_id: Callable[[Any], str] | None = None
    count: Callable[[Any], int] = lambda document: len(document) if isinstance(document, list) else 1
    tables: Mapping[str, Table] = field(default_factory=dict)

    def without_secrets(self, content: bytes, document: Any, *, is_new: bool = False) -> bytes:
        """The body as it may be stored: as sent unless something had to go or come, else anew as JSON."""
        may_hold = is_new or documents.holds_any(content, self.secrets)
        is_cut = may_hold and documents.cut(document, self.secrets)
        if self.cut is not None and self.cut(document):
            is_cut = True
        return documents.encode(document) if is_cut or is_new else content


def names(*given: str) -> frozenset[str]:
    """Names of values as `Adapter.secrets` compares them."""
    return frozenset(documents.key(name) for name in given)
