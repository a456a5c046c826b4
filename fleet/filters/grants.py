"""Narrowing the list of who holds which role."""

from __future__ import annotations

from django.utils import timezone

from fleet.filters.parts import Rule, RuleFilter, choice_of
from fleet.models import Grant, Role
from fleet.web.filters import ListFilterSet, SearchFilter
from fleet.web.keyset import by

STATES: dict[str, tuple[str, Rule]] = {
    "in-force": ("In force", lambda grants: grants.in_force()),
    "ending": ("In force, with an end", lambda grants: grants.in_force().exclude(ends_at=None)),
    "ended": ("Ended", lambda grants: grants.filter(ends_at__lte=timezone.now())),
}


class GrantFilter(ListFilterSet):
    q = SearchFilter(
        *("user__name__icontains", "user__email__istartswith", "role__name__icontains"),
        *("organisation__name__icontains", "given_by__name__icontains"),
        many=("sites__name__icontains",),
        rules=STATES,
        label="Name, email address, role, organisation, site or state",
    )
    role = choice_of(Role, label="Role")
    state = RuleFilter(label="State", rules=STATES)

    sorts = {
        "name": ("user__name", "user__email"),
        "email": ("user__email",),
        "role": ("role__name",),
        "organisation": ("organisation__name",),
        "given_by": ("given_by__name",),
        **by("starts_at", "ends_at"),
    }

    class Meta:
        model = Grant
        fields: list[str] = []
