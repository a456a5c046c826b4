"""Who calls the API: a personal token, or the session of somebody who browses the documentation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pghistory
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from fleet.models import ApiToken, User
from fleet.models.tokens import Token, token_digest
from fleet.services.api_tokens import narrow
from fleet.web import door

# Noting each use would turn every read into a write.
NOTE_USE_EVERY = timedelta(minutes=1)


def bearer_of(request: Request, prefix: str) -> str | None:
    """The bearer token where it starts with `prefix`; other kinds of token are for other authenticators."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    return secret if scheme.lower() == "bearer" and secret.startswith(prefix) else None


def note_use(token: Token) -> None:
    """Keep `last_used_at` true to a minute."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTE_USE_EVERY:
        type(token).objects.filter(pk=token.pk).update(last_used_at=now)  # type: ignore[attr-defined]


class ApiTokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer trn_…`"""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        secret = bearer_of(request, ApiToken.PREFIX)
        if secret is None:
            return None
        token = ApiToken.objects.select_related("user").filter(digest=token_digest(secret)).first()
        if token is None or not token.is_live or not token.user.is_active:
            raise AuthenticationFailed("The token is not known, has been revoked or has expired.")
        if token.is_read_only and request.method not in SAFE_METHODS:
            raise PermissionDenied("This token may only read. Use one that may change what you ask for.")
        note_use(token)
        narrow(token.user, token)
        pghistory.context(actor=token.user_id, channel="token")
        request._request.channel = "token"  # type: ignore[attr-defined]
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with its CSRF check and the second factor where a role asks for one."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        found = super().authenticate(request)
        if found and door.lacks_second_factor(request._request):
            raise PermissionDenied("Your role asks for a second factor. Set one up on Your account first.")
        return found


class ApiTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = ApiTokenAuthentication
    name = "personalToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal token (`trn_…`), made on My account or by `create_api_token`. "
            "It may do what its person may, less what its own scope leaves out.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
