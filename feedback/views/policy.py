"""An organisation's rules for feedback: how people may be shown, by when answers are due."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from feedback.forms.policies import PolicyForm
from feedback.models import FeedbackPolicy
from feedback.services.policies import save_policy
from feedback.vocabulary import ShownAs
from fleet.models import Organisation, User
from fleet.views.facts import FactsForm
from fleet.views.shown import Section
from fleet.web import text
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in

PERMISSION = "feedback.moderate"


def moderated_by(user: User) -> Any:
    """The organisations in the whole of which the person moderates."""
    where = user.access.whole_organisation_ids(PERMISSION)
    return Organisation.objects.filter(pk__in=where).select_related("feedback_policy").order_by("name")


def policy_of(organisation: Any) -> FeedbackPolicy:
    found: FeedbackPolicy | None = getattr(organisation, "feedback_policy", None)
    return found or FeedbackPolicy(organisation=organisation)


class PolicyList(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        found = list(moderated_by(signed_in(request)))
        if not found:
            raise Http404
        shown = [(one, _section(policy_of(one))) for one in found]
        return render(request, "feedback/policy_list.html", {"policies": shown})


def _section(policy: FeedbackPolicy) -> Section:
    labels = dict(ShownAs.choices)
    rows = [
        SummaryRow("People may be shown", ", ".join(str(labels[way]) for way in policy.ways_to_be_shown)),
        SummaryRow("Unless they choose", policy.get_shown_as_display()),
        SummaryRow("An official response is due", text.counted(policy.answer_within_days, "working day")),
        SummaryRow("From one update to the next", text.counted(policy.update_every_days, "working day")),
        SummaryRow("Bank holidays of", policy.organisation.get_bank_holidays_display()),
    ]
    return Section(str(policy.organisation), rows)


class EditPolicy(FactsForm):
    form_class = PolicyForm
    permission = PERMISSION
    heading = "Rules for feedback"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        assert self.organisation
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def organisation(self) -> Organisation:
        found: Organisation = get_object_or_404(moderated_by(signed_in(self.request)), pk=self.kwargs["pk"])
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        self.policy = policy_of(self.organisation)
        return super().get_form_kwargs() | {"instance": self.policy}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": str(self.organisation)}

    def do(self, data: dict[str, Any]) -> str:
        save_policy(policy=self.policy, bank_holidays=data["bank_holidays"])
        return f"The rules of {self.organisation} are saved."

    def get_success_url(self) -> str:
        return reverse("feedback:policy-list")
