"""The tokens of an MDM source: a table of them, a new one shown once, and how to push with one."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from fleet.models import MdmSource, SourceToken
from fleet.vocabulary import SourceAuth, SourceKind
from fleet.web import status, text
from fleet.web.parts import SummaryRow
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


def curl_of(request: HttpRequest, source: MdmSource, token: str) -> str:
    """A command that pushes one device in our own schema, or an empty body in the sender's form."""
    lines = [f"curl -sS -X POST '{address_of(request, source, token)}'", *_proof(source, token)]
    lines.append("-H 'Content-Type: application/json' -H 'Prefer: wait=10'")
    if source.kind == SourceKind.NATIVE:
        seen = f"{timezone.now():%Y-%m-%d}T00:00:00Z"
        record = {"serial": "TEST0001", "platform": "ipados", "enrolment": "enrolled", "last_seen": seen}
        lines.append(f"-d '{json.dumps({'devices': [record]})}'")
    else:
        lines.append("--data-binary @body.json")
    return " \\\n  ".join(lines)


def address_of(request: HttpRequest, source: MdmSource, token: str) -> str:
    """Where the source pushes."""
    if source.kind == SourceKind.NATIVE and source.auth == SourceAuth.BEARER:
        return request.build_absolute_uri(reverse("api-mdm-inventory"))
    hook = request.build_absolute_uri(reverse("api-mdm-hook", args=[source.slug]))
    return f"{hook}/{token}" if source.auth == SourceAuth.PATH else hook


def _proof(source: MdmSource, token: str) -> list[str]:
    """What a command adds to prove that it is the source."""
    match source.auth:
        case SourceAuth.BEARER:
            return [f"-H 'Authorization: Bearer {token}'"]
        case SourceAuth.BASIC:
            return [f"-u '{source.slug}:{token}'"]
        case SourceAuth.HEADER:
            return [f"-H '{source.auth_header}: {token}'"]
        case SourceAuth.HMAC:
            signed = f'openssl dgst -sha256 -hmac "{token}" -binary body.json | base64'
            return [f'-H "X-Hmac-Signature: $({signed})"']
        case SourceAuth.OIDC:
            return ["-H 'Authorization: Bearer IDENTITY-TOKEN'"]
    return []


def set_up_of(request: HttpRequest, source: MdmSource, token: str) -> list[SummaryRow]:
    """What the administrator of the sender has to fill in."""
    rows = [SummaryRow("Address (POST)", address_of(request, source, token))]
    match source.auth:
        case SourceAuth.BEARER:
            rows.append(SummaryRow("Header", f"Authorization: Bearer {token}"))
        case SourceAuth.BASIC:
            rows += [SummaryRow("User name", source.slug), SummaryRow("Password", token)]
        case SourceAuth.HEADER:
            rows.append(SummaryRow("Header", f"{source.auth_header}: {token}"))
        case SourceAuth.HMAC:
            rows.append(SummaryRow("HMAC key (-webhook-hmac-key)", token))
        case SourceAuth.OIDC:
            rows.append(SummaryRow("Service account of the push subscription", source.oidc_email))
            rows.append(SummaryRow("Audience of the push subscription", source.oidc_audience))
    return rows


def show_secret(request: HttpRequest, source: MdmSource, secret: str) -> HttpResponse:
    """The page that shows a token, this once."""
    context = {
        "source": source,
        "secret": secret,
        "set_up": set_up_of(request, source, secret),
        "curl": curl_of(request, source, secret),
    }
    return render(request, "fleet/mdm_token_shown.html", context)
