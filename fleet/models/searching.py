"""Finding rows by what their columns begin with, each column through an index of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

MOST_WORDS = 8
Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")
Branches = Callable[[str], Iterable[Rows]]


def found(rows: Rows, text: str, *, whole: Branches[Rows], each: Branches[Rows]) -> Rows:
    """Those that `whole` finds by the text as it stands, or `each` by every one of its words.

    One word is for `each` alone. Branches give rows of the same kind; they are united, as OR across columns
    would read the whole table.
    """
    every: Any = rows.model._default_manager.order_by()
    words = text.split()[:MOST_WORDS]
    if len(words) == 1:
        return rows.filter(pk__in=united(each(words[0])))
    by_all = reduce(lambda met, word: met.filter(pk__in=united(each(word))), words, every)
    return rows.filter(pk__in=united([*whole(text.strip()), by_all]))


def united(branches: Iterable[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """The keys of all these rows, some of them perhaps twice."""
    first, *rest = [branch.values("pk") for branch in branches]
    return first.union(*rest, all=True)


def worded(rows: Rows, text: str, *columns: str) -> Rows:
    """Those with words in these columns that begin as those of `text` do; wants a GIN index on the same."""
    words = re.findall(r"\w+", text)
    if not words:
        return rows.none()
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
    return rows.alias(words=SearchVector(*columns, config="simple")).filter(words=query)


def begins_a_word(word: str, *columns: str) -> Q:
    """The same for tables that stay small, without an index."""
    return reduce(
        or_,
        (Q(**{f"{name}__istartswith": word}) | Q(**{f"{name}__icontains": f" {word}"}) for name in columns),
    )


def labelled(choices: Iterable[tuple[Any, Any]], word: str) -> list[Any]:
    """The values of which a word of the label begins so, for words long enough to mean one."""
    start = word.lower()
    return [
        value
        for value, label in choices
        if len(start) > 2 and any(part.startswith(start) for part in str(label).lower().split())
    ]
