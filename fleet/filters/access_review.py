"""Narrowing who may see and do what."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from fleet.access import PERMISSIONS
from fleet.filters.parts import Rule, RuleFilter, choice_of
from fleet.models import Grant, Organisation, Role, Site
from fleet.services.access_review import FLAGS, held_on
from fleet.web.filters import ListFilterSet, SearchFilter
from fleet.web.keyset import by

RULES: dict[str, Rule] = {
    "left": lambda grants: grants.filter(has_left=True),
    "unused": lambda grants: grants.filter(is_unused=True),
    "alone": lambda grants: grants.filter(manages_alone=True),
    "closed": lambda grants: grants.filter(user__is_active=False),
}


class AccessReviewFilter(ListFilterSet):
    """Of `reviewed` grants: those in force now, or on the day that `on` names."""

    q = SearchFilter("user__name__icontains", "user__email__istartswith", label="Name or email address")
    permission = django_filters.ChoiceFilter(
        label="Who may …",
        choices=lambda: [*PERMISSIONS.items()],
        method="having",
        empty_label="Any",
    )
    organisation = choice_of(Organisation, label="Organisation", by="code")
    site = choice_of(Site, label="At which site", field_name="sites", method="at_site")
    role = choice_of(Role, label="Role", by="key")
    flag = RuleFilter(label="Look at", rules={key: (words, RULES[key]) for key, words in FLAGS.items()})
    on = django_filters.DateFilter(label="As at the end of", method="as_at")

    sorts = {
        "person": ("user__name", "user__email"),
        "email": ("user__email",),
        "role": ("role__name",),
        "organisation": ("organisation__name",),
        "given_by": ("given_by__name",),
        **by("starts_at", "ends_at"),
    }

    class Meta:
        model = Grant
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(held_on(queryset, self.form.cleaned_data.get("on")))

    def having(self, grants: QuerySet[Grant], _name: str, value: str) -> QuerySet[Grant]:
        return grants.filter(role__permissions__contains=[value])

    def at_site(self, grants: QuerySet[Grant], _name: str, value: Site) -> QuerySet[Grant]:
        """Those that hold there: of the whole organisation, or at this site by name."""
        return grants.filter(Q(sites=None) | Q(sites=value), organisation=value.organisation_id)

    def as_at(self, grants: QuerySet[Grant], _name: str, _day: Any) -> QuerySet[Grant]:
        """Done in `filter_queryset`, which also takes today where no day is named."""
        return grants
