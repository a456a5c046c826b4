"""Making a survey and its questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from feedback.forms.policies import WordsField
from feedback.models import Question, Survey
from feedback.vocabulary import Audience, QuestionKind
from fleet.forms.parts import FactsForm
from fleet.web.forms import GovukForm, GovukModelForm

NARROW = {"class": "govuk-input--width-4"}
WEEKS = timedelta(days=14)
LONGEST = timedelta(days=2 * 365)
MOST_OPTIONS = 50
CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
OFFERED = [(value, label) for value, label in Audience.choices if value != Audience.NAMED]


class SurveyForm(FactsForm):
    audience = forms.ChoiceField(
        label="Who is asked?",
        choices=OFFERED,
        widget=forms.RadioSelect,
        help_text="Those at work on the day on which you open the survey. A sample is drawn by lot.",
    )
    is_anonymous = forms.TypedChoiceField(
        label="Are answers kept with names?",
        choices=[("True", "No, they are anonymous"), ("False", "Yes, and people are told so")],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Survey
        fields = (
            *("title", "introduction", "is_anonymous", "audience", "site", "sample_size"),
            *("opens_on", "closes_on"),
        )
        labels = {"sample_size": "How many are drawn"}
        widgets = {"introduction": forms.Textarea({"rows": 3}), "sample_size": forms.NumberInput(NARROW)}
        help_texts = {
            "introduction": "Why you ask, and what will come of it.",
            "site": "For a site’s people, or to draw the sample from them.",
            "sample_size": "For a random sample.",
            "opens_on": "Leave it empty to begin on the day on which you open it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].required = True
        if self.instance._state.adding:
            self.initial["closes_on"] = timezone.localdate() + WEEKS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        audience, opens, closes = (cleaned.get(name) for name in ("audience", "opens_on", "closes_on"))
        if audience == Audience.SAMPLE and not cleaned.get("sample_size"):
            self.add_error("sample_size", "Enter how many people are drawn, 1 or more")
        if audience == Audience.SITE and not cleaned.get("site"):
            self.add_error("site", "Select the site whose people are asked")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "The last day must not be before the first")
        elif closes and closes > timezone.localdate() + LONGEST:
            self.add_error("closes_on", "The last day must be within two years")
        return cleaned


class AnswersField(WordsField):
    """An answer to choose on each line, as it is written."""

    longest = 150

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in forms.CharField.clean(self, value).splitlines()]
        if any(len(line) > self.longest for line in lines):
            raise ValidationError(f"Each answer must have {self.longest} letters or less")
        return [line for line in lines if line]


class QuestionForm(GovukModelForm):
    """What a kind does not need is left out when it is saved."""

    options = AnswersField(
        label="Answers to choose from",
        required=False,
        help_text="For one or several answers, each on a line.",
    )

    class Meta:
        model = Question
        fields = ("text", "kind", "options", "scale_to", "lowest", "highest", "is_required")
        labels = {"kind": "How is it answered?", "scale_to": "Scale from 1 to"}
        widgets = {"kind": forms.RadioSelect, "scale_to": forms.NumberInput(NARROW)}
        help_texts = {
            "lowest": "For a scale, such as “I disagree strongly”.",
            "highest": "For a scale, such as “I agree strongly”.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scale_to"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, options, scale = (cleaned.get(name) for name in ("kind", "options", "scale_to"))
        if kind in CHOICES and options is not None and not 2 <= len(options) <= MOST_OPTIONS:
            self.add_error("options", f"Enter 2 to {MOST_OPTIONS} answers, each on a line")
        if kind == QuestionKind.SCALE and "scale_to" in cleaned and not (scale and 3 <= scale <= 10):
            self.add_error("scale_to", "Enter a number from 3 to 10")
        elif kind != QuestionKind.SCALE and "scale_to" in cleaned:
            cleaned["scale_to"] = Question._meta.get_field("scale_to").get_default()
        return cleaned


class RepeatForm(GovukForm):
    opens_on = forms.DateField(
        label="Opens", required=False, help_text="Leave it empty to begin on the day on which you open it."
    )
    closes_on = forms.DateField(label="Last day")
