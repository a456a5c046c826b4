"""Narrowing the list of personal tokens."""

from __future__ import annotations

from django.utils import timezone

from fleet.filters.parts import Rule, RuleFilter
from fleet.models import ApiToken
from fleet.web.filters import ListFilterSet, SearchFilter
from fleet.web.keyset import by

STATES: dict[str, tuple[str, Rule]] = {
    "live": ("Works", lambda tokens: tokens.live()),
    "expiring": ("Expires within 14 days", lambda tokens: tokens.expiring()),
    "expired": ("Expired", lambda tokens: tokens.filter(revoked_at=None, expires_at__lte=timezone.now())),
    "revoked": ("Revoked", lambda tokens: tokens.exclude(revoked_at=None)),
    "unused": ("Never used", lambda tokens: tokens.filter(last_used_at=None)),
}


class ApiTokenFilter(ListFilterSet):
    q = SearchFilter(
        "name__icontains",
        "user__name__icontains",
        "user__email__istartswith",
        rules=STATES,
        label="Purpose, name, email address or state",
    )
    state = RuleFilter(label="State", rules=STATES)

    sorts = {
        **by("name", "created_at", "last_used_at"),
        "expires_on": ("expires_at",),
        "person": ("user__name", "user__email"),
    }

    class Meta:
        model = ApiToken
        fields: list[str] = []
