"""Recording what happened to a device."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from fleet.forms.parts import PersonField, name_empty_choices
from fleet.models import Device, Site, StaffMember, User
from fleet.services.custody import kinds_open_to
from fleet.services.reservations import Reservation, reservations_of
from fleet.web.forms import GovukForm


class CustodyForm(GovukForm):
    kind = forms.ChoiceField(label="What happened", widget=forms.RadioSelect)
    at = forms.DateField(
        label="On which day", help_text="For example, 27 3 2026. Today unless you change it."
    )
    holder = PersonField(
        label="Who takes it",
        required=False,
        help_text="Staff number or email address. Needed when a device is issued or lent.",
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), required=False, help_text="Where it is now. Needed when it is received or moved."
    )
    note = forms.CharField(required=False, max_length=500, widget=forms.Textarea({"rows": 3}))

    despite_reservation = forms.BooleanField(label="Issue or lend it to somebody else", required=False)

    def __init__(self, *args: Any, user: User, device: Device, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_open_to(device)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["at"].initial = timezone.localdate()
        self.fields["holder"].people = StaffMember.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["site"].queryset = Site.objects.visible_to(user)  # type: ignore[attr-defined]
        self._ask_about(reservations_of(device))
        name_empty_choices(self)

    def _ask_about(self, reservations: Sequence[Reservation]) -> None:
        """The tick is shown only of a device that is kept for somebody."""
        if reservations:
            self.fields["despite_reservation"].help_text = " ".join(map(str, reservations))
        else:
            del self.fields["despite_reservation"]

    def clean_at(self) -> datetime:
        """Now for today; noon for another day, of which nobody knows the hour."""
        day = self.cleaned_data["at"]
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        return timezone.now() if day == timezone.localdate() else noon
