"""The questions of a draft: added, changed, moved and removed."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from feedback.forms.surveys import QuestionForm
from feedback.models import Question, Survey
from feedback.services.surveying import questions
from feedback.services.surveying.drafts import PERMISSION
from feedback.views.surveys import page_of
from fleet.views.facts import FactsForm, VerbPage, VisibleRow
from fleet.web.forms import GovukForm
from fleet.web.requests import signed_in


class AddQuestion(VerbPage):
    model = Survey
    permission = PERMISSION
    form_class = QuestionForm
    heading = "Add a question"

    def get_form_kwargs(self) -> dict[str, Any]:
        self.question = Question(survey=self.row)
        return super().get_form_kwargs() | {"instance": self.question}

    def do(self, data: dict[str, Any]) -> str:
        questions.save_question(question=self.question, by=signed_in(self.request))
        return "The question is added."

    def get_success_url(self) -> str:
        return page_of(self.row)


class _OnQuestion(VisibleRow, FactsForm):
    """A form on a question of a survey that the person manages."""

    model = Question

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may_touch(PERMISSION, self.row.survey):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Question]:
        seen = Survey.objects.visible_to(signed_in(self.request))
        return Question.objects.filter(survey__in=seen).select_related("survey")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": self.row.text}

    def get_success_url(self) -> str:
        return page_of(self.row.survey)


class EditQuestion(_OnQuestion):
    form_class = QuestionForm
    heading = "Change the question"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.row}

    def do(self, data: dict[str, Any]) -> str:
        questions.save_question(question=self.row, by=signed_in(self.request))
        return "The question is changed."


class RemoveQuestion(_OnQuestion):
    form_class = GovukForm
    heading = "Remove the question"
    submit = "Remove it"

    def do(self, data: dict[str, Any]) -> str:
        questions.remove_question(question=self.row, by=signed_in(self.request))
        return "The question is removed."


class MoveQuestion(_OnQuestion):
    form_class = GovukForm
    heading = "Move the question up"
    submit = "Move it up"

    def do(self, data: dict[str, Any]) -> str:
        questions.move_question(question=self.row, by=signed_in(self.request))
        return "The question is moved up."
