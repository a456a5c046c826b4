"""Pages of a list in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import pagination
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from fleet.errors import Invalid
from fleet.web import cursors
from fleet.web.filters import unknown_sort
from fleet.web.keyset import Keyset, Order, Sorts
from fleet.web.pages import cut_numbers

DEFAULT_ROWS = 100
MOST_ROWS = 1000
PARAMETERS = {
    "after": "What follows this place: take it from the `next` link. It holds for this order alone.",
    "before": "What stands before this place: take it from the `previous` link.",
    "page_size": f"Rows a page: {DEFAULT_ROWS} unless asked, {MOST_ROWS:,} at most.",
}
SORT = "sort"


def page_size_of(request: Request) -> int:
    """Raises ValidationError for what is no number of rows."""
    asked = request.query_params.get("page_size", str(DEFAULT_ROWS))
    if not (asked.isdecimal() and int(asked)):
        raise ValidationError({"page_size": "Ask for a number of rows from 1 to 1,000."})
    return min(int(asked), MOST_ROWS)


def paged(request: Request, count: int, links: Any, results: Any) -> dict[str, Any]:
    """{count, next, previous, results}; `links` are the parameters of `fleet.web.pages.pages`."""
    return {
        "count": count,
        "next": _link(request, "after", links),
        "previous": _link(request, "before", links),
        "results": results,
    }


def _link(request: Request, name: str, links: Any) -> str | None:
    if name not in links:
        return None
    here = request.build_absolute_uri()
    for parameter in cursors.NAMES:
        here = remove_query_param(here, parameter)
    return replace_query_param(here, name, links[name])


class KeysetPagination(pagination.BasePagination):
    """`?sort=-seen&page_size=500`: {count, next, previous, results}; the links lead on (docs/adr/0005).

    The sorts are those of the view's FilterSet; unless asked, the view's `default_sort`, or by key.
    """

    request: Request
    count: int
    links: dict[str, str]

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        """Walks to the page by keys alone, then fetches its rows: a late page costs no more."""
        assert isinstance(queryset, QuerySet)
        self.request, size = request, page_size_of(request)
        keyset = Keyset(queryset, _order(request, view))
        try:
            cut = keyset.page(size, **cursors.positions(keyset, request.query_params))
        except Invalid as error:
            raise ValidationError({error.field: str(error)}) from error
        self.count, self.links = keyset.rows.count(), cursors.links(keyset, cut)
        found = keyset.rows.in_bulk(cut.keys)
        return [found[key] for key in cut.keys if key in found]

    def get_paginated_response(self, data: Any) -> Response:
        return Response(paged(self.request, self.count, self.links, data))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "results"],
            "properties": {
                "count": {"type": "integer", "example": 123, "description": "Rows that match, on all pages."},
                "next": link | {"example": "http://api.example.org/accounts/?after=SUtvb3IM8Z5U"},
                "previous": link | {"example": "http://api.example.org/accounts/?before=SUtvb3IM8Z5U"},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        types = {"page_size": "integer"}
        found = [
            _parameter(name, words, {"type": types.get(name, "string")}) for name, words in PARAMETERS.items()
        ]
        if sorts := sorts_of(view):
            choices = [f"{sign}{key}" for key in sorts for sign in ("", "-")]
            words = "What to sort by, from the greatest down with `-`; rows without a value come last."
            found.append(_parameter(SORT, words, {"type": "string", "enum": choices}))
        return found


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "required": False, "in": "query", "description": description, "schema": schema}


def sorts_of(view: Any) -> Sorts:
    return getattr(getattr(view, "filterset_class", None), "sorts", {})


def _order(request: Request, view: Any) -> Order:
    """Raises ValidationError for a sort that the list does not have."""
    sorts = sorts_of(view)
    asked = request.query_params.get(SORT) or getattr(view, "default_sort", "")
    if not asked:
        return Order()
    if (order := Order.of(asked, sorts)) is None:
        raise ValidationError({SORT: unknown_sort(asked, sorts)})
    return order


def numbered_page(request: Request, numbers: Any) -> tuple[Any, dict[str, int]]:
    """The same for ascending numbers, each its own cursor. Raises Invalid for what is no number."""
    return cut_numbers(numbers, page_size_of(request), request.query_params)
