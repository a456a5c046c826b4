"""The body of a request as it was sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.request import Request

from fleet.mdm.bodies import Refused


def sent_body(request: Request) -> bytes:
    """The body as sent, of at most the limit, read once: a signature is checked over it before it is taken.

    A sender of chunks does not say its length beforehand. Raises Refused (413).
    """
    known: bytes | None = getattr(request._request, "sent_body", None)
    if known is None:
        known = _read(request)
        request._request.sent_body = known  # type: ignore[attr-defined]
    return known


def _read(request: Request) -> bytes:
    limit = settings.MDM_MAX_BODY_BYTES
    if int(request.META.get("CONTENT_LENGTH") or 0) <= limit:
        is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
        stream: Any = request.META["wsgi.input"] if is_chunked else request._request
        sent: bytes = stream.read(limit + 1)
        if len(sent) <= limit:
            return sent
    raise Refused(413, "too_large", f"The body may have {limit // 2**20} MiB as sent. Compress or split it.")
