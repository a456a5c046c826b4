"""Narrowing the list of threads."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from feedback.models import Thread, Topic
from feedback.models.threads import late
from feedback.vocabulary import UNSETTLED, ThreadKind, ThreadStatus
from fleet.filters.parts import FindFilter, choice_of
from fleet.models import Site
from fleet.web.filters import ChoicesFilter, ListFilterSet, YesNoFilter
from fleet.web.keyset import by


class MatchFilter(FindFilter):
    """The search box; its rows can be sorted by how well they match, whether anything is asked or not."""

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        return super().filter(qs, value) if value else qs.annotate(match=Value(0))


class ThreadFilter(ListFilterSet):
    q = MatchFilter(label="Words of a title or post")
    kind = ChoicesFilter(choices=ThreadKind.choices, label="Kind")
    topic = choice_of(Topic, label="Topic")
    status = ChoicesFilter(choices=ThreadStatus.choices, label="Status")
    answered = YesNoFilter("is_answered", label="Officially answered")
    site = choice_of(Site, label="Site of somebody affected", method="at_site")
    is_severe = YesNoFilter(label="Severe")

    sorts = {
        "topic": ("topic__name",),
        "match": ("match", "people"),
        **by("title", "kind", "status", "raised_at", "said_at", "people", "minutes_a_year", "due_on"),
    }

    class Meta:
        model = Thread
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.INT)
    def at_site(self, rows: Any, _name: str, site: Site | None) -> QuerySet[Thread]:
        found: QuerySet[Thread] = (
            rows.filter(Exists(site.voices.filter(thread=OuterRef("pk")))) if site else rows
        )
        return found


class QueueFilter(ThreadFilter):
    """Narrowing what a lead has to settle."""

    status = ChoicesFilter(
        choices=[(one.value, one.label) for one in ThreadStatus if one in UNSETTLED], label="Status"
    )
    overdue = YesNoFilter(label="Overdue", method="is_overdue")
    mine = YesNoFilter(label="Mine", method="is_mine")

    def is_overdue(self, rows: Any, _name: str, asked: bool | None) -> QuerySet[Thread]:
        found: QuerySet[Thread] = rows
        if asked is not None:
            is_late = late(timezone.localdate())
            found = rows.filter(is_late) if asked else rows.exclude(is_late)
        return found

    def is_mine(self, rows: Any, _name: str, asked: bool | None) -> QuerySet[Thread]:
        found: QuerySet[Thread] = rows
        if asked is not None:
            user = self.request.user
            found = rows.filter(owner=user) if asked else rows.exclude(owner=user)
        return found
