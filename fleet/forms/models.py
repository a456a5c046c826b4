"""Facts of a device model."""

from __future__ import annotations

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
