"""What is done to a tranche as a whole while people get their devices: plan, recompute, hold, release."""

from __future__ import annotations

from typing import Any

from rollouts.forms.verbs import HoldForm, ReleaseForm
from rollouts.services import computing, lifecycle
from rollouts.views.base import DirectAction, TrancheAction


class Plan(TrancheAction):
    verb = "plan"
    template_name = "rollouts/confirm.html"
    heading = "Mark the tranche as planned?"
    submit = "Mark as planned"
    consequence = "Its people are spoken for from now on: nobody can be in two planned tranches at once."

    def perform(self, form: Any) -> str:
        lifecycle.plan(tranche=self.tranche, by=self.user)
        return f"{self.tranche} is planned."


class Recompute(DirectAction):
    verb = "recompute"

    def perform(self, form: Any) -> str:
        computing.recompute(tranche=self.tranche, by=self.user)
        return "Readiness is being computed. This page shows the new figures as soon as they are there."


class HoldTranche(TrancheAction):
    verb = "hold"
    form_class = HoldForm
    heading = "Hold the tranche"
    submit = "Hold the tranche"
    consequence = "No more devices should be handed over until somebody releases it."

    def perform(self, form: HoldForm) -> str:
        lifecycle.hold(tranche=self.tranche, reason=form.cleaned_data["reason"], by=self.user)
        return f"{self.tranche} is held."


class ReleaseTranche(TrancheAction):
    verb = "release"
    form_class = ReleaseForm
    heading = "Release the hold"
    submit = "Release the hold"

    def perform(self, form: ReleaseForm) -> str:
        lifecycle.release(tranche=self.tranche, reason=form.cleaned_data["reason"], by=self.user)
        return f"{self.tranche} goes on."
