"""One's own personal tokens for the REST API: made, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import FormView

from fleet.forms.access import NameTokenForm
from fleet.models import ApiToken
from fleet.web import status
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table


def _state(token: ApiToken) -> Any:
    return status.tag("active", "Works") if token.is_live else status.tag("ended", "Revoked")


def _revoke_url(token: ApiToken) -> str:
    return reverse("fleet:api-token-revoke", args=[token.pk]) if token.is_live else ""


COLUMNS = (
    Column(key="name", title="For"),
    Column(key="hint", title="Begins with", value=str),
    Column(key="created_at", title="Made"),
    Column(key="last_used_at", title="Last used", empty="Never"),
    Column(key="state", title="State", value=_state),
    Column(
        key="revoke",
        title="Revoke",
        value=lambda token: f"Revoke {token}" if token.is_live else None,
        link=_revoke_url,
        empty="",
    ),
)


@require_safe
def api_token_list(request: HttpRequest) -> HttpResponse:
    tokens = signed_in(request).api_tokens.order_by("-created_at")
    table = Table(columns=COLUMNS, rows=tokens, caption="Your tokens", is_caption_hidden=True)
    return render(request, "fleet/api_token_list.html", {"table": table, "has_tokens": tokens.exists()})


@method_decorator(never_cache, name="dispatch")
class MakeApiToken(FormView):  # type: ignore[type-arg]
    """Shows the token on the page that answers the form, and never again."""

    form_class = NameTokenForm
    template_name = "fleet/api_token_make.html"
    extra_context = {"heading": "Make a token", "cancel_url": reverse_lazy("fleet:api-token-list")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        user = signed_in(self.request)
        _, secret = ApiToken.issue(user=user, created_by=user, name=form.cleaned_data["name"])
        return render(self.request, "fleet/api_token_shown.html", {"secret": secret})


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_api_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(signed_in(request).api_tokens, pk=pk)
    if request.method == "POST":
        token.revoke()
        messages.success(request, f"The token for {token.name} no longer works.")
        return redirect("fleet:api-token-list")
    context = {"token": token, "heading": "Revoke a token", "cancel_url": reverse("fleet:api-token-list")}
    return render(request, "fleet/api_token_revoke.html", context)
