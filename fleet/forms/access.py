"""Giving a role, and naming a personal token."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.access import PERMISSIONS
from fleet.forms.parts import NARROW
from fleet.models import Organisation, Role, Site, User
from fleet.services.accounts import MANAGE
from fleet.web.forms import GovukForm


class GiveRoleForm(GovukForm):
    """Offers the organisations in which this person gives roles; sites are named by their codes."""

    email = forms.EmailField(
        label="Email address",
        help_text="Somebody new gets an account and a password for the first time.",
        error_messages={"invalid": "Enter an email address, like name@example.gov.uk"},
    )
    name = forms.CharField(max_length=200, required=False, help_text="Only for somebody new.")
    organisation = forms.ModelChoiceField(Organisation.objects.none(), empty_label=None)
    role = forms.ModelChoiceField(
        Role.objects.all(), empty_label="Choose a role", error_messages={"required": "Select a role"}
    )
    sites = forms.CharField(
        label="At these sites only",
        required=False,
        help_text="Site codes with commas between them. Leave empty for the whole organisation.",
        widget=forms.TextInput(NARROW),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managed = user.access.whole_organisation_ids(MANAGE)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=managed)
        if len(managed) == 1:
            field.initial = field.queryset.first()

    def clean(self) -> dict[str, Any]:
        """Gives `sites` as rows of the organisation."""
        cleaned = super().clean() or self.cleaned_data
        codes = [code.strip() for code in cleaned.get("sites", "").split(",") if code.strip()]
        found = {site.code: site for site in self._sites(cleaned.get("organisation"), codes)}
        if unknown := [code for code in codes if code not in found]:
            self.add_error("sites", f"No site has the code {', '.join(unknown)}. Look them up under Sites")
        return cleaned | {"sites": list(found.values())}

    def _sites(self, organisation: Organisation | None, codes: list[str]) -> list[Site]:
        return list(Site.objects.filter(organisation=organisation, code__in=codes)) if organisation else []


class RoleForm(GovukForm):
    name = forms.CharField(max_length=100)
    description = forms.CharField(label="What it is for", max_length=300, required=False)
    permissions = forms.MultipleChoiceField(
        label="What it permits",
        choices=lambda: list(PERMISSIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    requires_second_factor = forms.BooleanField(
        label="Whoever holds it must sign in with a code from an authenticator app as well",
        help_text="Those who have not set one up are asked to before any other page opens.",
        required=False,
    )


class NameTokenForm(GovukForm):
    name = forms.CharField(
        label="What it is for", max_length=100, help_text="The script or the system that will use it."
    )
