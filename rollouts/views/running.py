"""What is done to a tranche as a whole while people get their devices: plan, recompute, hold, release."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from rollouts.forms.verbs import HoldForm, ReleaseForm
from rollouts.services import computing, lifecycle, removal
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


class Unplan(TrancheAction):
    verb = "unplan"
    template_name = "rollouts/confirm.html"
    heading = "Put the tranche back to draft?"
    submit = "Put back to draft"
    consequence = "Its people can be planned in another tranche again. A draft can be deleted."

    def perform(self, form: Any) -> str:
        lifecycle.unplan(tranche=self.tranche, by=self.user)
        return f"{self.tranche} is a draft again."


class Delete(TrancheAction):
    verb = "delete"
    template_name = "rollouts/confirm.html"
    heading = "Delete the tranche?"
    submit = "Delete the tranche"
    consequence = "Devices allocated to its people are free again. This cannot be undone."

    @property
    def next_url(self) -> str:
        return reverse("rollouts:programme-detail", args=[self.tranche.programme_id])

    def perform(self, form: Any) -> str:
        name = str(self.tranche)
        removal.delete_tranche(tranche=self.tranche, by=self.user)
        return f"{name} was deleted."


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
