"""Narrowing the list of bulk changes."""

from __future__ import annotations

from django.db.models import QuerySet

from fleet.filters.parts import Rule, RuleFilter
from fleet.models import BulkChange
from fleet.vocabulary import BulkSubject
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by


def _unset(field: str, *, is_null: bool) -> Rule:
    def rule(rows: QuerySet[BulkChange]) -> QuerySet[BulkChange]:
        return rows.filter(**{f"{field}__isnull": is_null})

    return rule


STATES: dict[str, tuple[str, Rule]] = {
    "waiting": ("Not confirmed", _unset("done_at", is_null=True)),
    "done": ("Made", lambda rows: rows.filter(done_at__isnull=False, undone_at__isnull=True)),
    "undone": ("Taken back", _unset("undone_at", is_null=False)),
}


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
        label="Change, filters or who made it",
    )
    subject = ChoicesFilter(choices=BulkSubject.choices, label="Of what")
    state = RuleFilter(label="State", rules=STATES)

    class Meta:
        model = BulkChange
        fields: list[str] = []
