"""Topics, and an organisation's rules for feedback."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from feedback.models import FeedbackPolicy, Topic
from feedback.services.taxonomy import already, others_named
from feedback.vocabulary import ShownAs
from fleet.forms.parts import FactsForm
from fleet.vocabulary import BankHolidays
from fleet.web.forms import GovukModelForm

NARROW = {"class": "govuk-input--width-4"}


class WordsField(forms.CharField):
    """A word or phrase on each line, as a list without repeats."""

    widget = forms.Textarea({"rows": 6})
    longest = 60

    def clean(self, value: Any) -> list[str]:
        words = [" ".join(word.split()) for word in re.split(r"[\n,]", super().clean(value))]
        found = list(dict.fromkeys(word.lower() for word in words if word))
        if long := next((word for word in found if len(word) > self.longest), None):
            raise ValidationError(
                f"“{long[:20]}…” is longer than {self.longest} letters. Write each on a line."
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class TopicForm(FactsForm):
    synonyms = WordsField(
        label="Words that point to it",
        required=False,
        help_text="Each on a line. A text that has one of them, in a usual form such as the plural, is "
        "suggested this topic.",
    )

    class Meta:
        model = Topic
        fields = ("name", "synonyms", "is_retired")
        help_texts = {"is_retired": "Threads that have it keep it."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = cleaned.get("name")
        if name and others_named(self.instance.organisation, name, self.instance).exists():
            self.add_error("name", already(name))
        return cleaned


class PolicyForm(GovukModelForm):
    """`bank_holidays` is the organisation's own and holds for every count of working days."""

    ways_to_be_shown = forms.MultipleChoiceField(
        label="How people may be shown to readers",
        choices=ShownAs.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="What was posted keeps the way in which it was posted.",
        error_messages={"required": "Select at least one way in which people may be shown"},
    )
    shown_as = forms.ChoiceField(
        label="Unless they choose another", choices=ShownAs.choices, widget=forms.RadioSelect
    )
    bank_holidays = forms.ChoiceField(label="Bank holidays of", choices=BankHolidays.choices)

    class Meta:
        model = FeedbackPolicy
        fields = ("ways_to_be_shown", "shown_as", "answer_within_days", "update_every_days")
        widgets = {name: forms.NumberInput(NARROW) for name in ("answer_within_days", "update_every_days")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank_holidays"].initial = self.instance.organisation.bank_holidays

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ways = cleaned.get("ways_to_be_shown")
        if ways and cleaned.get("shown_as") not in ways:
            self.add_error("shown_as", "Select one of the ways in which people may be shown")
        return cleaned
