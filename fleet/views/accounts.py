"""One's own account, and the colour that an organisation's pages wear."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordChangeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from fleet.forms.accounts import ChangePasswordForm
from fleet.models import Grant, User
from fleet.services import digests, second_factor
from fleet.services.sessions import end_sessions
from fleet.tasks import post_mail, send_notice
from fleet.views.sessions import own_sessions
from fleet.views.sign_in import record
from fleet.vocabulary import SignInMethod, SignInOutcome
from fleet.web import text
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePassword(PasswordChangeView):
    """Every other session ends; this one goes on under a new key."""

    form_class = ChangePasswordForm
    template_name = "fleet/password_change.html"
    success_url = reverse_lazy("fleet:account")
    extra_context = {"heading": "Change your password", "cancel_url": success_url}

    def form_valid(self, form: Any) -> HttpResponse:
        user, session = signed_in(self.request), self.request.session
        with transaction.atomic():
            response = super().form_valid(form)
            ended = end_sessions(user=user, besides=session.digest)  # type: ignore[attr-defined]
            record(self.request, user, SignInOutcome.PASSWORD_SET, SignInMethod.PASSWORD)
            post_mail(send_notice, "password_changed", user.pk)
        more = f" {text.counted(ended, 'other session')} ended." if ended else ""
        messages.success(self.request, f"Your password is changed.{more}")
        return response


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, in which roles, and how one gets in."""
    person = signed_in(request)
    grants = Grant.objects.in_force().filter(user=person).select_related("role", "organisation")
    rows = [
        SummaryRow("Name", person.name),
        SummaryRow("Email address", person.email),
        *(SummaryRow(grant.organisation.name, grant.role.name) for grant in grants),
    ]
    return render(
        request, "fleet/account.html", {"rows": rows, "security": _security(request), "told": _told(person)}
    )


def _told(person: User) -> list[SummaryRow]:
    wanted = len(digests.wanted(person))
    news = text.counted(wanted, "kind") + " of news" if wanted else "None"
    return [SummaryRow("Daily digest", news, reverse("fleet:own-mail"))]


def _security(request: HttpRequest) -> list[SummaryRow]:
    person = signed_in(request)
    factor = second_factor.of(person)
    sessions = text.counted(own_sessions(request).count(), "session")
    tokens = sum(token.is_live for token in person.api_tokens.all())
    return [
        SummaryRow("Password", "Set", reverse("fleet:password-change")),
        SummaryRow("Second factor", "On" if factor else "Off", reverse("fleet:second-factor"), "Manage"),
        SummaryRow("Sessions", sessions, reverse("fleet:session-list"), "Manage"),
        SummaryRow("Sign-ins", "What was tried and when", reverse("fleet:own-sign-in-list"), "See"),
        SummaryRow("API tokens", text.counted(tokens, "token"), reverse("fleet:api-token-list"), "Manage"),
    ]


@require_safe
@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_css(_request: HttpRequest, colour: str) -> HttpResponse:
    """A style sheet that sets the brand colour: inline styles are not allowed."""
    return HttpResponse(f":root {{ --govuk-brand-colour: #{colour}; }}\n", content_type="text/css")
