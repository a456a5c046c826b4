"""Pages of a list in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import pagination
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView


class PageNumberPagination(pagination.PageNumberPagination):
    """`?page=2&page_size=500`: {count, next, previous, results}, 100 rows unless asked, 1,000 at most."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000

    def get_page_size(self, request: Request) -> int | None:
        """Raises ValidationError for what is no number of rows."""
        asked = request.query_params.get(self.page_size_query_param, "1")
        if not (asked.isdecimal() and int(asked)):
            raise ValidationError({self.page_size_query_param: "Ask for a number of rows from 1 to 1,000."})
        return super().get_page_size(request)

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """Walks to the page by keys alone, then fetches its rows: a late page costs little more."""
        if not isinstance(queryset, QuerySet):
            return super().paginate_queryset(queryset, request, view)
        keys = super().paginate_queryset(queryset.values_list("pk", flat=True), request, view)
        if keys is None:
            return None
        found = queryset.order_by().in_bulk(keys)
        return [found[key] for key in keys if key in found]
