"""Narrowing the lists of topics and of imports of comments."""

from __future__ import annotations

from feedback.models import FeedbackImport, Topic
from feedback.vocabulary import FeedbackImportStatus
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter, YesNoFilter
from fleet.web.keyset import by


class TopicFilter(ListFilterSet):
    q = SearchFilter("name__icontains", "synonyms__icontains", label="Name or word")
    is_retired = YesNoFilter(label="No longer offered")

    sorts = by("name", "is_retired")

    class Meta:
        model = Topic
        fields: list[str] = []


class FeedbackImportFilter(ListFilterSet):
    q = SearchFilter("source__icontains", "name__icontains", label="Where it was said, or file")
    status = ChoicesFilter(choices=FeedbackImportStatus.choices, label="Status")

    sorts = by("source", "name", "status", "created_at")

    class Meta:
        model = FeedbackImport
        fields: list[str] = []
