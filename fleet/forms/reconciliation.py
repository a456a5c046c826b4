"""Accepting a discrepancy for a time."""

from __future__ import annotations

from django import forms

from fleet.web.forms import GovukForm


class DismissForm(GovukForm):
    reason = forms.CharField(
        max_length=500, widget=forms.Textarea({"rows": 3}), help_text="Why it may stay as it is for now."
    )
    until = forms.DateField(label="Until", help_text="It is open again on the day after; a year at most.")
