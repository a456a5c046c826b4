"""Narrowing the list of discrepancies."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from fleet.filters.parts import FindFilter, choice_of
from fleet.models import Discrepancy, Site
from fleet.vocabulary import DiscrepancyKind, DiscrepancyState
from fleet.web.filters import ChoicesFilter, ListFilterSet
from fleet.web.keyset import by


class DiscrepancyFilter(ListFilterSet):
    q = FindFilter(label="Search", help_text="How an asset tag, serial or IMEI begins, or a holder's name.")
    kind = ChoicesFilter(choices=DiscrepancyKind.choices, label="Kind")
    state = ChoicesFilter(choices=DiscrepancyState.choices, label="State", method="in_state")
    site = choice_of(Site, label="Site")

    sorts = {
        **by("kind", "since", "pence_at_stake", "first_found_at"),
        "device": ("device__asset_tag", "device__serial"),
        "person": ("person__name",),
        "site": ("site__name",),
    }

    class Meta:
        model = Discrepancy
        fields: list[str] = []

    def in_state(self, rows: Any, _name: str, chosen: list[str]) -> QuerySet[Discrepancy]:
        found: QuerySet[Discrepancy] = rows.with_state().filter(state__in=chosen) if chosen else rows
        return found
