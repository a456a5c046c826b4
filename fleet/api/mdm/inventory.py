"""`POST /mdm/inventory`: checks the request, stores it and answers; a worker does the rest."""

from __future__ import annotations

import re
import time
from typing import Any

from django.conf import settings
from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.api.authentication import ApiTokenAuthentication
from fleet.api.errors import problem_response
from fleet.api.mdm import schema
from fleet.api.mdm.deliveries import result_of, url_of
from fleet.api.source_authentication import IsSource, SourceTokenAuthentication
from fleet.errors import Invalid
from fleet.mdm.adapters.native import Envelope, SyncPart
from fleet.mdm.bodies import Body, Refused, check, content_type_of, unpack
from fleet.mdm.receiving import KeyReused, Overloaded, Sync, receive
from fleet.models import Delivery, MdmSource, SourceToken
from fleet.tasks import wake_worker

_WAIT = re.compile(r"(?:^|[,;\s])wait=(\d{1,6})(?:$|[,;\s])")
LONGEST_WAIT_SECONDS = 30
_POLL_SECONDS = 0.05


class InventoryView(APIView):
    """What an MDM source reports of its devices."""

    authentication_classes = (SourceTokenAuthentication, ApiTokenAuthentication)
    permission_classes = (IsSource,)

    @extend_schema(**schema.INVENTORY)
    def post(self, request: Request) -> Response:
        try:
            assert isinstance(request.auth, SourceToken)
            return self._take(request, request.auth.source)
        except Refused as error:
            return _problem(error.status, error.code, str(error))
        except KeyReused as error:
            return _problem(422, "key_reused", str(error), field="Idempotency-Key")
        except Overloaded as error:
            return _problem(429, "backlog", str(error), **{"Retry-After": str(error.seconds)})

    def _take(self, request: Request, source: MdmSource) -> Response:
        body = _body_of(request)
        sync = _declared(request, check(body))
        received = receive(
            source=source,
            body=body,
            key=_key_of(request),
            sync=sync,
            request_id=request.request_id,  # type: ignore[attr-defined]
        )
        delivery = received.delivery
        if received.is_new:
            transaction.on_commit(lambda: wake_worker(delivery.pk))
        is_done = _wait_for(delivery, _seconds_to_wait(request))
        return _answer(request, delivery, is_ok=is_done or not received.is_new)


def _answer(request: Request, delivery: Delivery, *, is_ok: bool) -> Response:
    headers = {"Location": url_of(request, delivery)}
    if is_ok:
        return Response(
            result_of(request, Delivery.objects.defer("body").get(pk=delivery.pk)), headers=headers
        )
    taken = {
        "id": str(delivery.pk),
        "status": delivery.status,
        "url": headers["Location"],
        "received_at": delivery.received_at,
    }
    return Response(taken, status=status.HTTP_202_ACCEPTED, headers=headers)


def _problem(code: int, reason: str, message: str, *, field: str = "", **headers: str) -> Response:
    return problem_response(code, message, [{"field": field, "code": reason, "message": message}], **headers)


def _body_of(request: Request) -> Body:
    content_type = content_type_of(request.headers.get("Content-Type", ""))
    sent = _read(request)
    return Body(unpack(sent, request.headers.get("Content-Encoding", "")), content_type)


def _read(request: Request) -> bytes:
    """The body as sent, of at most the limit; a sender of chunks does not say its length beforehand."""
    limit = settings.MDM_MAX_BODY_BYTES
    if int(request.META.get("CONTENT_LENGTH") or 0) <= limit:
        is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
        stream: Any = request.META["wsgi.input"] if is_chunked else request._request
        sent: bytes = stream.read(limit + 1)
        if len(sent) <= limit:
            return sent
    raise Refused(413, "too_large", f"The body may have {limit // 2**20} MiB as sent. Compress or split it.")


def _key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 200:
        raise Refused(400, "too_long", "An Idempotency-Key may have 200 characters.")
    return key


def _declared(request: Request, envelope: Envelope) -> Sync | None:
    """The sync that body or address declares. Raises Invalid where they differ or all would go missing."""
    in_body, in_address = _sync_of(envelope.sync), _sync_in_address(request)
    if in_body and in_address and in_body != in_address:
        message = "The body declares one sync and the address another. Declare it in one place."
        raise Invalid(message, field="sync")
    sync = in_body or in_address
    if sync and sync.of == 1 and not envelope.devices:
        message = (
            "A complete sync without devices would mark all of this source's as missing. Name those it has."
        )
        raise Invalid(message, field="devices")
    return sync


def _sync_of(declared: SyncPart | None) -> Sync | None:
    """As the body declares it. Raises Invalid where the part is beyond the last."""
    if declared is None:
        return None
    if declared.part > declared.of:
        raise Invalid("Number the parts from 1 up to `of`.", field="sync.part")
    return Sync(declared.id, declared.part, declared.of)


def _sync_in_address(request: Request) -> Sync | None:
    """`?sync=ID&part=1&of=3`, for NDJSON and whoever prefers it. Raises Invalid where it is not whole."""
    given = request.query_params
    if not any(name in given for name in ("sync", "part", "of")):
        return None
    name, part, of = given.get("sync", ""), given.get("part", "1"), given.get("of", "1")
    if not name or len(name) > 100:
        raise Invalid("Name the sync in at most 100 characters.", field="sync")
    if not (part.isdecimal() and of.isdecimal() and len(of) < 7 and 1 <= int(part) <= int(of)):
        raise Invalid("Number the parts from 1 up to `of`.", field="part")
    return Sync(name, int(part), int(of))


def _seconds_to_wait(request: Request) -> int:
    wanted = _WAIT.search(request.headers.get("Prefer", ""))
    return min(int(wanted[1]), LONGEST_WAIT_SECONDS) if wanted else 0


def _wait_for(delivery: Delivery, seconds: int) -> bool:
    """Whether the delivery is finished, now or within so many seconds."""
    end = time.monotonic() + seconds
    while Delivery.objects.waiting().filter(pk=delivery.pk).exists():
        if time.monotonic() >= end:
            return False
        time.sleep(_POLL_SECONDS)
    return True
