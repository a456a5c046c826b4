"""Narrowing the list of commitments."""

from __future__ import annotations

from feedback.models import Commitment
from feedback.vocabulary import CommitmentState
from fleet.filters.parts import choice_of
from fleet.models import Organisation
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by


class CommitmentFilter(ListFilterSet):
    q = SearchFilter("text__icontains", "thread__title__icontains", label="Words of it or its thread")
    state = ChoicesFilter(choices=CommitmentState.choices, label="State")
    organisation = choice_of(Organisation, label="Organisation", by="code")

    sorts = by("text", "target_percent", "due_on", "state")

    class Meta:
        model = Commitment
        fields: list[str] = []
