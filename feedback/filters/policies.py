"""Narrowing the lists of topics, of imports of comments, and of what was done to several threads."""

from __future__ import annotations

from feedback.models import FeedbackImport, QueueChange, Topic
from feedback.vocabulary import FeedbackImportStatus, QueueVerb
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


class QueueChangeFilter(ListFilterSet):
    q = SearchFilter("words__icontains", "made_by__name__icontains", label="What was done, or by whom")
    verb = ChoicesFilter(choices=QueueVerb.choices, label="Change")
    undone = YesNoFilter("undone_at", label="Taken back", lookup_expr="isnull", exclude=True)

    sorts = by("words", "threads", "made_at")

    class Meta:
        model = QueueChange
        fields: list[str] = []
