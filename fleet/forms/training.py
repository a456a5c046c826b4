"""The catalogue of training, and what one person did of it."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.forms.parts import NARROW, FactsForm
from fleet.models import Course, TrainingRecord


class CourseForm(FactsForm):
    class Meta:
        model = Course
        fields = ("kind", "code", "name", "validity_months", "is_for_everybody")
        help_texts = {
            "code": "A short name for files, such as INFO-1.",
            "validity_months": "How long a record counts. Empty: it never runs out.",
            "is_for_everybody": "Shown as missing on the page of whoever has no record.",
        }
        widgets = {"code": forms.TextInput(NARROW)}


class TrainingRecordForm(FactsForm):
    """A record of the person whom the instance names already."""

    fixed = ("staff_member",)

    class Meta:
        model = TrainingRecord
        fields = ("course", "completed_on", "valid_until", "provider", "reference")
        help_texts = {
            "completed_on": "A day to come is a booking: it counts from that day on.",
            "valid_until": "The last day on which it counts. Empty: as long as the catalogue says.",
            "provider": "Who gave it, such as a supplier or a site’s trainer.",
            "reference": "Such as the number of a certificate.",
        }
        error_messages = {"completed_on": {"required": "Enter the day on which it was done, or is to be"}}

    def _set_organisation(self, _organisations: Any) -> None:
        self.instance.organisation = self.instance.staff_member.organisation
