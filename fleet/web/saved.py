"""Saved views of lists: which there are above a list, and what of an address may be kept as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from fleet.errors import Invalid
from fleet.models import SavedView, User
from fleet.web import columns, cursors
from fleet.web.columns import Choice
from fleet.web.filters import unknown_filters, unknown_sort
from fleet.web.keyset import Order

# Each list page by its key; a page adds itself.
LISTS: dict[str, Any] = {}
PASSING = ("format", *cursors.NAMES)
OWN_PARAMETERS = ("sort", columns.PARAMETER, *PASSING)


@dataclass(frozen=True, slots=True)
class Shown:
    """A saved view as a link above a list."""

    view: SavedView
    url: str
    is_current: bool
    may_change: bool


def pairs(params: QueryDict) -> list[tuple[str, str]]:
    """What an address says, but for the place in the list and the format."""
    return [
        (name, value) for name in params if name not in PASSING for value in params.getlist(name) if value
    ]


def refusals(page: Any, params: QueryDict) -> Iterator[str]:
    """What to say of parameters that make no sense for a list page, beside what its filter form says."""
    asked = params.get("sort") or page.default_sort
    if Order.of(asked, page.filterset_class.sorts) is None:
        yield unknown_sort(asked, page.filterset_class.sorts)
    yield from unknown_filters(params, page.filterset_class, besides=OWN_PARAMETERS).values()
    if refusal := Choice(page.columns, params.getlist(columns.PARAMETER)).refusal:
        yield refusal


def checked(list_key: str, query: str, user: User) -> str:
    """A query string as it is kept. Raises Invalid (`list` or `query`) for what the list does not take."""
    page = LISTS.get(list_key)
    if page is None:
        raise Invalid(
            f"There is no list “{list_key}”. Choose one of {', '.join(sorted(LISTS))}.", field="list"
        )
    params = page.filterset_class.renamed(QueryDict(query.removeprefix("?")))
    rows = page.model._default_manager.none()
    form = page.filterset_class(params, queryset=rows, request=SimpleNamespace(user=user)).form
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    if said := [*wrong, *refusals(page, params)]:
        raise Invalid(said[0], field="query")
    return urlencode(pairs(params))


def views_of(page: Any, params: QueryDict, user: User) -> list[Shown]:
    """The views of a list that this person may open, each with the address that opens it."""
    here = sorted(pairs(params))
    found = SavedView.objects.visible_to(user).filter(list=page.key).select_related("owner")
    managed = user.access.whole_organisation_ids("access.manage")
    return [
        Shown(
            view,
            f"?{view.query}",
            sorted(pairs(QueryDict(view.query))) == here,
            view.owner_id == user.pk or view.organisation_id in managed,
        )
        for view in found
    ]
