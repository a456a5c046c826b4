"""Narrowing the list of threads."""

from __future__ import annotations

from feedback.models import Thread, Topic
from feedback.vocabulary import ThreadKind, ThreadStatus
from fleet.filters.parts import FindFilter, choice_of
from fleet.web.filters import ChoicesFilter, ListFilterSet
from fleet.web.keyset import by


class ThreadFilter(ListFilterSet):
    q = FindFilter(label="Words of a title or post")
    kind = ChoicesFilter(choices=ThreadKind.choices, label="Kind")
    topic = choice_of(Topic, label="Topic")
    status = ChoicesFilter(choices=ThreadStatus.choices, label="Status")

    sorts = {
        "topic": ("topic__name",),
        **by("title", "kind", "status", "raised_at", "said_at", "people", "minutes_a_year", "due_on"),
    }

    class Meta:
        model = Thread
        fields: list[str] = []
