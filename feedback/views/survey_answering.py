"""What somebody who is asked sees: the surveys that wait for them, and one answer sheet.

They are known by their account, or by the link in their mail. The link's secret goes no further than its
first request; the session keeps which survey it opens.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feedback.forms.sheets import SheetForm, sheet_form
from feedback.middleware import SURVEY_SECRET
from feedback.models import Invitee, Survey
from feedback.services.surveying.answering import answer, decline
from feedback.vocabulary import InviteeState
from fleet.errors import Conflict
from fleet.models import User
from fleet.models.tokens import token_digest
from fleet.views.facts import FactsForm
from fleet.web.forms import GovukForm
from fleet.web.requests import signed_in

KEPT = "surveys"
HINT = "Leave out what would tell who you are: it is shown as you write it."
HINT_NAMED = "It is kept with your name."


class OwnSurveys(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        mine = Invitee.objects.of(signed_in(request)).waiting().select_related("survey__organisation")
        context = {"waiting": mine.order_by("survey__closes_on", "survey_id")}
        return render(request, "feedback/own_surveys.html", context)


@require_safe
@never_cache
@login_not_required
def follow_link(request: HttpRequest, secret: str = "") -> HttpResponse:
    """Keeps in the session whose answer it is, and goes on to the sheet."""
    digest = token_digest(request.META.get(SURVEY_SECRET) or secret)
    survey_id = Invitee.objects.filter(token_digest=digest).values_list("survey", flat=True).first()
    if survey_id is None:
        return render(request, "feedback/survey_over.html", {"survey": None}, status=404)
    kept = request.session.get(KEPT, {})
    request.session[KEPT] = {**kept, str(survey_id): digest}
    return redirect("feedback:survey-answer", survey_id)


def invitee_of(request: HttpRequest, survey_id: int) -> Invitee | None:
    """Whoever's link was followed, else whose account it is."""
    asked = Invitee.objects.filter(survey=survey_id).select_related("survey__organisation", "staff_member")
    if digest := request.session.get(KEPT, {}).get(str(survey_id)):
        return asked.filter(token_digest=digest).first()
    return asked.of(request.user).first() if isinstance(request.user, User) else None


@method_decorator([login_not_required, never_cache], name="dispatch")
class _OnSheet(FactsForm):
    """A page for somebody who was asked; who has answered, or comes too late, is told so."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.invitee is None:
            if isinstance(request.user, User):
                raise Http404
            return redirect_to_login(request.get_full_path())
        if not self.survey.is_answerable() or self.invitee.state != InviteeState.ASKED:
            return render(request, "feedback/survey_over.html", self._over())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def invitee(self) -> Any:
        return invitee_of(self.request, self.kwargs["pk"])

    @property
    def survey(self) -> Survey:
        survey: Survey = self.invitee.survey
        return survey

    def _over(self) -> dict[str, Any]:
        return {"survey": self.survey, "invitee": self.invitee}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"survey": self.survey, "name": self.survey.title}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        said = self.do(data)
        self.invitee.refresh_from_db()
        if self.request.user.is_authenticated:
            messages.success(self.request, said)
            return redirect("feedback:own-surveys")
        return redirect("feedback:survey-answer", self.survey.pk)

    @property
    def cancel_url(self) -> str:
        return reverse("feedback:own-surveys") if self.request.user.is_authenticated else ""


class AnswerSurvey(_OnSheet):
    template_name = "feedback/survey_answer.html"
    submit = "Send my answers"

    @property
    def heading(self) -> str:  # type: ignore[override]
        return self.survey.title

    def get_form_class(self) -> type[SheetForm]:
        hint = HINT if self.survey.is_anonymous else HINT_NAMED
        return sheet_form(self.survey.questions.all(), hint)

    def form_valid(self, form: Any) -> HttpResponse:
        self.given = form.given
        try:
            return super().form_valid(form)
        except Conflict:
            return redirect("feedback:survey-answer", self.survey.pk)

    def do(self, data: dict[str, Any]) -> str:
        answer(invitee=self.invitee, given=self.given)
        return "Your answers are kept. Thank you."


class DeclineSurvey(_OnSheet):
    form_class = GovukForm
    heading = "I would rather not answer"
    submit = "Decline"

    def do(self, data: dict[str, Any]) -> str:
        decline(invitee=self.invitee)
        return "You have declined. You are not asked again in this survey."

    @property
    def cancel_url(self) -> str:
        return reverse("feedback:survey-answer", args=[self.survey.pk])
