"""Which rows of rollouts a list shows; pages and API share these."""

from __future__ import annotations

from typing import cast

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from fleet.filters.parts import FindFilter
from fleet.models import Site, User
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by
from rollouts.checks import CHECKS
from rollouts.models import Entitlement, Gate, Programme, Tranche, TranchePerson, Waiver
from rollouts.models.places import TranchePersonQuerySet
from rollouts.vocabulary import GateStatus, PersonState, Readiness, TrancheState

_CHECKS = [(key, check.title) for key, check in CHECKS.items()]


def _sites(request: HttpRequest | None) -> QuerySet[Site]:
    return Site.objects.none() if request is None else Site.objects.visible_to(cast(User, request.user))


class PeopleFilter(ListFilterSet):
    """What the people of one tranche and of a whole programme are both chosen by."""

    q = FindFilter(
        label="Search",
        help_text="How words of the name, job role, team, site or user case begin, or a number, email address"
        " or the device.",
    )
    readiness = ChoicesFilter(method="by_readiness", choices=Readiness, label="Readiness")
    check = django_filters.ChoiceFilter(
        choices=_CHECKS, label="Held up by check", method="by_check", empty_label="Any"
    )
    waived = django_filters.ChoiceFilter(
        choices=[("any", "Any check"), *_CHECKS],
        label="Waived check",
        method="by_waiver",
        empty_label="Waived or not",
    )
    state = ChoicesFilter(choices=PersonState, label="State")
    site = django_filters.ModelChoiceFilter(
        field_name="staff_member__site", queryset=_sites, label="Home site"
    )

    sorts = {
        **by("planned_on", "state"),
        "person": ("staff_member__name",),
        "staff_number": ("staff_member__staff_number",),
        "site": ("staff_member__site__name",),
        "tranche": ("tranche__number",),
        "readiness": ("readiness__state",),
        "user_case": ("entitlement__user_case",),
        "device": ("device__asset_tag",),
    }

    class Meta:
        model = TranchePerson
        fields: list[str] = []

    def by_readiness(
        self, places: TranchePersonQuerySet, _name: str, states: list[str]
    ) -> TranchePersonQuerySet:
        """Those who still wait, by what the checks say of them."""
        return places.found(*states)

    def by_waiver(self, places: TranchePersonQuerySet, _name: str, key: str) -> TranchePersonQuerySet:
        """Those for whom what this check found, or any check, is waived."""
        return places.waived() if key == "any" else places.waived(key)

    def by_check(self, places: TranchePersonQuerySet, _name: str, key: str) -> TranchePersonQuerySet:
        """Those of whom the check found something that is not waived: failed, unknown or advisory."""
        return places.held_up_by(key)


class TranchePeopleFilter(PeopleFilter):
    """The people of one tranche."""


class ProgrammePeopleFilter(PeopleFilter):
    """The people of all tranches of a programme, as its figures count them."""

    figure = django_filters.ChoiceFilter(
        choices=[("handed_over", "Handed over"), ("can_go", "Can go now"), ("stuck", "Blocked or unknown")],
        label="Counted as",
        method="by_figure",
    )

    def by_figure(self, places: TranchePersonQuerySet, _name: str, figure: str) -> TranchePersonQuerySet:
        """The very rows behind one of the programme's numbers."""
        return places.figure(figure)


class TrancheFilter(ListFilterSet):
    """Tranches, for the API."""

    programme = django_filters.NumberFilter(field_name="programme_id", label="Programme")
    state = ChoicesFilter(choices=TrancheState, label="State")

    class Meta:
        model = Tranche
        fields: list[str] = []


class ProgrammeFilter(ListFilterSet):
    """Programmes."""

    q = SearchFilter(
        "name__icontains",
        "code__icontains",
        "organisation__name__icontains",
        label="Name, code or organisation",
    )

    sorts = {
        **by("name", "code", "starts_on", "ends_on", "goal_quantity", "tranche_count"),
        "organisation": ("organisation__name",),
    }

    class Meta:
        model = Programme
        fields: list[str] = []


class EntitlementFilter(ListFilterSet):
    """Entitlements, for the API."""

    programme = django_filters.NumberFilter(field_name="programme_id", label="Programme")

    class Meta:
        model = Entitlement
        fields: list[str] = []


class GateFilter(ListFilterSet):
    """Gates, for the API."""

    tranche = django_filters.NumberFilter(field_name="tranche_id", label="Tranche")
    status = ChoicesFilter(choices=GateStatus, label="Status")

    class Meta:
        model = Gate
        fields: list[str] = []


class WaiverFilter(ListFilterSet):
    """Waivers, for the API."""

    tranche = django_filters.NumberFilter(field_name="tranche_id", label="Tranche")
    check = django_filters.ChoiceFilter(field_name="check_key", choices=_CHECKS, label="Check")
    is_open = django_filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull", label="Not ended")

    class Meta:
        model = Waiver
        fields: list[str] = []
