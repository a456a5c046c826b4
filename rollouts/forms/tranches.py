"""The form of a tranche: its dates, and the criteria that choose its people."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.models import Site
from fleet.vocabulary import WorkStyle
from fleet.web.forms import GovukModelForm
from rollouts import rules
from rollouts.forms.choices import (
    DataChoices,
    LinesField,
    add_refusals,
    offer_staff_words,
    refuse_taken,
    staff_words,
)
from rollouts.models import Tranche
from rollouts.services.membership import Criteria


class TrancheForm(GovukModelForm):
    """A tranche that is still draft or planned, so that its people follow its criteria."""

    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: every site.",
    )
    job_roles = DataChoices(required=False, help_text="None ticked: every job role.")
    work_styles = forms.MultipleChoiceField(
        choices=WorkStyle,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: every work style.",
    )
    groups = LinesField(
        label="Teams or political groups",
        required=False,
        help_text="One a line. None named: every team or group.",
    )

    class Meta:
        model = Tranche
        fields = [
            "number",
            "name",
            "handover_starts_on",
            "handover_ends_on",
            "decision_due_on",
            "hypercare_days",
            "sites",
            "job_roles",
            "work_styles",
            "groups",
        ]
        help_texts = {
            "decision_due_on": "The day by which the gate must be decided.",
            "hypercare_days": "How long early life support lasts after the last handover.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = self.instance.programme
        sites = Site.objects.filter(organisation=self.programme.organisation_id)
        self.fields["sites"].queryset = sites  # type: ignore[attr-defined]
        offer_staff_words(self, self.programme.organisation_id, job_roles="job_role")

    def clean_number(self) -> int:
        number = int(self.cleaned_data["number"])
        taken = f"Number {number} is taken by another tranche of this programme"
        refuse_taken(self, self.programme.tranches.all(), taken, number=number)
        return number

    def clean_groups(self) -> list[str]:
        groups: list[str] = self.cleaned_data["groups"]
        unknown = {*groups} - {*staff_words(self.programme.organisation_id, "group")} if groups else set()
        if unknown:
            named = ", ".join(sorted(unknown))
            raise forms.ValidationError(f"Nobody is in {named}; check how the staff list spells it")
        return groups

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        add_refusals(self, rules.of_tranche(self.instance, self.programme, dict(cleaned)))
        return cleaned

    def save(self, commit: bool = True) -> Tranche:
        """Writes the fields that were asked for and no others: the state may have moved meanwhile."""
        tranche: Tranche = super().save(commit=False)
        asked = [name for name in self.fields if name != "sites"]
        tranche.save(update_fields=asked if tranche.pk else None)
        self.save_m2m()
        return tranche

    def criteria(self) -> Criteria:
        """What was ticked, of a form that is valid."""
        ticked = self.cleaned_data
        return Criteria(
            organisation_id=self.programme.organisation_id,
            site_ids=frozenset(site.pk for site in ticked["sites"]),
            job_roles=frozenset(ticked["job_roles"]),
            work_styles=frozenset(ticked["work_styles"]),
            groups=frozenset(ticked["groups"]),
        )
