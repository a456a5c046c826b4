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
from fleet.api.mdm.sent import sent_body
from fleet.mdm import proving, refusals
from fleet.mdm.refusals import NotProven
from fleet.middleware import HOOK_SECRET
from fleet.models import MdmSource, SourceToken
from fleet.vocabulary import Refusal, SourceKind


class SourceTokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer mdm_…`: 401 where it is not known or has expired, 403 where it was stopped."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, SourceToken] | None:
        secret = bearer_of(request, SourceToken.PREFIX)
        if secret is None:
            return None
        return AnonymousUser(), let_in(proving.token_of(secret))

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class HookAuthentication(authentication.BaseAuthentication):
    """The source that the address names, in the way that it proves who it is."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, SourceToken | MdmSource]:
        slug = request.parser_context["kwargs"]["slug"]
        source = MdmSource.objects.filter(slug=slug).first()
        if source is None:
            raise AuthenticationFailed(str(NotProven(Refusal.UNKNOWN)))
        try:
            found = proving.prove(source, _proof_of(request))
        except NotProven as error:
            refusals.note(source, error.refusal)
            raise AuthenticationFailed(str(error)) from error
        if isinstance(found, SourceToken):
            if not found.is_live:
                refusals.note(source, Refusal.ENDED)
            return AnonymousUser(), let_in(found)
        _must_be_active(found)
        pghistory.context(channel="token", source=found.slug)
        return AnonymousUser(), found

    def authenticate_header(self, request: Request) -> str:
        return 'Basic realm="Tranche"'


def _proof_of(request: Request) -> proving.Proof:
    return proving.Proof(
        headers=request.headers,
        in_path=request.META.get(HOOK_SECRET, ""),
        body=lambda: sent_body(request),
    )


def let_in(token: SourceToken | None) -> SourceToken:
    """The token, whose use is noted; 401 where it is not known or has expired, 403 where it was stopped."""
    if token is None:
        raise AuthenticationFailed("The token is not known.")
    if token.revoked_at is not None:
        raise PermissionDenied("This token has been revoked. Use the source's current one.")
    if not token.is_live:
        raise AuthenticationFailed("The token has expired. Use the source's current one.")
    _must_be_active(token.source)
    note_use(token)
    pghistory.context(channel="token", source=token.source.slug)
    return token


def _must_be_active(source: MdmSource) -> None:
    if not source.is_active:
        raise PermissionDenied("This source has been switched off.")


class IsSource(permissions.BasePermission):
    """An MDM source, by its own token."""

    message = "Only an MDM source may push, with its own token (mdm_…)."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, SourceToken | MdmSource)


class IsNativeSource(IsSource):
    """A source that sends our own schema, by its token."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        if request.auth.source.kind != SourceKind.NATIVE:  # type: ignore[union-attr]
            self.message = "This source sends in a form of its own: push to the address of its hook."
        return bool(request.auth.source.kind == SourceKind.NATIVE)  # type: ignore[union-attr]


class IsSourceOrUser(permissions.BasePermission):
    """An MDM source, or a person; which rows each sees is the queryset's matter."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, SourceToken) or bool(request.user.is_authenticated)


class HookScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = HookAuthentication
    name = "hook"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "basic",
            "description": "As the source says: its token as bearer, as password, in a header of its own or "
            "as the last part of the address; a signature over the body; or Google's identity token.",
        }


class SourceTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SourceTokenAuthentication
    name = "sourceToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "An MDM source's token (`mdm_…`), made on its page or by `create_mdm_source`.",
        }
