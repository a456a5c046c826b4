"""MDM sources and decisions on conflicts."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.forms.parts import NARROW
from fleet.models import IdentityConflict, Organisation, User
from fleet.vocabulary import SourceKind
from fleet.web.forms import GovukForm

NEW, DISMISS = "new", "dismiss"


class SourceForm(GovukForm):
    """What is asked of a new source; its organisation only where there is a choice."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), empty_label="Choose one")
    name = forms.CharField(max_length=100, help_text="As your people call it: Tablets MDM, for example.")
    kind = forms.ChoiceField(choices=SourceKind.choices)
    silent_after_hours = forms.IntegerField(
        label="Warn when silent for (hours)", min_value=1, max_value=24 * 90, initial=26
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(pk__in=user.access.organisation_ids("mdm.manage"))
        self.only = organisations.first() if organisations.count() == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            field: Any = self.fields["organisation"]
            field.queryset = organisations

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return cleaned | ({"organisation": self.only} if self.only else {})


class DecisionForm(GovukForm):
    """One of the devices that the record names, another by its serial or tag, a new one, or none."""

    decision = forms.ChoiceField(label="Which device is this record about?", widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3} | NARROW),
        help_text="Needed where you dismiss the record.",
    )

    def __init__(self, *args: Any, conflict: IdentityConflict, can_be_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(device.pk), f"Device {device}") for device in conflict.devices.all()]
        choices += [(NEW, "A device that is not known yet")] if can_be_new else []
        field: Any = self.fields["decision"]
        field.choices = [*choices, (DISMISS, "None: the record is wrong, drop it whenever it comes")]
