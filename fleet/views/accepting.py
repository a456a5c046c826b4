"""What an invited person opens: the link, then the page on which they accept.

The link's secret goes no further than its first request: the page has an address without it, so that it is
neither passed on to other pages nor left in the browser's history as the place to come back to.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fleet.forms.access import NewPersonForm
from fleet.models import Grant, Invitation, User
from fleet.models.tokens import token_digest
from fleet.services.accepting import accept, accept_as_new, invited_account, open_invitation
from fleet.views.facts import FactsForm
from fleet.views.invitations import sites_of
from fleet.views.sign_in import record
from fleet.vocabulary import SignInMethod, SignInOutcome
from fleet.web import door, text
from fleet.web.forms import GovukForm
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in

KEPT = "invitation"


@require_safe
@never_cache
@login_not_required
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Keeps in the session which invitation it is, and goes on to the page."""
    if open_invitation(secret) is None:
        return dead(request)
    request.session[KEPT] = token_digest(secret)
    return redirect("fleet:invitation-accept")


def dead(request: HttpRequest) -> HttpResponse:
    return render(request, "fleet/invitation_dead.html", status=404)


@method_decorator(never_cache, name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class AcceptInvitation(FactsForm):
    """A new person gives name and password, one with an account signs in and confirms; nobody else may."""

    heading = "You are invited"
    template_name = "fleet/invitation_accept.html"
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        digest = request.session.get(KEPT, "")
        found = Invitation.objects.open().select_related("role", "organisation", "invited_by")
        invitation = found.filter(digest=digest).first() if digest else None
        if invitation is None:
            return dead(request)
        self.invitation = invitation
        if request.method == "POST" and self.step not in ("confirm", "join"):
            return redirect("fleet:invitation-accept")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def account(self) -> User | None:
        return invited_account(self.invitation)

    @cached_property
    def step(self) -> str:
        """`join` for somebody new; with an account `confirm`, once signed in, else `sign_in`; `other`."""
        if self.request.user.is_authenticated:
            return "confirm" if self.request.user == self.account else "other"
        return "sign_in" if self.account else "join"

    def get_form_class(self) -> Any:
        return NewPersonForm if self.step == "join" else GovukForm

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.invitation.name}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        if self.step == "join":
            data.pop("again")
            grant = accept_as_new(invitation=self.invitation, **data)
            door.let_in(self.request, grant.user)
            record(self.request, grant.user, SignInOutcome.SIGNED_IN, SignInMethod.PASSWORD)
        else:
            grant = accept(invitation=self.invitation, user=signed_in(self.request))
        self.request.session.pop(KEPT, None)
        messages.success(self.request, _welcome(grant))
        return redirect("home:today")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"step": self.step, "invitation": self.invitation, "rows": _offer(self.invitation)}
        return super().get_context_data(**kwargs) | more

    @property
    def cancel_url(self) -> str:
        return ""


def _welcome(grant: Grant) -> str:
    return f"You are {grant.role.name} in {grant.organisation} now."


def _offer(invitation: Invitation) -> list[SummaryRow]:
    return [
        SummaryRow("Role", invitation.role.name),
        SummaryRow("Organisation", invitation.organisation.name),
        SummaryRow("Sites", sites_of(invitation)),
        SummaryRow("Last day of the role", text.shown(invitation.ends_on, "No end")),
        SummaryRow("For", invitation.email),
        SummaryRow("Invited by", invitation.invited_by or "An administrator"),
    ]
