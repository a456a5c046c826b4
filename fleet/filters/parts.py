"""Filters that several kinds of facts share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from fleet.web.filters import SearchFilter

Rows = QuerySet[Any]
Rule = Callable[[Any], Rows]
# The digits from which on a word may be a number, or its first part, as it is dialled.
FEWEST_DIALLED = 5


class FindFilter(django_filters.CharFilter):
    """The search box, over the `search` of the kind's QuerySet."""

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        return qs.search(value) if value else qs  # type: ignore[attr-defined]


class NumberSearchFilter(SearchFilter):
    """A search box that also finds phone numbers as people dial them at home, with a 0 before them."""

    def _meeting(self, model: type[Model], word: str) -> Q:
        met = super()._meeting(model, word)
        is_dialled = word.startswith("0") and word.isdecimal() and len(word) >= FEWEST_DIALLED
        return met | super()._meeting(model, word[1:]) if is_dialled else met


class RuleFilter(django_filters.ChoiceFilter):
    """One of several named conditions: `rules` maps the value in the address to (label, rows → rows)."""

    def __init__(self, *, label: str, rules: dict[str, tuple[str, Rule]]) -> None:
        choices = [(key, words) for key, (words, _) in rules.items()]
        super().__init__(label=label, choices=choices, empty_label="Any")
        self.rules = rules

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return self.rules[value][1](qs) if value else qs


class KnownFilter(RuleFilter):
    """A fact that is true, false or not known."""

    def __init__(self, field: str, *, label: str) -> None:
        rules: dict[str, tuple[str, Rule]] = {
            "true": ("Yes", lambda rows: rows.filter(**{field: True})),
            "false": ("No", lambda rows: rows.filter(**{field: False})),
            "unknown": ("Not known", lambda rows: rows.filter(**{f"{field}__isnull": True})),
        }
        super().__init__(label=label, rules=rules)


def choice_of(
    model: type[Model], *, label: str, by: str | None = None, **more: Any
) -> django_filters.ModelChoiceFilter:
    """A drop-down of the rows that this person may see; none where nobody asks, as for the API's schema.

    `by` is the column of `model` that stands in the address, its key where absent; `more` is the filter's.
    """

    def rows(request: HttpRequest | None) -> QuerySet[Any]:
        manager: Any = model._default_manager
        found: QuerySet[Any] = manager.visible_to(request.user) if request else manager.none()
        return found

    return django_filters.ModelChoiceFilter(
        queryset=rows, to_field_name=by, label=label, empty_label="Any", **more
    )
