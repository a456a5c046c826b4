"""Facts of a device model."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.forms.parts import NARROW, FactsForm, PoundsField
from fleet.models import DeviceModel
from fleet.vocabulary import AssistiveTechnology


class DeviceModelForm(FactsForm):
    price_pence = PoundsField(label="Price in pounds", required=False)
    assistive_supported = forms.MultipleChoiceField(
        label="Assistive technology supported",
        choices=AssistiveTechnology.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = DeviceModel
        fields = (
            "manufacturer",
            "name",
            "identifier",
            "platform",
            "form_factor",
            "price_pence",
            "supported_until",
            "assistive_supported",
        )
        help_texts = {
            "identifier": "The maker's own, which MDMs report: iPad13,4 for example.",
            "supported_until": "The last day on which the maker mends security faults.",
        }
        widgets = {"identifier": forms.TextInput(NARROW)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        maker, name, identifier = (cleaned.get(key) for key in ("manufacturer", "name", "identifier"))
        if maker and name:
            self.refuse_taken("name", f"{maker} {name} is listed already.", manufacturer=maker, name=name)
        if identifier:
            message = f"The identifier {identifier} is that of {{other}} already."
            self.refuse_taken("identifier", message, identifier__iexact=identifier)
        return cleaned
