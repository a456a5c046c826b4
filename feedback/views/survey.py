"""The page of one survey: a draft with its questions, then the response, then what was found."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from feedback.models import Survey
from feedback.services.surveying import opening, telling
from feedback.services.surveying.drafts import PERMISSION
from feedback.services.surveying.results import Response, response_of, results_of
from feedback.tasks import mail_survey
from feedback.views.survey_results import download, shown_results, site_of
from feedback.views.surveys import page_of
from feedback.vocabulary import Audience, SurveyState
from fleet.services import mail
from fleet.tasks import post_mail
from fleet.views.facts import VerbPage, VisibleRow
from fleet.web import status, text
from fleet.web.forms import GovukForm
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in


class SurveyPage(VisibleRow, View):
    model = Survey

    def get_queryset(self) -> QuerySet[Survey]:
        return super().get_queryset().select_related("organisation", "site", "made_by")

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        survey: Survey = self.row
        may_manage = signed_in(request).access.may_touch(PERMISSION, survey)
        site = site_of(request, survey)
        if request.GET.get("format") == "csv":
            return download(request, survey, site, may_manage=may_manage)
        results = results_of(survey, site=site)
        response = results.response if results else response_of(survey)
        context = {
            "row": survey,
            "facts": facts_of(survey),
            "questions": survey.questions.all(),
            "cards": cards_of(response) if response.asked else [],
            "site": site,
            "may_manage": may_manage,
            "verbs": verbs_of(survey) if may_manage else [],
            "is_draft": survey.state == SurveyState.DRAFT,
            **(shown_results(survey, results, site) if results else {}),
        }
        return render(request, "feedback/survey_detail.html", context)


def facts_of(survey: Survey) -> list[SummaryRow]:
    is_draft = survey.state == SurveyState.DRAFT
    rows = [
        SummaryRow("State", status.tag(survey.state, survey.get_state_display())),
        SummaryRow("Who is asked", audience_of(survey)),
        SummaryRow("For", survey.purpose) if survey.purpose else None,
        SummaryRow("Answers", "Anonymous" if survey.is_anonymous else "Kept with names"),
        SummaryRow("Opens" if is_draft else "Opened", text.shown(survey.opens_on, "When it is opened")),
        SummaryRow("Last day", text.shown(survey.closes_on, "Not set")),
        SummaryRow("Reminded", text.moment(survey.reminded_at)) if survey.reminded_at else None,
        SummaryRow("Made by", str(survey.made_by or "Somebody who is gone")) if is_draft else None,
    ]
    return [row for row in rows if row]


def audience_of(survey: Survey) -> str:
    if survey.audience == Audience.SAMPLE:
        where = survey.site or survey.organisation
        return f"{text.number(survey.sample_size or 0)} people of {where}, drawn by lot"
    if survey.audience == Audience.SITE:
        return f"Everybody at {survey.site}"
    return str(survey.get_audience_display())


def cards_of(response: Response) -> list[Stat]:
    """The four add up to all who were asked."""
    rest = (
        Stat(text.number(response.waiting), "can still answer")
        if response.waiting
        else Stat(text.number(response.expired), "did not answer")
    )
    return [
        Stat(text.share(response.answered, response.asked), "response rate, of those who were asked"),
        Stat(text.number(response.answered), "answered"),
        Stat(text.number(response.declined), "declined"),
        rest,
    ]


def verbs_of(survey: Survey) -> list[tuple[str, str, str]]:
    """(url name, words, secondary or empty) of what the state lets one do."""
    if survey.state == SurveyState.DRAFT:
        return [
            ("feedback:survey-open", "Open it", ""),
            ("feedback:survey-edit", "Change it", "secondary"),
            ("feedback:survey-remove", "Remove it", "secondary"),
        ]
    if survey.state == SurveyState.OPEN:
        reminder = [] if survey.reminded_at else [("feedback:survey-remind", "Remind people", "secondary")]
        return [*reminder, ("feedback:survey-close", "Close it now", "secondary")]
    named = survey.audience == Audience.NAMED
    return [] if named else [("feedback:survey-repeat", "Ask again", "secondary")]


class _Verb(VerbPage):
    model = Survey
    permission = PERMISSION
    form_class = GovukForm
    template_name = "feedback/survey_verb.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"consequence": self.consequence()}

    def consequence(self) -> str:
        raise NotImplementedError

    def get_success_url(self) -> str:
        return page_of(self.row)


MAILED = " Those with an address get a mail; whoever has an account also finds it under Surveys for me."
NOT_MAILED = " No mail server is set up, so that only those with an account are told, under Surveys for me."


class OpenSurvey(_Verb):
    heading = "Open the survey"
    submit = "Open it"

    def consequence(self) -> str:
        found = opening.people_of(self.row).count()
        asked = min(found, self.row.sample_size or found)
        told = MAILED if mail.is_sent() else NOT_MAILED
        return f"{text.counted(asked, 'person', 'people')} are asked. The questions stay as they are.{told}"

    def do(self, data: dict[str, Any]) -> str:
        asked = opening.open_survey(survey=self.row, by=signed_in(self.request))
        post_mail(mail_survey, self.row.pk)
        return f"{text.counted(asked, 'person', 'people')} are asked."


class RemindPeople(_Verb):
    heading = "Remind people"
    submit = "Send the reminder"

    def consequence(self) -> str:
        return "Whoever was mailed and has not answered nor declined gets one mail more. It is done once."

    def do(self, data: dict[str, Any]) -> str:
        reminded = telling.remind(survey=self.row, by=signed_in(self.request))
        post_mail(mail_survey, self.row.pk)
        return f"{text.counted(reminded, 'person', 'people')} are reminded."


class CloseSurvey(_Verb):
    heading = "Close the survey"
    submit = "Close it"

    def consequence(self) -> str:
        forgets = " Then it forgets whom it asked." if self.row.is_anonymous else ""
        return f"Nobody can answer any more, and it cannot be opened again.{forgets}"

    def do(self, data: dict[str, Any]) -> str:
        opening.close_survey(survey=self.row, by=signed_in(self.request))
        return "The survey is closed."
