"""Narrowing the lists of classification schemes, classifications, mappings and switches."""

from __future__ import annotations

from django.utils import timezone

from fleet.filters.parts import Rule, RuleFilter, choice_of
from fleet.models import Classification, ClassificationMapping, ClassificationScheme, SchemeSwitch
from fleet.vocabulary import SwitchState
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by

VALID: dict[str, tuple[str, Rule]] = {
    "now": (
        "Today",
        lambda rows: rows.exclude(valid_from__gt=timezone.localdate()).exclude(
            valid_until__lt=timezone.localdate()
        ),
    ),
    "ended": ("Has ended", lambda rows: rows.filter(valid_until__lt=timezone.localdate())),
    "to-come": ("Not in force yet", lambda rows: rows.filter(valid_from__gt=timezone.localdate())),
}


class SchemeFilter(ListFilterSet):
    q = SearchFilter("code__icontains", "name__icontains", rules=VALID, label="Code, name or in force")
    valid = RuleFilter(label="In force", rules=VALID)

    sorts = by("code", "name", "valid_from", "valid_until")

    class Meta:
        model = ClassificationScheme
        fields: list[str] = []


class ClassificationFilter(ListFilterSet):
    q = SearchFilter(
        *("code__icontains", "name__icontains", "scheme__code__icontains"), label="Code, name or scheme"
    )
    scheme = choice_of(ClassificationScheme, label="Scheme")

    sorts = {
        **by("name", "code", "rank", "valid_from", "valid_until", "people"),
        "scheme": ("scheme__code", "rank"),
        "approvals": ("approvals_held",),
    }

    class Meta:
        model = Classification
        fields: list[str] = []


class MappingFilter(ListFilterSet):
    from_scheme = choice_of(
        ClassificationScheme, label="Scheme that ends", field_name="classification__scheme"
    )
    to_scheme = choice_of(ClassificationScheme, label="Scheme that takes its place")

    class Meta:
        model = ClassificationMapping
        fields: list[str] = []


class SwitchFilter(ListFilterSet):
    q = SearchFilter(
        "from_scheme__name__icontains", "to_scheme__name__icontains", label="Name of either scheme"
    )
    state = ChoicesFilter(choices=SwitchState.choices, label="State")

    sorts = {**by("switches_on", "state"), "switch": ("from_scheme__code", "to_scheme__code")}

    class Meta:
        model = SchemeSwitch
        fields: list[str] = []
