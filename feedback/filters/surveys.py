"""Narrowing the lists of surveys and of sessions in person."""

from __future__ import annotations

from feedback.models import Survey
from feedback.vocabulary import Audience, SurveyState
from fleet.filters.parts import choice_of
from fleet.models import Organisation
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter, YesNoFilter
from fleet.web.keyset import by


class SurveyFilter(ListFilterSet):
    q = SearchFilter("title__icontains", "purpose__icontains", label="Title")
    state = ChoicesFilter(choices=SurveyState.choices, label="State")
    audience = ChoicesFilter(choices=Audience.choices, label="Who is asked")
    is_anonymous = YesNoFilter(label="Anonymous")
    organisation = choice_of(Organisation, label="Organisation", by="code")

    sorts = by("title", "state", "opens_on", "closes_on", "asked", "answered")

    class Meta:
        model = Survey
        fields: list[str] = []
