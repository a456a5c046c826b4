"""Which rows of the change log a person may open: to read of a change is not to see the row as it is now."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Value

from fleet.models import User
from fleet.services.change_kinds import KINDS
from fleet.services.change_log import Entry


def with_pages(entries: Iterable[Entry], *, by: User) -> list[Entry]:
    """The entries, with the page of each row that is still there and that `by` may open. One query."""
    found = list(entries)
    may_open = _visible(found, by)
    return [
        dataclasses.replace(entry, row_page=KINDS[entry.kind].url_name)
        if (entry.kind, entry.row_id) in may_open
        else entry
        for entry in found
    ]


def _visible(entries: Iterable[Entry], by: User) -> set[tuple[str, int]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.kind in KINDS and KINDS[entry.kind].url_name:
            wanted[entry.kind].add(entry.row_id)
    first, *rest = [_of_kind(kind, ids, by) for kind, ids in wanted.items()] or [None]
    return set(first.union(*rest, all=True) if rest else first) if first is not None else set()


def _of_kind(kind: str, ids: set[int], by: User) -> Any:
    """(kind, id) of those that the person may see."""
    manager: Any = KINDS[kind].model._default_manager
    seen = manager.visible_to(by).filter(pk__in=ids).order_by()
    return seen.values_list(Value(kind), "pk")
