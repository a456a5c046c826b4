"""Narrowing the list of threads."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from feedback.filters.facts import brought
from feedback.models import Thread, Topic, Voice
from feedback.models.threads import WAITS, late
from feedback.services.pain.rising import recent_since
from feedback.vocabulary import SETTLED, UNSETTLED, ThreadKind, ThreadStatus
from fleet.filters.parts import FindFilter, choice_of
from fleet.models import DeviceModel, Organisation, Site
from fleet.vocabulary import WorkStyle
from fleet.web.filters import ChoicesFilter, ListFilterSet, YesNoFilter
from fleet.web.keyset import by


class MatchFilter(FindFilter):
    """The search box; its rows can be sorted by how well they match, whether anything is asked or not."""

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        return super().filter(qs, value) if value else qs.annotate(match=Value(0))


class ThreadFilter(ListFilterSet):
    q = MatchFilter(label="Words of a title or post")
    kind = ChoicesFilter(choices=ThreadKind.choices, label="Kind")
    topic = choice_of(Topic, label="Topic", null_label="No topic")
    status = ChoicesFilter(choices=ThreadStatus.choices, label="Status")
    answered = YesNoFilter("is_answered", label="Officially answered")
    is_severe = YesNoFilter(label="Severe")
    organisation = choice_of(Organisation, label="Organisation", by="code")
    site = choice_of(Site, label="Site of somebody affected", method="by_row", null_label="Not told")
    device_model = choice_of(
        DeviceModel, label="Device model of somebody affected", method="by_row", null_label="Not told"
    )
    system = django_filters.CharFilter(
        label="Operating system of somebody affected",
        help_text="Its name and whole version, such as Windows 10.0.22631",
        method="by_words",
    )
    work_style = django_filters.ChoiceFilter(
        choices=WorkStyle.choices,
        label="Work style of somebody affected",
        method="by_words",
        null_label="Not told",
        empty_label="Any",
    )
    raised_from = django_filters.DateFilter("raised_at", lookup_expr="date__gte", label="Raised from")
    raised_until = django_filters.DateFilter("raised_at", lookup_expr="date__lte", label="Raised until")
    lately = YesNoFilter(label="Somebody spoke up in the last 28 days", method="spoken_lately")
    is_hidden = YesNoFilter("hidden_at", label="Hidden by a moderator", lookup_expr="isnull", exclude=True)

    sorts = {
        "topic": ("topic__name",),
        "organisation": ("organisation__name",),
        "match": ("match", "people"),
        **by("title", "kind", "status", "raised_at", "said_at", "people", "minutes_a_year", "due_on"),
        "working_days_a_year": ("minutes_a_year",),
    }

    class Meta:
        model = Thread
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.INT)
    def by_row(self, rows: Any, name: str, value: Any) -> QuerySet[Thread]:
        found: QuerySet[Thread] = rows.filter(brought(name, value))
        return found

    @extend_schema_field(OpenApiTypes.STR)
    def by_words(self, rows: Any, name: str, value: str) -> QuerySet[Thread]:
        found: QuerySet[Thread] = rows.filter(brought(name, value))
        return found

    def spoken_lately(self, rows: Any, _name: str, asked: bool | None) -> QuerySet[Thread]:
        found: QuerySet[Thread] = rows
        if asked is not None:
            since = recent_since(timezone.localdate())
            here = Q(thread=OuterRef("pk")) | Q(thread__merged_into=OuterRef("pk"))
            is_recent = Exists(Voice.objects.filter(here, joined_on__gte=since))
            found = rows.filter(is_recent if asked else ~is_recent)
        return found


class ThreadApiFilter(ThreadFilter):
    """What those who answer ask for as well."""

    overdue = YesNoFilter(label="Overdue", method="is_overdue")
    mine = YesNoFilter(label="Mine", method="is_mine", help_text="I am its owner.")

    def is_overdue(self, rows: Any, _name: str, asked: bool | None) -> QuerySet[Thread]:
        found: QuerySet[Thread] = rows
        if asked is not None:
            is_late = WAITS & late(timezone.localdate())
            found = rows.filter(is_late) if asked else rows.exclude(is_late)
        return found

    def is_mine(self, rows: Any, _name: str, asked: bool | None) -> QuerySet[Thread]:
        found: QuerySet[Thread] = rows
        if asked is not None:
            user = self.request.user
            found = rows.filter(owner=user) if asked else rows.exclude(owner=user)
        return found


class QueueFilter(ThreadApiFilter):
    """Narrowing what a lead has to settle. Its rows are `with_due`."""

    status = ChoicesFilter(
        choices=[(one.value, one.label) for one in ThreadStatus if one in UNSETTLED], label="Status"
    )

    sorts = {**ThreadFilter.sorts, "due_on": ("due",)}


class SettledFilter(ListFilterSet):
    """Narrowing what was settled."""

    q = FindFilter(label="Words of a title or post")
    topic = choice_of(Topic, label="Topic", null_label="No topic")
    status = ChoicesFilter(choices=[(one.value, one.label) for one in SETTLED], label="Status")
    organisation = choice_of(Organisation, label="Organisation", by="code")

    sorts = {"topic": ("topic__name",), **by("title", "status", "status_at", "people")}

    class Meta:
        model = Thread
        fields: list[str] = []
