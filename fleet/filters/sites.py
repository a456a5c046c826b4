"""Narrowing the list of sites."""

from __future__ import annotations

from datetime import timedelta

import django_filters
from django.utils import timezone

from fleet.filters.parts import Rule, RuleFilter
from fleet.models import Site
from fleet.vocabulary import SiteKind
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter, YesNoFilter
from fleet.web.keyset import by

STATES: dict[str, tuple[str, Rule]] = {
    "open": ("Open", lambda sites: sites.open_on(timezone.localdate())),
    "opening": ("Not open yet", lambda sites: sites.filter(opens_on__gt=timezone.localdate())),
    "running-down": (
        "Open, with a closing date",
        lambda sites: sites.open_on(timezone.localdate()).filter(closes_on__isnull=False),
    ),
    "closing-soon": ("Closing within 8 weeks", lambda sites: sites.closing_within(timedelta(weeks=8))),
    "closed": ("Closed", lambda sites: sites.filter(closes_on__lte=timezone.localdate())),
}


class SiteFilter(ListFilterSet):
    q = SearchFilter(
        *("name__icontains", "code__istartswith", "postcode__icontains", "region__icontains"),
        "replaced_by__name__icontains",
        labels=("kind",),
        rules=STATES,
        label="Name, code, postcode, region, kind or state",
    )
    state = RuleFilter(label="State", rules=STATES)
    kind = ChoicesFilter(choices=SiteKind.choices, label="Kind")
    region = django_filters.CharFilter(lookup_expr="istartswith", label="Region begins with")
    has_wifi = YesNoFilter(label="Wi-Fi")

    sorts = {
        **by("name", "code", "kind", "region", "postcode", "people", "devices_here", "capacity_desks"),
        **by("network_mbps", "per_head", "has_wifi", "has_training_room", "opens_on", "closes_on"),
        "replaced_by": ("replaced_by__name",),
    }

    class Meta:
        model = Site
        fields: list[str] = []
