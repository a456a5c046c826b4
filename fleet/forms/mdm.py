"""MDM sources and decisions on conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from fleet.errors import Invalid
from fleet.mdm.sources import Auth
from fleet.models import Device, Organisation, User
from fleet.services.imports.receiving import refuse_size
from fleet.vocabulary import SourceAuth, SourceKind
from fleet.web.forms import GovukForm

NEW, DISMISS = "new", "dismiss"


class SourceForm(GovukForm):
    name = forms.CharField(max_length=100, help_text="As your people call it: Tablets MDM, for example.")
    silent_after_hours = forms.IntegerField(
        label="Warn when silent for (hours)",
        help_text="A little longer than it usually takes between two pushes.",
        min_value=1,
        max_value=24 * 90,
        initial=26,
        error_messages={"required": "Enter after how many hours without a push to warn"},
    )
    auth = forms.ChoiceField(
        label="How it proves who it is",
        choices=SourceAuth.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=SourceAuth.BEARER,
        help_text="What the sender can do; a bearer token where it can.",
    )
    auth_header = forms.CharField(
        label="Header",
        max_length=60,
        required=False,
        help_text="Only for a header of its own: X-Tranche-Token.",
    )
    oidc_audience = forms.CharField(
        label="Audience",
        max_length=300,
        required=False,
        help_text="Only for Google's identity token: as the push subscription names it.",
    )
    oidc_email = forms.EmailField(
        label="Service account",
        max_length=254,
        required=False,
        help_text="Only for Google's identity token: the e-mail address that the push subscription uses.",
    )

    def clean(self) -> dict[str, Any]:
        """Gives the words of `create_source` and `change_source`."""
        cleaned = super().clean() or self.cleaned_data
        way, *parts = (
            cleaned.pop(name, "") for name in ("auth", "auth_header", "oidc_audience", "oidc_email")
        )
        return cleaned | {"auth": Auth(way or SourceAuth.BEARER, *parts)}


class NewSourceForm(SourceForm):
    """Asks for the organisation only where there is a choice."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), empty_label="Choose one")
    kind = forms.ChoiceField(choices=SourceKind.choices, help_text="The form in which it sends.")
    field_order = ("organisation", "name", "kind", "auth", "auth_header", "oidc_audience", "oidc_email")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = user.access.whole_organisation_ids("mdm.manage")
        organisations = Organisation.objects.filter(pk__in=where)
        self.only = organisations.first() if organisations.count() == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            field: Any = self.fields["organisation"]
            field.queryset = organisations

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return cleaned | ({"organisation": self.only} if self.only else {})


class UploadForm(GovukForm):
    file = forms.FileField(
        label="File",
        help_text="CSV or JSON as the system exports it, also in a ZIP file, up to 32 MB.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            refuse_size(file.size)
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error
        return file


class DecisionForm(GovukForm):
    """One of the devices that the record names, a new one, or none; `device` is the one chosen."""

    decision = forms.ChoiceField(
        label="Which device is this record about?",
        help_text="The device that you choose gets the identifier; the others lose it, save for a serial.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which device the record is about"},
    )
    reason = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Say why where you drop the record; otherwise it is up to you.",
    )

    def __init__(self, *args: Any, devices: Sequence[Device], can_be_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.devices = {str(device.pk): device for device in devices}
        choices = [(key, _called(device)) for key, device in self.devices.items()]
        choices += [(NEW, "A device that is not known yet")] if can_be_new else []
        field: Any = self.fields["decision"]
        field.choices = [*choices, (DISMISS, "None: the record is wrong, drop it whenever it comes")]

    def clean(self) -> dict[str, Any]:
        """Gives the words of `fleet.mdm.conflicts.decide`."""
        cleaned = super().clean() or self.cleaned_data
        device = self.devices.get(cleaned.get("decision", ""))
        return cleaned | ({"decision": "device", "device": device} if device else {})


def _called(device: Device) -> str:
    parts = [device.model_name, f"serial {device.serial}" if device.serial else ""]
    known = ", ".join(filter(None, parts))
    return f"{device} ({known})" if known else str(device)
