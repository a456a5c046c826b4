"""One's own second factor: set up with a code, recovery codes shown once, turned off with the password."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from fleet.forms.accounts import AppCodeForm, OwnPasswordForm
from fleet.services import second_factor
from fleet.services.sealing import Unreadable, seal, unseal
from fleet.services.sessions import end_sessions
from fleet.tasks import post_mail, send_notice
from fleet.views.facts import FactsForm
from fleet.web import door, text
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in

# In the session's data: the sealed secret that the person is giving to their app.
OFFERED = "offered_second_factor"
QR_SCALE = 4


@require_safe
def second_factor_page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    factor = second_factor.of(user)
    rows = []
    if factor:
        left = text.counted(second_factor.codes_left(factor), "code")
        renew = reverse("fleet:second-factor-codes")
        rows = [
            SummaryRow("Authenticator app", f"On since {text.day(factor.since)}"),
            SummaryRow("Recovery codes left", left, renew, "Make new"),
        ]
    context = {"factor": factor, "rows": rows, "is_required": user.access.requires_second_factor}
    return render(request, "fleet/second_factor.html", context)


@method_decorator(
    [door.before_second_factor, never_cache, sensitive_post_parameters("code")], name="dispatch"
)
class SetUpSecondFactor(FactsForm):
    form_class = AppCodeForm
    template_name = "fleet/second_factor_set_up.html"
    heading = "Set up a second factor"
    submit = "Turn it on"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if second_factor.of(signed_in(request)):
            return redirect("fleet:second-factor")
        return super().dispatch(request, *args, **kwargs)

    @property
    def secret(self) -> str:
        """The same on each view of the page, so that a mistyped code does not change what the app has."""
        session = self.request.session
        try:
            return unseal(session[OFFERED])
        except (KeyError, Unreadable):
            secret = second_factor.new_secret()
            session[OFFERED] = seal(secret)
            return secret

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        user, session = signed_in(self.request), self.request.session
        codes = second_factor.set_up(user=user, secret=self.secret, code=data["code"])
        del session[OFFERED]
        session.cycle_key()
        session[door.VERIFIED] = True
        end_sessions(user=user, besides=session.digest)  # type: ignore[attr-defined]
        post_mail(send_notice, "second_factor_on", user.pk)
        return shown_once(self.request, codes, "Your second factor is on")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, secret = signed_in(self.request), self.secret
        address = second_factor.app_address(secret, user)
        return super().get_context_data(**kwargs) | {
            "qr": segno.make(address, error="m").svg_data_uri(scale=QR_SCALE, light="#fff"),
            "key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            "is_required": door.lacks_second_factor(self.request),
        }

    @property
    def cancel_url(self) -> str:
        return "" if door.lacks_second_factor(self.request) else reverse("fleet:account")


def shown_once(request: HttpRequest, codes: list[str], heading: str) -> HttpResponse:
    return render(request, "fleet/recovery_codes.html", {"codes": "\n".join(codes), "heading": heading})


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class _WithPassword(FactsForm):
    """A change of the second factor, for those who have one and know the password."""

    form_class = OwnPasswordForm
    template_name = "fleet/second_factor_password.html"
    success_url = reverse_lazy("fleet:second-factor")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not second_factor.of(signed_in(request)):
            return redirect("fleet:second-factor")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}


class RenewRecoveryCodes(_WithPassword):
    heading = "Make new recovery codes"
    submit = "Make new codes"
    extra_context = {"consequence": "The codes that you have no longer work."}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        user = signed_in(self.request)
        codes = second_factor.renew_codes(factor=user.second_factor)
        post_mail(send_notice, "recovery_codes_renewed", user.pk)
        return shown_once(self.request, codes, "Your new recovery codes")


class TurnOffSecondFactor(_WithPassword):
    heading = "Turn off your second factor"
    submit = "Turn it off"
    extra_context = {"consequence": "Whoever learns your password can then sign in as you."}

    def do(self, data: dict[str, Any]) -> str:
        user = signed_in(self.request)
        second_factor.turn_off(user=user)
        post_mail(send_notice, "second_factor_off", user.pk)
        return "Your second factor is off."
