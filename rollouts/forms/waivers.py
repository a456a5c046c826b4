"""The form of a waiver: which blocker is accepted, for whom, by whose word, until when."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.models import Site, User
from fleet.web.forms import GovukForm
from rollouts.checks import CHECKS
from rollouts.forms.verbs import long_text, users_of
from rollouts.models import Tranche, TranchePerson
from rollouts.vocabulary import IN_STATES


class WaiverForm(GovukForm):
    """Neither a site nor a person: the waiver covers the whole tranche."""

    check_key = forms.ChoiceField(label="Check")
    site = forms.ModelChoiceField(
        Site.objects.none(), label="Only at this site", required=False, empty_label="The whole tranche"
    )
    person = forms.CharField(
        label="Only for this person",
        help_text="Their staff number. Leave it empty for a site or the whole tranche.",
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Owner",
        help_text="Who answers for the risk while the waiver lasts.",
        empty_label="Select a person",
    )
    reason = long_text("Reason", "Why the blocker can be accepted.", max_length=500)
    expires_on = forms.DateField(
        label="Expires",
        help_text="The last day on which it counts, such as 27 3 2027.",
        widget=forms.DateInput,
    )

    def __init__(self, *args: Any, tranche: Tranche, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tranche = tranche
        titles = [(check.key, check.title) for check in CHECKS.values()]
        self.fields["check_key"].choices = [("", "Select a check"), *titles]  # type: ignore[attr-defined]
        staff = tranche.people.filter(state__in=IN_STATES).values("staff_member__site")
        self.fields["site"].queryset = Site.objects.filter(pk__in=staff)  # type: ignore[attr-defined]
        self.fields["owner"].queryset = users_of(tranche)  # type: ignore[attr-defined]

    def clean_person(self) -> TranchePerson | None:
        number = str(self.cleaned_data["person"]).strip()
        if not number:
            return None
        person = self.tranche.people.filter(staff_member__staff_number=number).first()
        if person is None:
            raise forms.ValidationError(f"Nobody in this tranche has staff number {number}; check the number")
        return person
