"""Choosing a file of comments."""

from __future__ import annotations

from typing import Any

from django import forms

from feedback.models import FeedbackImport
from fleet.models import Organisation, User
from fleet.web.forms import GovukForm


class ImportForm(GovukForm):
    """Asks for the organisation only where there is a choice."""

    organisation: Any = forms.ModelChoiceField(Organisation.objects.none(), empty_label="Choose one")
    source = forms.CharField(
        label="Where were they said?",
        max_length=FeedbackImport._meta.get_field("source").max_length,
        help_text="Such as “Staff forum 2011”. Use the same words for a later file from there: what came "
        "before is then known again.",
    )
    file = forms.FileField(
        help_text="CSV, XLSX, ODS or JSON. Nothing is changed yet.",
        error_messages={"empty": "The file is empty. Choose another."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = user.access.whole_organisation_ids("feedback.moderate")
        found = Organisation.objects.filter(pk__in=where).order_by("name")
        self.only = found[0] if len(found) == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            field: Any = self.fields["organisation"]
            field.queryset = found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return cleaned | ({"organisation": self.only} if self.only else {})
