"""`POST /mdm/inventory`: checks the request, stores it and answers; a worker does the rest."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.authentication import ApiTokenAuthentication
from fleet.api.mdm import schema
from fleet.api.mdm.pushing import PushView, key_of
from fleet.api.mdm.sent import sent_body
from fleet.api.source_authentication import IsNativeSource, SourceTokenAuthentication
from fleet.errors import Invalid
from fleet.mdm.adapters.native import Envelope, SyncPart
from fleet.mdm.bodies import Body, check, content_type_of, unpack
from fleet.mdm.receiving import Received, Sync, receive
from fleet.models import MdmSource


class InventoryView(PushView):
    """What an MDM source reports of its devices."""

    authentication_classes = (SourceTokenAuthentication, ApiTokenAuthentication)
    permission_classes = (IsNativeSource,)

    @extend_schema(**schema.INVENTORY)
    def post(self, request: Request) -> Response:
        return self.push(request)

    def take(self, request: Request, source: MdmSource) -> Received:
        return take_native(request, source)


def take_native(request: Request, source: MdmSource) -> Received:
    """Store a body of the native schema. Raises Refused, Invalid, KeyReused and Overloaded."""
    body = _body_of(request)
    sync = _declared(request, check(body))
    return receive(
        source=source,
        body=body,
        key=key_of(request),
        sync=sync,
        request_id=request.request_id,  # type: ignore[attr-defined]
    )


def _body_of(request: Request) -> Body:
    content_type = content_type_of(request.headers.get("Content-Type", ""))
    sent = sent_body(request)
    return Body(unpack(sent, request.headers.get("Content-Encoding", "")), content_type)


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
