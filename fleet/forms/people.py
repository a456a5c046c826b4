"""Facts of a member of staff."""

from __future__ import annotations

from django import forms

from fleet.forms.parts import NARROW, FactsForm
from fleet.models import StaffMember
from fleet.vocabulary import AssistiveTechnology


class StaffMemberForm(FactsForm):
    assistive_needs = forms.MultipleChoiceField(
        label="Assistive technology needed",
        choices=AssistiveTechnology.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = StaffMember
        fields = (
            "staff_number",
            "name",
            "email",
            "upn",
            "site",
            "job_role",
            "fte",
            "work_style",
            "group",
            "assistive_needs",
            "classification",
            "starts_on",
            "leaves_on",
        )
        labels = {"email": "Work email address", "starts_on": "Starts on", "leaves_on": "Leaves on"}
        help_texts = {"fte": "1 for full time, 0.5 for half.", "leaves_on": "The last day at work."}
        widgets = {"staff_number": forms.TextInput(NARROW)}
