"""Narrowing the list of people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.utils import timezone

from fleet.filters.parts import FindFilter, Rule, RuleFilter, choice_of
from fleet.models import Classification, Course, Site, StaffMember
from fleet.models.people import StaffMemberQuerySet
from fleet.vocabulary import AssistiveTechnology, WorkStyle
from fleet.web.filters import ChoicesFilter, ListFilterSet
from fleet.web.keyset import by

AT_WORK: dict[str, tuple[str, Rule]] = {
    "now": ("Today", lambda people: people.active_on(timezone.localdate())),
    "leaving": ("Leaving within 8 weeks", lambda people: people.leaving_within(timedelta(weeks=8))),
    "left": ("Have left", lambda people: people.filter(leaves_on__lt=timezone.localdate())),
    "starting": ("Not started yet", lambda people: people.filter(starts_on__gt=timezone.localdate())),
}


def _in_need_of(need: str) -> Rule:
    return lambda people: people.filter(assistive_needs__contains=[need])


NEEDS: dict[str, tuple[str, Rule]] = {
    "any": ("Any need", lambda people: people.exclude(assistive_needs=[])),
    **{need: (str(label), _in_need_of(need)) for need, label in AssistiveTechnology.choices},
}


class StaffMemberFilter(ListFilterSet):
    q = FindFilter(
        label="Search",
        help_text="How words of the name, job role, team or site begin, or a staff number or email address.",
    )
    site = choice_of(Site, label="Site")
    job_role = django_filters.CharFilter(lookup_expr="istartswith", label="Job role begins with")
    group = django_filters.CharFilter(lookup_expr="istartswith", label="Team or group begins with")
    work_style = ChoicesFilter(choices=WorkStyle.choices, label="Work style")
    at_work = RuleFilter(label="At work", rules=AT_WORK)
    needs = RuleFilter(label="Assistive technology needed", rules=NEEDS)
    classification = choice_of(Classification, label="Information handled")

    without_course = choice_of(
        Course,
        label="Without a valid record of",
        field_name="training_records__course",
        method="that_lack",
    )

    sorts = {
        **by("name", "staff_number", "email", "upn", "job_role", "work_style", "group", "fte"),
        **by("devices_held", "starts_on", "leaves_on"),
        "site": ("site__name",),
        "classification": ("classification__rank",),
    }

    class Meta:
        model = StaffMember
        fields: list[str] = []

    def that_lack(self, rows: Any, _name: str, course: Course) -> StaffMemberQuerySet:
        found: StaffMemberQuerySet = rows.without_course(course, timezone.localdate())
        return found
