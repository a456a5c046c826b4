"""Erasing a person: at whose request and why, and that one means it."""

from __future__ import annotations

from django import forms

from fleet.vocabulary import ErasureAskedBy
from fleet.web.forms import GovukForm


class EraseForm(GovukForm):
    asked_by = forms.ChoiceField(
        choices=ErasureAskedBy.choices, widget=forms.RadioSelect, label="At whose request"
    )
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        label="Reason",
        help_text="It is kept. Give a case number, and nothing that names the person.",
    )
    force = forms.BooleanField(
        required=False, label="Erase this person although they have not left or still hold a device"
    )
    confirmed = forms.BooleanField(
        label="I understand that this cannot be undone",
        error_messages={"required": "Tick that you understand that this cannot be undone"},
    )
