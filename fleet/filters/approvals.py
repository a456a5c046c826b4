"""Narrowing the list of assurance approvals."""

from __future__ import annotations

from django.utils import timezone

from fleet.filters.parts import Rule, RuleFilter, choice_of
from fleet.models import Approval, Classification
from fleet.vocabulary import Platform
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by

STATES: dict[str, tuple[str, Rule]] = {
    "in-force": ("In force", lambda approvals: approvals.in_force(timezone.localdate())),
    "expiring": ("Ends within 60 days", lambda approvals: approvals.expiring(timezone.localdate())),
    "ended": (
        "Has ended",
        lambda approvals: approvals.standing().filter(valid_until__lt=timezone.localdate()),
    ),
    "withdrawn": ("Withdrawn", lambda approvals: approvals.filter(withdrawn_at__isnull=False)),
    "to-come": (
        "Not in force yet",
        lambda approvals: approvals.standing().filter(valid_from__gt=timezone.localdate()),
    ),
}


class ApprovalFilter(ListFilterSet):
    q = SearchFilter(
        *("authority__icontains", "reference__icontains", "minimum_version__istartswith"),
        "classification__name__icontains",
        labels=("platform",),
        many=("conditions__name__icontains",),
        rules=STATES,
        label="Platform, classification, authority, reference, condition or state",
    )
    state = RuleFilter(label="State", rules=STATES)
    platform = ChoicesFilter(choices=Platform.choices, label="Platform")
    classification = choice_of(Classification, label="Classification")

    sorts = {
        "platform": ("platform", "minimum_key"),
        "minimum_version": ("minimum_key",),
        "classification": ("classification__rank",),
        **by("authority", "reference", "valid_from", "valid_until"),
    }

    class Meta:
        model = Approval
        fields: list[str] = []
