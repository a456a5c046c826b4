"""What the verbs on a tranche and on its people ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.models import User
from fleet.web.forms import GovukForm
from rollouts.models import Tranche
from rollouts.vocabulary import GateOutcome


def users_of(tranche: Tranche) -> Any:
    """Those with a role in the tranche's organisation today: whom a waiver or lesson may belong to."""
    return User.objects.with_roles_in([tranche.programme.organisation_id])


def long_text(label: str, help_text: str = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea({"rows": 4}), **kwargs)


class ReasonForm(GovukForm):
    """Why something is done to a tranche or to a person's place in it."""

    reason = long_text("Reason", max_length=300)


class HoldForm(GovukForm):
    reason = long_text("Why it is held", "Everybody who opens the tranche sees this.", max_length=500)


class ReleaseForm(GovukForm):
    reason = long_text("Why it may go on", max_length=500)


class HypercareForm(GovukForm):
    """The reason is for a tranche in which somebody is still waiting."""

    reason = long_text(
        "Reason",
        "Only needed while somebody has not been handed a device. They are deferred for this reason.",
        required=False,
        max_length=300,
    )


class ProposeForm(GovukForm):
    recommendation = forms.ChoiceField(
        label="What do you recommend?",
        choices=GateOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you recommend"},
    )
    proposal = long_text("Why", "The person who decides reads this beside the evidence.")


class DecideForm(GovukForm):
    """`seal` is that of the evidence which the decider has seen."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=GateOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you decide"},
    )
    rationale = long_text("Rationale", "For a conditional go, name each condition and who sees to it.")
    seal = forms.CharField(widget=forms.HiddenInput)


class CriterionForm(GovukForm):
    text = forms.CharField(
        label="Exit criterion",
        help_text="Something that can be seen to be true, such as “No open ticket is older than two days”.",
        max_length=300,
    )


class ReflectionForm(GovukForm):
    what_happened = long_text("What happened", "What went as planned and what did not, with figures.")
    lessons = long_text("Lessons", "What the next tranche will do differently.")
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Who sees to the lessons",
        empty_label="Select a person",
    )

    def __init__(self, *args: Any, tranche: Tranche, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = users_of(tranche)  # type: ignore[attr-defined]
