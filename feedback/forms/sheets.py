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

MUST = "It must be answered."


def field_of(question: Question, hint: str) -> forms.Field:
    more: dict[str, Any] = {"label": question.text, "required": question.is_required}
    hints = [MUST] if question.is_required else []
    if question.kind == QuestionKind.TEXT:
        more |= {"max_length": LONGEST, "widget": forms.Textarea({"rows": 4})}
        return forms.CharField(help_text=" ".join([hint, *hints]), **more)
    if question.kind == QuestionKind.MULTIPLE:
        hints.insert(0, "Select all that apply.")
    more |= {"choices": choices_of(question), "help_text": " ".join(hints)}
    if question.kind == QuestionKind.MULTIPLE:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **more)
    return forms.ChoiceField(widget=forms.RadioSelect, **more)


def choices_of(question: Question) -> list[tuple[str, str]]:
    if question.kind == QuestionKind.SCALE:
        return [(str(one), label_on_scale(question, one)) for one in range(1, question.scale_to + 1)]
    return [(str(at), label) for at, label in enumerate(question.options)]


class SheetForm(GovukForm):
    """Most questions may be left out, so those are marked that may not."""

    hides_optional = True
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
