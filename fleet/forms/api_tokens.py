"""What a new personal token is for, what it may do and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from fleet.access import PERMISSIONS
from fleet.models import Organisation, User
from fleet.models.tokens import LASTS
from fleet.web.forms import GovukForm

SCOPES = (
    ("read", "Only read what you may see"),
    ("all", "Everything that you may"),
    ("chosen", "Only what is ticked below"),
)


class MakeTokenForm(GovukForm):
    """Offers what the person may do, and where."""

    name = forms.CharField(
        label="What it is for", max_length=100, help_text="The script or the system that will use it."
    )
    scope = forms.ChoiceField(
        label="What it may do", choices=SCOPES, initial="read", widget=forms.RadioSelect
    )
    permissions = forms.MultipleChoiceField(
        label="Only this", required=False, widget=forms.CheckboxSelectMultiple
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="In which organisation", required=False, empty_label="All of yours"
    )
    expires_on = forms.DateField(
        label="Last day",
        help_text="A year from today at most.",
        error_messages={"required": "Enter the last day on which the token works"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        own = [(key, words) for key, words in PERMISSIONS.items() if user.access.may(key)]
        fields["permissions"].choices = own
        organisations = Organisation.objects.visible_to(user)
        fields["organisation"].queryset = organisations
        if len(organisations) < 2:
            del fields["organisation"]
        fields["expires_on"].initial = timezone.localdate() + LASTS

    def clean(self) -> dict[str, Any]:
        """Gives the keywords of `make_token`."""
        cleaned = super().clean() or self.cleaned_data
        scope, ticked = cleaned.pop("scope", ""), cleaned.get("permissions")
        if scope == "chosen" and not ticked:
            self.add_error("permissions", "Tick what the token may do")
        if scope in ("read", "all") and ticked:
            self.add_error(
                "permissions", "Take the ticks away, or select “Only what is ticked below” above them"
            )
        return cleaned | {
            "is_read_only": scope == "read",
            "permissions": ticked if scope == "chosen" else None,
        }
