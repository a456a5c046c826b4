"""The door: the password, the code of a second factor, out again, and a new password by mail."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView, LogoutView, PasswordResetConfirmView
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from fleet.forms.accounts import AskForResetForm, SetNewPasswordForm, SignInCodeForm, SignInForm
from fleet.models import User
from fleet.services import second_factor, sign_ins, throttle
from fleet.services.sessions import end_sessions
from fleet.tasks import post_mail, send_notice, send_reset_link
from fleet.vocabulary import SignInMethod, SignInOutcome
from fleet.web import door
from fleet.web.callers import caller_of, ip_of
from fleet.web.requests import signed_in

HOUR_SECONDS = 60 * 60


def record(
    request: HttpRequest, user: User | None, outcome: SignInOutcome, method: SignInMethod | str = ""
) -> None:
    sign_ins.record(user, outcome, method, **caller_of(request))


def record_refusal(request: HttpRequest, user: User | None, method: SignInMethod) -> None:
    """A wrong password or code, or one that nobody looked at because sign-in is paused."""
    wrong = SignInOutcome.WRONG_PASSWORD if method == SignInMethod.PASSWORD else SignInOutcome.WRONG_CODE
    is_paused = getattr(request, "axes_locked_out", False)
    record(request, user, SignInOutcome.PAUSED if is_paused else wrong, method)


class SignIn(LoginView):
    """Goes on to `next` where that is an address of ours, else to the front page; by way of the code."""

    form_class = SignInForm
    template_name = "fleet/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if second_factor.of(user):
            door.ask_for_code(self.request, user, self.get_redirect_url())
            record(self.request, user, SignInOutcome.CODE_ASKED, SignInMethod.PASSWORD)
            return redirect("fleet:sign-in-code")
        door.let_in(self.request, user)
        record(self.request, user, SignInOutcome.SIGNED_IN, SignInMethod.PASSWORD)
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        typed = form.cleaned_data
        if typed.get("username") and typed.get("password"):
            user = sign_ins.person_with(typed["username"])
            record_refusal(self.request, user, SignInMethod.PASSWORD)
        return super().form_invalid(form)


@method_decorator(
    [login_not_required, door.before_second_factor, never_cache, sensitive_post_parameters("code")],
    name="dispatch",
)
class SignInCode(FormView):  # type: ignore[type-arg]
    """The second step of signing in; wrong codes count together with wrong passwords."""

    form_class = SignInCodeForm
    template_name = "fleet/sign_in_code.html"
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = door.waiting_for_code(request)
        if user is None:
            return redirect("fleet:sign-in")
        self.user = user
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        credentials = {"username": self.user.email}
        if not AxesProxyHandler.is_allowed(self.request, credentials):
            record(self.request, self.user, SignInOutcome.PAUSED, SignInMethod.CODE)
            paused: HttpResponse = get_lockout_response(self.request, None, credentials)
            return paused
        factor = second_factor.of(self.user)
        method = second_factor.take(factor, form.cleaned_data["code"]) if factor else None
        return self.let_in(method) if method else self.refuse(form, credentials)

    def let_in(self, method: SignInMethod) -> HttpResponse:
        following = door.let_in(self.request, self.user, is_verified=True)
        record(self.request, self.user, SignInOutcome.SIGNED_IN, method)
        if method == SignInMethod.RECOVERY:
            post_mail(send_notice, "recovery_code_used", self.user.pk)
        return redirect(following or "/")

    def refuse(self, form: BaseForm, credentials: dict[str, str]) -> HttpResponse:
        user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
        record_refusal(self.request, self.user, SignInMethod.CODE)
        form.add_error("code", "This code does not work. A code works once: wait for the next and enter that")
        return self.form_invalid(form)


@method_decorator(door.before_second_factor, name="dispatch")
class SignOut(LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record(request, signed_in(request), SignInOutcome.SIGNED_OUT)
        return super().post(request, *args, **kwargs)


@login_not_required
@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's sign-in page leads to ours; for those who have signed in and may not open it, absent."""
    if request.user.is_authenticated:
        raise Http404
    following = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
    return redirect(f"{reverse('fleet:sign-in')}?{following}")


@method_decorator([login_not_required, never_cache], name="dispatch")
class AskForReset(FormView):  # type: ignore[type-arg]
    """Says the same and does as much whoever's address it is: nobody learns who has an account."""

    form_class = AskForResetForm
    template_name = "fleet/password_reset.html"
    extra_context = {"heading": "Forgotten password", "cancel_url": reverse_lazy("fleet:sign-in")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        address = form.cleaned_data["email"].lower()
        if self.may_ask(address):
            user = sign_ins.person_with(address)
            record(self.request, user, SignInOutcome.LINK_ASKED, SignInMethod.RESET)
            post_mail(send_reset_link, user.pk if user else 0)
        return redirect("fleet:password-reset-sent")

    def may_ask(self, address: str) -> bool:
        """Three times an hour for one address, whoever asks, and thirty from one place."""
        counts = (("reset-to", address, 3), ("reset-from", ip_of(self.request) or "", 30))
        return all(
            throttle.allows(what, who, times=times, seconds=HOUR_SECONDS) for what, who, times in counts
        )


@require_safe
@login_not_required
def reset_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "fleet/password_reset_sent.html")


class SetPassword(PasswordResetConfirmView):
    """Where a reset link leads: the new password, and every session of the person's ended."""

    form_class = SetNewPasswordForm
    template_name = "fleet/password_set.html"
    success_url = reverse_lazy("fleet:sign-in")
    extra_context = {"heading": "Set a new password"}

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.user
        with transaction.atomic():
            response = super().form_valid(form)
            end_sessions(user=user)
            record(self.request, user, SignInOutcome.PASSWORD_SET, SignInMethod.RESET)
            post_mail(send_notice, "password_changed", user.pk)
        sign_ins.forgive_guesses(user)
        messages.success(self.request, "Your new password is set. Sign in with it.")
        return response
