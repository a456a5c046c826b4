"""Narrowing the list of discrepancies."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from fleet.filters.parts import FindFilter, choice_of
from fleet.models import Discrepancy, Site
from fleet.vocabulary import DiscrepancyKind, DiscrepancyState, Stake
from fleet.web.filters import ChoicesFilter, ListFilterSet
from fleet.web.keyset import by


class DiscrepancyFilter(ListFilterSet):
    q = FindFilter(label="Search", help_text="How an asset tag, serial or IMEI begins, or a holder's name.")
    kind = ChoicesFilter(choices=DiscrepancyKind.choices, label="Kind")
    state = ChoicesFilter(choices=DiscrepancyState.choices, label="State", method="in_state")
    site = choice_of(Site, label="Site")
    stake = django_filters.ChoiceFilter(
        choices=Stake.choices, label="At stake", empty_label="Any", method="of_stake"
    )

    sorts = {
        **by("kind", "since", "pence_at_stake", "first_found_at"),
        "device": ("device__asset_tag", "device__serial"),
        "person": ("person__name",),
        "site": ("site__name",),
    }

    class Meta:
        model = Discrepancy
        fields: list[str] = []

    def of_stake(self, rows: Any, _name: str, chosen: str) -> QuerySet[Discrepancy]:
        found: QuerySet[Discrepancy] = rows.filter(line__isnull=chosen == Stake.DEVICE)
        return found

    def in_state(self, rows: Any, _name: str, chosen: list[str]) -> QuerySet[Discrepancy]:
        found: QuerySet[Discrepancy] = rows.with_state().filter(state__in=chosen) if chosen else rows
        return found
