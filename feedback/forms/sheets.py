"""The answer sheet of a survey: a field for each question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from feedback.models import Question
from feedback.services.surveying.answering import LONGEST, Given, name_of
from feedback.services.surveying.results import label_on_scale
from feedback.vocabulary import QuestionKind
from fleet.web.forms import GovukForm


def field_of(question: Question, hint: str) -> forms.Field:
    more: dict[str, Any] = {"label": question.text, "required": question.is_required}
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(max_length=LONGEST, widget=forms.Textarea({"rows": 4}), help_text=hint, **more)
    if question.kind == QuestionKind.SCALE:
        numbers = range(1, question.scale_to + 1)
        choices = [(str(one), label_on_scale(question, one)) for one in numbers]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **more)
    choices = [(str(at), label) for at, label in enumerate(question.options)]
    if question.kind == QuestionKind.MULTIPLE:
        more["help_text"] = "Select all that apply."
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **more)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **more)


class SheetForm(GovukForm):
    questions: ClassVar[list[Question]] = []

    @property
    def given(self) -> dict[int, Given]:
        """What was answered, by the question's key."""
        return {one.pk: _given(one, self.cleaned_data.get(name_of(one))) for one in self.questions}


def sheet_form(questions: Iterable[Question], hint: str) -> type[SheetForm]:
    """The form of these questions; `hint` stands where one writes."""
    asked = list(questions)
    fields = {name_of(one): field_of(one, hint) for one in asked}
    return type("SurveySheetForm", (SheetForm,), {"questions": asked, **fields})


def _given(question: Question, value: Any) -> Given:
    if not value:
        return Given()
    if question.kind == QuestionKind.TEXT:
        return Given(text=value)
    if question.kind == QuestionKind.SCALE:
        return Given(number=int(value))
    return Given(options=tuple(int(at) for at in (value if isinstance(value, list) else [value])))
