"""The list of surveys, and making one: first what it begins from, then whom it asks and until when."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from feedback.filters import SurveyFilter
from feedback.forms.surveys import RepeatForm, SurveyForm
from feedback.models import Survey
from feedback.questionnaires import Questionnaire, offered, questionnaire_of
from feedback.services.surveying import making, questions
from feedback.services.surveying.drafts import PERMISSION
from fleet.errors import Invalid
from fleet.views.facts import AddFacts, EditFacts, VerbPage, add_link
from fleet.web import text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


def answered_of(survey: Any) -> str:
    return text.share(survey.answered, survey.asked) if survey.asked else ""


class SurveyList(ListPage):
    model = Survey
    filterset_class = SurveyFilter
    heading = "Surveys"
    nouns = ("survey", "surveys")
    default_sort = "-closes_on"
    permissions = ("surveys.view", PERMISSION)
    template_name = "feedback/survey_list.html"
    empty_text = "Ask people a few questions. Anonymous answers are kept apart from names."
    columns = (
        Column(key="title", title="Title", link=to("feedback:survey-detail")),
        Column(key="state", title="State", is_status=True),
        Column(key="audience", title="Who is asked"),
        Column(key="opens_on", title="Opens", empty="Not opened"),
        Column(key="closes_on", title="Last day", empty="Not set"),
        Column(key="answered", title="Answered", value=answered_of, csv="answered", empty="Nobody asked yet"),
        Column(key="asked", title="Asked", is_numeric=True, is_extra=True),
        Column(key="is_anonymous", title="Anonymous", is_extra=True),
        Column(key="purpose", title="For", is_extra=True),
        Column(key="organisation", title="Organisation", csv="organisation__code", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[Survey]:
        return super().get_queryset().with_response().select_related("organisation")  # type: ignore[attr-defined,no-any-return]

    def get_context_data(self) -> dict[str, Any]:
        words = ("feedback:survey-make", "Make a survey")
        return super().get_context_data() | add_link(self.request, PERMISSION, *words, model=Survey)


def page_of(survey: Survey) -> str:
    return reverse("feedback:survey-detail", args=[survey.pk])


class MakeSurvey(AddFacts):
    """First what it begins from, as links, then the form."""

    model = Survey
    form_class = SurveyForm
    permission = PERMISSION
    heading = "Make a survey"
    submit = "Save the draft"
    template_name = "feedback/survey_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "from" not in request.GET:
            context = {"questionnaires": offered(), "heading": self.heading}
            return render(request, "feedback/survey_begin.html", context)
        return super().get(request, *args, **kwargs)

    @cached_property
    def questionnaire(self) -> Questionnaire | None:
        """None: without questions yet."""
        try:
            return questionnaire_of(self.request.GET.get("from", ""))
        except Invalid:
            return None

    def get_initial(self) -> dict[str, Any]:
        begun = self.questionnaire
        return {"title": begun.title, "introduction": begun.introduction} if begun else {}

    def do(self, data: dict[str, Any]) -> str:
        user = signed_in(self.request)
        self.row.made_by = user
        making.save_survey(survey=self.row, by=user)
        asked = self.questionnaire.questions if self.questionnaire else ()
        questions.write_questions(survey=self.row, by=user, questions=asked)
        return "The draft is saved. Nobody is asked before you open it."

    def get_success_url(self) -> str:
        return page_of(self.row)

    @property
    def cancel_url(self) -> str:
        return reverse("feedback:survey-list")


class _OfSurvey(VerbPage):
    model = Survey
    permission = PERMISSION

    def get_success_url(self) -> str:
        return page_of(self.row)


class EditSurvey(_OfSurvey, EditFacts):
    form_class = SurveyForm
    heading = "Change the survey"
    template_name = "feedback/survey_form.html"

    def do(self, data: dict[str, Any]) -> str:
        making.save_survey(survey=self.row, by=signed_in(self.request))
        return "The draft is changed."


class RemoveSurvey(_OfSurvey):
    form_class = GovukForm
    heading = "Remove the draft"
    submit = "Remove it"

    def do(self, data: dict[str, Any]) -> str:
        making.remove_survey(survey=self.row, by=signed_in(self.request))
        return "The draft is removed."

    def get_success_url(self) -> str:
        return reverse("feedback:survey-list")

    @property
    def cancel_url(self) -> str:
        return page_of(self.row)


class RepeatSurvey(_OfSurvey):
    form_class = RepeatForm
    heading = "Ask again"
    submit = "Make a draft of the next wave"
    wave: Survey

    def do(self, data: dict[str, Any]) -> str:
        self.wave = making.repeat(survey=self.row, by=signed_in(self.request), **data)
        return "The next wave is a draft with the same questions."

    def get_success_url(self) -> str:
        return page_of(getattr(self, "wave", self.row))
