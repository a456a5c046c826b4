"""Inviting to a role, accepting, ending it, and what a role permits."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.access import PERMISSIONS
from fleet.forms.parts import NARROW, PersonField
from fleet.models import Organisation, Role, Site, StaffMember, User
from fleet.services.grants import MANAGE
from fleet.services.roles import may_edit_roles
from fleet.web.forms import GovukForm


class InviteForm(GovukForm):
    """Offers the organisations in which this person gives roles; sites are named by their codes."""

    email = forms.EmailField(
        label="Email address",
        help_text="The invitation goes there, and only this address can accept it.",
        error_messages={"invalid": "Enter an email address, like name@example.gov.uk"},
    )
    name = forms.CharField(max_length=200, required=False, help_text="As it will stand in lists.")
    organisation = forms.ModelChoiceField(Organisation.objects.none(), empty_label=None)
    role = forms.ModelChoiceField(
        Role.objects.none(), empty_label="Choose a role", error_messages={"required": "Select a role"}
    )
    sites = forms.CharField(
        label="At these sites only",
        required=False,
        help_text="Site codes with commas between them. Leave empty for the whole organisation.",
        widget=forms.TextInput(NARROW),
    )
    ends_on = forms.DateField(
        label="Last day of the role", required=False, help_text="Leave empty where no end is known."
    )
    staff_member = PersonField(
        label="Who it is on the staff list",
        required=False,
        help_text="Staff number or email address. They will then see their own record and devices.",
        widget=forms.TextInput(NARROW),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managed = user.access.whole_organisation_ids(MANAGE)
        fields: Any = self.fields
        fields["role"].queryset = Role.objects.offered().in_organisations(managed)
        fields["staff_member"].people = StaffMember.objects.filter(organisation__in=managed)
        field = fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=managed)
        if len(managed) == 1:
            field.initial = field.queryset.first()

    def clean(self) -> dict[str, Any]:
        """Gives `sites` as rows of the organisation."""
        cleaned = super().clean() or self.cleaned_data
        codes = [code.strip() for code in cleaned.get("sites", "").split(",") if code.strip()]
        organisation = cleaned.get("organisation")
        found, unknown = Site.objects.coded(organisation, codes) if organisation else ([], [])
        if unknown:
            self.add_error("sites", f"No site has the code {', '.join(unknown)}. Look them up under Sites")
        return cleaned | {"sites": found}


class EndRoleForm(GovukForm):
    last_day = forms.DateField(label="Last day", required=False, help_text="Leave empty to end the role now.")


class HandOverForm(GovukForm):
    """`seen` is the fingerprint of what was shown; empty at first."""

    to = forms.EmailField(
        label="To whom",
        help_text="The email address of their account.",
        error_messages={"required": "Enter the email address of the person who takes over"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class NewPersonForm(GovukForm):
    """An invited person's name and password."""

    name = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        strip=False,
        help_text="At least 12 characters; not a common password, not only digits.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Password again",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password again"},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("again") and cleaned["again"] != cleaned.get("password"):
            self.add_error("again", "The two passwords are not the same. Enter them again")
        return cleaned


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


class AddRoleForm(RoleForm):
    """Offers the organisations where this person manages access, and all of them to who manages each."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Whose role it is",
        required=False,
        help_text="An organisation's own role is given there alone, and changed by those who manage access.",
    )
    field_order = ("organisation",)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=user.access.whole_organisation_ids(MANAGE))
        field.required = not may_edit_roles(user)
        field.empty_label = None if field.required else "All organisations"
