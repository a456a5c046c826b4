"""The way from one page of a list to its neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from fleet.errors import Invalid
from fleet.web.filters import address


@dataclass(frozen=True, slots=True)
class Pages:
    """The addresses beside one page, each empty where there is none; the first page has no `first`."""

    first: str = ""
    previous: str = ""
    next: str = ""


def pages(params: QueryDict, links: Mapping[str, Any]) -> Pages:
    """`links`: what `before` and `after` lead to the neighbours that there are."""
    ways = {name: address(params, **{name: str(value), "format": None}) for name, value in links.items()}
    is_first = not (params.get("after") or params.get("before"))
    first = "" if is_first else address(params, format=None)
    return Pages(first, ways.get("before", ""), ways.get("after", ""))


def cut_numbers(
    numbers: Sequence[int], size: int, params: Mapping[str, Any]
) -> tuple[Sequence[int], dict[str, int]]:
    """Those of the ascending `numbers` that `after` or `before` asks for, and the links for `pages`.

    Raises Invalid for what is no number.
    """
    asked = {name: _number(name, params[name]) for name in ("after", "before") if params.get(name)}
    if "before" in asked:
        end = bisect_left(numbers, asked["before"])
        start = max(0, end - size)
    else:
        start = min(bisect_right(numbers, asked.get("after", -1)), max(0, len(numbers) - 1))
        end = start + size
    shown = numbers[start:end]
    beside = {"before": start > 0, "after": end < len(numbers)}
    ends = {"before": 0, "after": -1}
    return shown, {name: shown[ends[name]] for name, is_there in beside.items() if is_there and shown}


def _number(name: str, value: str) -> int:
    if not value.isdecimal():
        raise Invalid("Give the position of a record, a number from 0.", field=name)
    return int(value)
