"""Narrowing the list of sessions in person."""

from __future__ import annotations

from django.utils import timezone

from feedback.models import Gathering
from feedback.vocabulary import GatheringKind
from fleet.filters.parts import RuleFilter, choice_of
from fleet.models import Organisation, Site
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by


class GatheringFilter(ListFilterSet):
    q = SearchFilter("title__icontains", "about__icontains", "place__icontains", label="Words of it")
    when = RuleFilter(
        label="When",
        rules={
            "to_come": ("To come", lambda rows: rows.to_come()),
            "over": ("Over", lambda rows: rows.filter(ends_at__lte=timezone.now(), cancelled_at=None)),
            "cancelled": ("Cancelled", lambda rows: rows.filter(cancelled_at__isnull=False)),
        },
    )
    kind = ChoicesFilter(choices=GatheringKind.choices, label="Kind")
    site = choice_of(Site, label="Site")
    organisation = choice_of(Organisation, label="Organisation", by="code")

    sorts = by("title", "kind", "starts_at", "places", "coming")

    class Meta:
        model = Gathering
        fields: list[str] = []
