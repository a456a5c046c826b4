"""Narrowing the access log: who looked, at whom, at what, when."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import HiddenInput
from django.http import HttpRequest

from fleet.models import AccessRecord, User
from fleet.services.access_log import KINDS, asked_about
from fleet.vocabulary import SeenThrough
from fleet.web.filters import ChoicesFilter, ListFilterSet, YesNoFilter
from fleet.web.keyset import by


def _kinds() -> list[tuple[str, str]]:
    return list(KINDS.items())


def _lookers(request: HttpRequest | None) -> QuerySet[User]:
    if request is None or not isinstance(request.user, User):
        return User.objects.none()
    return asked_about(request.user)


class AccessRecordFilter(ListFilterSet):
    """`person` is the id of a member of staff, `user` that of who looked: no name stands in an address."""

    user = django_filters.ModelChoiceFilter(queryset=_lookers, label="Who looked", empty_label="Any")
    person = django_filters.NumberFilter(label="At one person, by number", widget=HiddenInput)
    what = django_filters.ChoiceFilter(choices=_kinds, label="What was shown", empty_label="Any")
    is_export = YesNoFilter(label="Downloaded")
    channel = ChoicesFilter(choices=SeenThrough.choices, label="How")
    since = django_filters.DateFilter("at", lookup_expr="date__gte", label="From")
    until = django_filters.DateFilter("at", lookup_expr="date__lte", label="To")

    sorts = by("at", "rows", "is_export")

    class Meta:
        model = AccessRecord
        fields: list[Any] = []
