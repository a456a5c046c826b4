"""What one is told by mail: chosen on one's account, stopped by the link in a mail."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fleet.forms.own_mail import MailForm
from fleet.history import acting
from fleet.services import digests, mail
from fleet.services.digests.choosing import offered
from fleet.views.facts import FactsForm
from fleet.web.requests import signed_in


@method_decorator(never_cache, name="dispatch")
class OwnMail(FactsForm):
    """The kinds of news that one's roles bring, and what the next digest would say as things are."""

    form_class = MailForm
    template_name = "fleet/own_mail.html"
    heading = "What you are told by mail"
    success_url = reverse_lazy("fleet:own-mail")

    def get_form_kwargs(self) -> dict[str, Any]:
        user = signed_in(self.request)
        initial = {"kinds": sorted(digests.wanted(user))}
        return super().get_form_kwargs() | {"kinds": offered(user), "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = signed_in(self.request)
        daily, weekly = digests.periods_now(timezone.localdate())
        parts = digests.news_of([user.pk], daily, weekly).get(user.pk, [])
        return super().get_context_data(**kwargs) | {
            "parts": [(kind, lines) for kind, lines in parts],
            "since": daily.since,
            "is_sent": mail.is_sent(),
            "cancel_url": reverse_lazy("fleet:account"),
        }

    def do(self, data: dict[str, Any]) -> str:
        digests.choose(user=signed_in(self.request), kinds=data["kinds"])
        return "Your choice is saved." if data["kinds"] else "You get no digest any more."


@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Without signing in, by a page with one button, or in one step by the mail program (RFC 8058)."""
    user = digests.user_of(token)
    if user is None:
        return render(request, "fleet/mail_stopped.html", {"is_dead": True}, status=404)
    if request.method == "POST":
        with acting(channel="page", actor_id=user.pk):
            digests.stop_all(user)
    return render(request, "fleet/mail_stopped.html", {"is_stopped": request.method == "POST"})
