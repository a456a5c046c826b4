"""An MDM source's token: it pushes for its organisation and reads what became of its own deliveries."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, permissions
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from fleet.api.authentication import bearer_of, note_use
from fleet.models import SourceToken
from fleet.models.tokens import token_digest


class SourceTokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer mdm_…`: 401 where it is not known or has expired, 403 where it was stopped."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, SourceToken] | None:
        secret = bearer_of(request, SourceToken.PREFIX)
        if secret is None:
            return None
        token = SourceToken.objects.select_related("source").filter(digest=token_digest(secret)).first()
        if token is None:
            raise AuthenticationFailed("The token is not known.")
        if token.revoked_at is not None:
            raise PermissionDenied("This token has been revoked. Use the source's current one.")
        if not token.is_live:
            raise AuthenticationFailed("The token has expired. Use the source's current one.")
        if not token.source.is_active:
            raise PermissionDenied("This source has been switched off.")
        note_use(token)
        pghistory.context(channel="token", source=token.source.slug)
        return AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class IsSource(permissions.BasePermission):
    """An MDM source, by its own token."""

    message = "Only an MDM source may push, with its own token (mdm_…)."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, SourceToken)


class IsSourceOrUser(permissions.BasePermission):
    """An MDM source, or a person; which rows each sees is the queryset's matter."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, SourceToken) or bool(request.user.is_authenticated)


class SourceTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SourceTokenAuthentication
    name = "sourceToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "An MDM source's token (`mdm_…`), made on its page or by `create_mdm_source`.",
        }
