"""The tokens of an MDM source: a table of them, a new one shown once, and how to push with one."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from fleet.models import MdmSource, SourceToken
from fleet.web import status, text
from fleet.web.tables import Column


def _token_state(token: SourceToken) -> SafeString:
    if token.is_live:
        until = f"Works until {text.moment(token.expires_at)}" if token.expires_at else "Works"
        return status.tag("active", until)
    return status.tag("ended", "Revoked" if token.revoked_at else "Expired")


def _revoke_url(token: SourceToken) -> str:
    return reverse("fleet:source-revoke", args=[token.source_id, token.pk]) if token.is_live else ""


TOKENS = (
    Column(key="hint", title="Begins with", value=str),
    Column(key="created_at", title="Made"),
    Column(key="created_by", title="By", empty="A command"),
    Column(key="last_used_at", title="Last used", empty="Never"),
    Column(key="state", title="State", value=_token_state),
)
REVOKE = Column(
    key="revoke",
    title="Revoke",
    value=lambda token: f"Revoke {token}" if token.is_live else None,
    link=_revoke_url,
    empty="",
)


def curl_of(request: HttpRequest, token: str) -> str:
    """A command that pushes one device."""
    url = request.build_absolute_uri(reverse("api-mdm-inventory"))
    seen = f"{timezone.now():%Y-%m-%d}T00:00:00Z"
    record = {"serial": "TEST0001", "platform": "ipados", "enrolment": "enrolled", "last_seen": seen}
    body = json.dumps({"devices": [record]})
    lines = (
        f"curl -sS {url}",
        f"-H 'Authorization: Bearer {token}'",
        "-H 'Content-Type: application/json' -H 'Prefer: wait=10'",
        f"-d '{body}'",
    )
    return " \\\n  ".join(lines)


def show_secret(request: HttpRequest, source: MdmSource, secret: str) -> HttpResponse:
    """The page that shows a token, this once."""
    context = {"source": source, "secret": secret, "curl": curl_of(request, secret)}
    return render(request, "fleet/mdm_token_shown.html", context)
