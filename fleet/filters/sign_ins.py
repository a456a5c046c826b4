"""Narrowing the list of sign-ins."""

from __future__ import annotations

import django_filters

from fleet.models import SignInEvent
from fleet.vocabulary import SignInMethod, SignInOutcome
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by


class SignInFilter(ListFilterSet):
    q = SearchFilter(
        "user__name__icontains",
        "user__email__istartswith",
        "ip_address__startswith",
        label="Name, email or IP address",
    )
    outcome = ChoicesFilter(choices=SignInOutcome.choices, label="Outcome")
    method = ChoicesFilter(choices=SignInMethod.choices, label="How")
    from_day = django_filters.DateFilter("at", lookup_expr="date__gte", label="From")
    to_day = django_filters.DateFilter("at", lookup_expr="date__lte", label="Up to")

    sorts = {
        **by("at", "outcome", "method", "ip_address", "browser"),
        "name": ("user__name", "user__email"),
        "email": ("user__email",),
        "by": ("by__name",),
    }

    class Meta:
        model = SignInEvent
        fields: list[str] = []


class OwnSignInFilter(SignInFilter):
    """One's own: without the box for who it was."""

    q = None  # type: ignore[assignment]
    sorts = {key: names for key, names in SignInFilter.sorts.items() if key not in ("name", "email")}
