"""What imports can be narrowed by."""

from __future__ import annotations

import django_filters

from fleet.models import Import
from fleet.services.imports.kinds import BILL, BILL_TITLE, KINDS
from fleet.vocabulary import ImportStatus
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by


def _kinds() -> list[tuple[str, str]]:
    return [*((key, kind.title) for key, kind in KINDS.items()), (BILL, BILL_TITLE)]


class ImportFilter(ListFilterSet):
    q = SearchFilter(
        *("file_name__icontains", "made_by__name__icontains"),
        labels=("status",),
        label="File name, state or who brought it in",
    )
    kind = ChoicesFilter(choices=_kinds, label="What was in it")
    status = ChoicesFilter(choices=ImportStatus.choices, label="State")
    made_from = django_filters.DateFilter("made_at", lookup_expr="date__gte", label="From")
    made_to = django_filters.DateFilter("made_at", lookup_expr="date__lte", label="To")

    sorts = by(
        "made_at",
        "file_name",
        "kind",
        "status",
        "created",
        "changed",
        "ended",
        "unchanged",
        "rejected",
        "warned",
    )

    class Meta:
        model = Import
        fields: list[str] = []
