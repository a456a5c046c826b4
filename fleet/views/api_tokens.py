"""Personal tokens for the REST API: made and shown once, and revoked by their people or an access manager."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fleet.filters import ApiTokenFilter
from fleet.forms.api_tokens import MakeTokenForm
from fleet.models import ApiToken
from fleet.services.api_tokens import make_token, scope_words
from fleet.services.grants import MANAGE, last_day_of
from fleet.views.facts import FactsForm
from fleet.web import status
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table

LABELS = {
    "works": ("active", "Works"),
    "expiring": ("expiring", "Expires soon"),
    "expired": ("ended", "Expired"),
    "revoked": ("revoked", "Revoked"),
}


def _state(token: ApiToken) -> Any:
    return status.tag(*LABELS[token.state])


def _revoke_url(token: ApiToken) -> str:
    return reverse("fleet:api-token-revoke", args=[token.pk]) if token.is_live else ""


COLUMNS = (
    Column(key="name", title="For"),
    Column(key="hint", title="Begins with", value=str, csv="hint"),
    Column(key="scope", title="May", value=scope_words),
    Column(key="created_at", title="Made"),
    Column(key="last_used_at", title="Last used", empty="Never"),
    Column(
        key="expires_on",
        title="Last day",
        value=lambda token: last_day_of(token.expires_at),
    ),
    Column(key="state", title="State", value=_state, csv=lambda token: token.state),
)
REVOKE = Column(
    key="revoked_at",
    title="Revoke",
    value=lambda token: f"Revoke {token}" if token.is_live else None,
    csv="revoked_at",
    link=_revoke_url,
    empty="",
)


@require_safe
def api_token_list(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    tokens = user.api_tokens.select_related("organisation").order_by("-created_at")
    table = Table(columns=(*COLUMNS, REVOKE), rows=tokens, caption="Your tokens", is_caption_hidden=True)
    context = {"table": table, "has_tokens": tokens.exists(), "expiring": user.api_tokens.expiring().count()}
    return render(request, "fleet/api_token_list.html", context)


class TokenList(ListPage):
    """Those of people who hold or held a role where one manages access; the secrets are nobody's to see."""

    model = ApiToken
    filterset_class = ApiTokenFilter
    heading = "API tokens"
    nouns = ("token", "tokens")
    default_sort = "-created_at"
    permissions = (MANAGE,)
    template_name = "fleet/facts_list.html"
    empty_text = "Everybody can make tokens under their own account; they are listed here then."
    columns = (
        Column(
            key="person",
            title="Person",
            value="user",
            csv="user__email",
        ),
        *COLUMNS,
        REVOKE,
    )

    def get_queryset(self) -> QuerySet[ApiToken]:
        return super().get_queryset().select_related("user", "organisation")


@method_decorator(never_cache, name="dispatch")
class MakeApiToken(FactsForm):
    """Shows the token on the page that answers the form, and never again."""

    form_class = MakeTokenForm
    heading = "Make a token"
    submit = "Make the token"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        user = signed_in(self.request)
        token, secret = make_token(user=user, by=user, **data)
        return render(
            self.request,
            "fleet/api_token_shown.html",
            {"secret": secret, "last_day": last_day_of(token.expires_at)},
        )

    def get_success_url(self) -> str:
        return reverse("fleet:api-token-list")


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_api_token(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    token = get_object_or_404(ApiToken.objects.visible_to(user).select_related("user"), pk=pk)
    back = "fleet:api-token-list" if token.user_id == user.pk else "fleet:token-list"
    if request.method == "POST":
        token.revoke()
        messages.success(request, f"The token for {token.name} no longer works.")
        return redirect(back)
    context = {"token": token, "heading": "Revoke a token", "cancel_url": reverse(back)}
    return render(request, "fleet/api_token_revoke.html", context)
