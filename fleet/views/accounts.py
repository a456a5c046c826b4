"""Sign in and out, one's own account, and the colour that an organisation's pages wear."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from fleet.forms.accounts import ChangePasswordForm, SignInForm
from fleet.models import Grant
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in


class SignIn(LoginView):
    """Goes on to `next` where that is an address of ours, else to the front page."""

    form_class = SignInForm
    template_name = "fleet/sign_in.html"
    redirect_authenticated_user = True


class ChangePassword(PasswordChangeView):
    form_class = ChangePasswordForm
    template_name = "fleet/password_change.html"
    success_url = reverse_lazy("fleet:account")
    extra_context = {"heading": "Change your password", "cancel_url": success_url}

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Your password is changed.")
        return super().form_valid(form)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and in which roles."""
    person = signed_in(request)
    grants = Grant.objects.in_force().filter(user=person).select_related("role", "organisation")
    rows = [
        SummaryRow("Name", person.name),
        SummaryRow("Email address", person.email),
        *(SummaryRow(grant.organisation.name, grant.role.name) for grant in grants),
    ]
    return render(request, "fleet/account.html", {"rows": rows})


@require_safe
@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_css(_request: HttpRequest, colour: str) -> HttpResponse:
    """A style sheet that sets the brand colour: inline styles are not allowed."""
    return HttpResponse(f":root {{ --govuk-brand-colour: #{colour}; }}\n", content_type="text/css")
