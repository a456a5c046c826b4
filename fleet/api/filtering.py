"""Filters of the API's lists: a parameter that no list knows is refused, not passed over."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.views import APIView

from fleet.api.pagination import PARAMETERS, SORT
from fleet.web.filters import unknown_filters

ABOUT_PAGES = (*PARAMETERS, SORT)


class FilterBackend(DjangoFilterBackend):
    """400 with the name of each parameter that is neither a filter of the list nor about its pages."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        if isinstance(view, ListModelMixin) and not getattr(view, "detail", False):
            refused = unknown_filters(
                request.query_params, self.get_filterset_class(view, queryset), besides=ABOUT_PAGES
            )
            if refused:
                raise ValidationError(refused)
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found
