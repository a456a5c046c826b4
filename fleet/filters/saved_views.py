"""Narrowing saved views."""

from __future__ import annotations

import django_filters

from fleet.models import SavedView
from fleet.web.filters import ListFilterSet, SearchFilter, YesNoFilter
from fleet.web.keyset import by


class SavedViewFilter(ListFilterSet):
    q = SearchFilter("name__icontains", label="Name")
    list = django_filters.CharFilter(label="Key of the list, such as devices")
    is_shared = YesNoFilter(label="Shared")

    sorts = by("name", "list", "created_at")

    class Meta:
        model = SavedView
        fields: tuple[str, ...] = ()
