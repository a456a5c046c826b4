"""Recording an approval with its conditions, and signing the statements among them."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.forms.parts import NARROW, FactsForm
from fleet.models import Approval
from fleet.vocabulary import Control
from fleet.web.forms import GovukForm

READ_FROM_MDM = [(one.value, one.label) for one in (Control.ENCRYPTED, Control.PASSCODE, Control.SUPERVISED)]


class LinesField(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 3}), required=False, **kwargs)

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class ApprovalForm(FactsForm):
    controls = forms.MultipleChoiceField(
        label="Conditions that the MDM tells",
        choices=READ_FROM_MDM,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    software = LinesField(
        label="Controls that must be installed",
        help_text="One a line, by the name that the MDM reports: Managed container, for example.",
    )
    statements = LinesField(
        label="Statements that somebody must sign", help_text="One a line. They are signed on the next page."
    )

    class Meta:
        model = Approval
        fields = (
            "platform",
            "minimum_version",
            "classification",
            "authority",
            "reference",
            "valid_from",
            "valid_until",
        )
        labels = {"minimum_version": "From OS version", "authority": "Approved by"}
        help_texts = {"classification": "It covers lower classifications of the same scheme, too."}
        widgets = {"minimum_version": forms.TextInput(NARROW)}


class SignForm(GovukForm):
    signed_by = forms.CharField(label="Signed by", max_length=200)
    signed_on = forms.DateField(label="Signed on")
    signed_until = forms.DateField(label="Holds until", required=False)
