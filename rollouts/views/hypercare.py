"""The end of a tranche: hypercare with its exit criteria, reflection, close."""

from __future__ import annotations

from typing import Any

from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fleet.web.requests import signed_in
from rollouts.forms.verbs import CriterionForm, HypercareForm, ReflectionForm
from rollouts.models import ExitCriterion, Tranche
from rollouts.services import lifecycle
from rollouts.services.transitions import available
from rollouts.views.base import DirectAction, TrancheAction
from rollouts.views.frame import frame, visible_tranche
from rollouts.vocabulary import TrancheState


def days_left(tranche: Tranche) -> int:
    """Whole days until hypercare may end; none before it started."""
    ends_on = lifecycle.hypercare_ends_on(tranche)
    return max((ends_on - timezone.localdate()).days, 0) if ends_on else 0


@require_safe
def tranche_hypercare(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    tranche = visible_tranche(user, pk)
    verbs = available(user, tranche)
    is_on = tranche.state == TrancheState.HYPERCARE
    shown = {
        "ends_on": lifecycle.hypercare_ends_on(tranche),
        "days_left": days_left(tranche),
        "criteria": tranche.exit_criteria.select_related("met_by"),
        "missing": lifecycle.missing_for_exit(tranche) if is_on else [],
        "may_change": "set_exit_criteria" in verbs,
        "may_end": "end_hypercare" in verbs,
        "reflection": getattr(tranche, "reflection", None),
    }
    return render(
        request, "rollouts/tranche_hypercare.html", shown | frame(tranche, "tranche-hypercare", user)
    )


class StartHypercare(TrancheAction):
    verb = "start_hypercare"
    form_class = HypercareForm
    heading = "Start hypercare"
    submit = "Start hypercare"

    @property
    def consequence(self) -> str:  # type: ignore[override]
        days = self.tranche.hypercare_days
        return (
            "Handovers end: whoever still waits is deferred, and the device allocated to them is free again. "
            f"Early life support lasts {days} days from today. This cannot be undone."
        )

    def perform(self, form: HypercareForm) -> str:
        lifecycle.start_hypercare(tranche=self.tranche, reason=form.cleaned_data["reason"], by=self.user)
        return f"Hypercare of {self.tranche} has started."


class EndHypercare(TrancheAction):
    verb = "end_hypercare"
    section = "tranche-hypercare"
    template_name = "rollouts/confirm.html"
    heading = "End hypercare?"
    submit = "End hypercare"
    consequence = "Early life support ends and the pause to reflect begins. This cannot be undone."

    def perform(self, form: Any) -> str:
        lifecycle.end_hypercare(tranche=self.tranche, by=self.user)
        return f"Hypercare of {self.tranche} has ended. Record what was learnt while it is fresh."


class AddCriterion(TrancheAction):
    verb = "set_exit_criteria"
    section = "tranche-hypercare"
    form_class = CriterionForm
    heading = "Add an exit criterion"

    def perform(self, form: CriterionForm) -> str:
        lifecycle.add_exit_criterion(tranche=self.tranche, text=form.cleaned_data["text"], by=self.user)
        return "The exit criterion was added."


class MeetCriterion(DirectAction):
    verb = "set_exit_criteria"
    section = "tranche-hypercare"

    def load(self) -> None:
        self.criterion = get_object_or_404(ExitCriterion, pk=self.kwargs["pk"])
        self.open(visible_tranche(self.user, self.criterion.tranche_id))

    def perform(self, form: Any) -> str:
        lifecycle.meet_exit_criterion(criterion=self.criterion, by=self.user)
        return f"Met: {self.criterion}"


class Reflect(TrancheAction):
    verb = "record_reflection"
    form_class = ReflectionForm
    heading = "Record the reflection"
    consequence = "The next tranche cannot go before this one's lessons are recorded."

    def form_kwargs(self) -> dict[str, Any]:
        recorded = getattr(self.tranche, "reflection", None)
        initial = model_to_dict(recorded, ["what_happened", "lessons", "owner"]) if recorded else {}
        return {"tranche": self.tranche, "initial": initial}

    def perform(self, form: ReflectionForm) -> str:
        lifecycle.record_reflection(tranche=self.tranche, by=self.user, **form.cleaned_data)
        return f"The reflection on {self.tranche} was recorded."


class Close(TrancheAction):
    verb = "close"
    template_name = "rollouts/confirm.html"
    heading = "Close the tranche?"
    submit = "Close the tranche"
    consequence = "Nothing about it can be changed afterwards. This cannot be undone."

    def perform(self, form: Any) -> str:
        lifecycle.close(tranche=self.tranche, by=self.user)
        return f"{self.tranche} is closed."
