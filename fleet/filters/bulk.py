"""Narrowing the list of bulk changes."""

from __future__ import annotations

from fleet.models import BulkChange
from fleet.vocabulary import BulkStatus, BulkSubject
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by


class BulkChangeFilter(ListFilterSet):
    sorts = {
        **by("value_words", "subject", "made_at", "changed"),
        "made_by": ("made_by__name",),
    }

    q = SearchFilter(
        "value_words__icontains",
        "filter_words__icontains",
        "made_by__name__icontains",
        "made_by__email__istartswith",
        labels=("status",),
        label="Change, filters, state or who made it",
    )
    subject = ChoicesFilter(choices=BulkSubject.choices, label="Of what")
    state = ChoicesFilter(field_name="status", choices=BulkStatus.choices, label="State")

    class Meta:
        model = BulkChange
        fields: list[str] = []
