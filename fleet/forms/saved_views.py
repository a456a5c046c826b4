"""Naming, renaming and sharing a view of a list."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.models import Organisation, User
from fleet.web.forms import GovukForm


class RenameViewForm(GovukForm):
    name = forms.CharField(max_length=100, label="Name of the view")
    is_shared = forms.BooleanField(
        required=False,
        label="Share it",
        help_text="Everybody with a role in the organisation finds it above the list.",
    )


class SaveViewForm(RenameViewForm):
    """The organisation is asked for where the person has roles in several."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), required=False, empty_label=None, label="In which organisation"
    )
    list = forms.CharField(widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Organisation.objects.filter(pk__in=user.access.organisation_ids()).order_by("name")
        self.fields["organisation"].queryset = found  # type: ignore[attr-defined]
        self.only = found[0] if len(found) == 1 else None
        if self.only:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        organisation = self.only or data.get("organisation")
        if organisation is None and not self.errors:
            self.add_error(
                "organisation" if "organisation" in self.fields else None, "Select an organisation"
            )
        return data | {"organisation": organisation}
