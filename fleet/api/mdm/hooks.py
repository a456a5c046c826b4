"""`POST /mdm/hooks/<source>`: takes a sender's own body, in its form and with its manners."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from drf_spectacular.utils import extend_schema
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.mdm import schema
from fleet.api.mdm.inventory import take_native
from fleet.api.mdm.pushing import PushView, key_of, source_of
from fleet.api.mdm.sent import sent_body
from fleet.api.source_authentication import HookAuthentication, IsSource
from fleet.mdm.adapters import ADAPTERS
from fleet.mdm.hooks import body_of, take
from fleet.mdm.receiving import Received
from fleet.models import MdmSource
from fleet.vocabulary import SourceKind


class HookView(PushView):
    """What an MDM system sends by itself, as its maker has it."""

    authentication_classes = (HookAuthentication,)
    permission_classes = (IsSource,)

    @extend_schema(**schema.HOOK)
    def post(self, request: Request, slug: str) -> Response:
        source = source_of(request)
        _remember(slug, source.kind)
        self.taken = ADAPTERS[source.kind].manners.taken
        return self.push(request)

    def take(self, request: Request, source: MdmSource) -> Received:
        if source.kind == SourceKind.NATIVE:
            return take_native(request, source)
        body, message = body_of(source.kind, sent_body(request), request.headers)
        return take(
            source=source,
            body=body,
            message=message,
            key=key_of(request),
            request_id=request.request_id,  # type: ignore[attr-defined]
        )

    def handle_exception(self, exc: Exception) -> Response:
        """While the database is away some senders must hear something else than 503, or they give up."""
        response = super().handle_exception(exc)
        if isinstance(exc, OperationalError | InterfaceError):
            response.status_code = _busy(self.kwargs["slug"])
            response.data["status"] = response.status_code
        return response


def _remember(slug: str, kind: str) -> None:
    with suppress(RedisError, OSError):
        cache.add(_key(slug), kind, timeout=settings.MDM_KEEP_KEYS_DAYS * 86_400)


def _busy(slug: str) -> int:
    """As the kind of the source asks for, as far as that is remembered."""
    kind: Any = None
    with suppress(RedisError, OSError):
        kind = cache.get(_key(slug))
    return ADAPTERS[kind if kind in ADAPTERS else SourceKind.NATIVE].manners.busy


def _key(slug: str) -> str:
    return f"mdm-hook-kind:{slug}"
