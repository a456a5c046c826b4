"""Narrowing the list of sign-ins."""

from __future__ import annotations

from typing import ClassVar

import django_filters

from fleet.models import SignInEvent
from fleet.vocabulary import SignInMethod, SignInOutcome
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import Sorts, by


class OwnSignInFilter(ListFilterSet):
    outcome = ChoicesFilter(choices=SignInOutcome.choices, label="Outcome")
    method = ChoicesFilter(choices=SignInMethod.choices, label="How")
    from_day = django_filters.DateFilter("at", lookup_expr="date__gte", label="From")
    to_day = django_filters.DateFilter("at", lookup_expr="date__lte", label="Up to")

    sorts: ClassVar[Sorts] = {**by("at", "outcome", "method", "ip_address", "browser"), "by": ("by__name",)}

    class Meta:
        model = SignInEvent
        fields: list[str] = []


class SignInFilter(OwnSignInFilter):
    q = SearchFilter(
        "user__name__icontains",
        "user__email__istartswith",
        "ip_address__startswith",
        label="Name, email or IP address",
    )
    sorts = {**OwnSignInFilter.sorts, "name": ("user__name", "user__email"), "email": ("user__email",)}

    class Meta(OwnSignInFilter.Meta):
        pass
