"""Classification schemes, classifications, switches, and what classifications become."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.forms.parts import NARROW, FactsForm, name_empty_choices
from fleet.models import Classification, ClassificationScheme, SchemeSwitch
from fleet.services.schemes.mapping import Choice, mapping_of
from fleet.vocabulary import Carrying
from fleet.web.forms import GovukForm


class SchemeForm(FactsForm):
    class Meta:
        model = ClassificationScheme
        fields = ("code", "name", "valid_from", "valid_until")
        widgets = {"code": forms.TextInput(NARROW)}
        help_texts = {"code": "Short; files and the API name the scheme by it."}


class ClassificationForm(FactsForm):
    class Meta:
        model = Classification
        fields = ("scheme", "code", "name", "rank", "valid_from", "valid_until")
        widgets = {"code": forms.TextInput(NARROW)}
        help_texts = {
            "code": "No other classification of the organisation has it, whatever its scheme.",
            "rank": "A higher rank is more sensitive. An approval covers lower ranks of its scheme, too.",
        }


class SwitchForm(FactsForm):
    class Meta:
        model = SchemeSwitch
        fields = ("from_scheme", "to_scheme", "switches_on")
        labels = {
            "from_scheme": "Scheme that ends",
            "to_scheme": "Scheme that takes its place",
            "switches_on": "First day of the new scheme",
        }


class MappingForm(GovukForm):
    """For each classification of the old scheme: what it becomes, and whether approvals carry over."""

    def __init__(self, *args: Any, switch: SchemeSwitch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ladder = list(Classification.objects.filter(scheme=switch.from_scheme_id).order_by("rank"))
        known = mapping_of(switch)
        for one in self.ladder:
            self._ask(one, switch, known.get(one.pk))
        name_empty_choices(self)

    def _ask(self, one: Classification, switch: SchemeSwitch, known: Any) -> None:
        choices = Classification.objects.filter(scheme=switch.to_scheme_id).order_by("rank")
        self.fields[f"becomes_{one.pk}"] = forms.ModelChoiceField(
            choices, required=False, label=f"{one} becomes", initial=known and known.becomes
        )
        self.fields[f"approvals_{one.pk}"] = forms.ChoiceField(
            choices=Carrying.choices,
            label=f"An approval for {one}",
            initial=known.approvals if known else Carrying.FULL,
        )
        self.fields[f"note_{one.pk}"] = forms.CharField(
            required=False, max_length=300, label=f"Note on {one}", initial=known.note if known else ""
        )

    def choices(self) -> dict[Classification, Choice | None]:
        """What was chosen for each; None where nothing was."""
        data = self.cleaned_data
        return {
            one: Choice(becomes=becomes, approvals=data[f"approvals_{one.pk}"], note=data[f"note_{one.pk}"])
            if (becomes := data[f"becomes_{one.pk}"])
            else None
            for one in self.ladder
        }
