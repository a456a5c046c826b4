"""Bodies of senders that are not ours: decoded once to cut the secrets out, and stored with their id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fleet.mdm.adapters import ADAPTERS
from fleet.mdm.adapters.adapter import Adapter
from fleet.mdm.adapters.documents import JSON, Undecodable, decode
from fleet.mdm.bodies import Body, Refused, refuse_too_many, unpack
from fleet.mdm.receiving import Received, receive
from fleet.models import MdmSource


def body_of(kind: str, sent: bytes, headers: Mapping[str, str]) -> tuple[Body, str]:
    """The body as it may be stored, and the sender's id of the message where it has one.

    Raises Refused: 415 for a form that the kind does not send, 413 for too much or too many devices, and 400
    for a broken body where somebody reads the answers; otherwise such a body is returned with its trouble.
    """
    adapter = ADAPTERS[kind]
    form = _form_of(adapter, headers.get("Content-Type", ""))
    content = _unpacked(adapter, sent, headers.get("Content-Encoding", ""), form)
    if isinstance(content, Body):
        return content, ""
    message = ""
    try:
        document = decode(content, form)
        message = _message_of(adapter, document)
        admitted = adapter.admit(document, headers) if adapter.admit else document
        message = message or _message_of(adapter, admitted)
        stored = adapter.without_secrets(content, admitted, is_new=admitted is not document)
    except Undecodable as error:
        return _broken(adapter, content, form, "malformed", str(error)), message
    refuse_too_many(adapter.count(admitted))
    return Body(stored, form if stored is content else JSON), message


def take(
    *, source: MdmSource, body: Body, message: str = "", key: str = "", request_id: str = ""
) -> Received:
    """Store a body of this source, or find the delivery that it repeats. Raises what `receive` raises."""
    return receive(
        source=source,
        body=body,
        key=key or message,
        is_message=bool(message and not key),
        may_wait=ADAPTERS[source.kind].manners.comes_again,
        request_id=request_id,
    )


def _message_of(adapter: Adapter, document: Any) -> str:
    return adapter.event_id(document)[:200] if adapter.event_id else ""


def _form_of(adapter: Adapter, header: str) -> str:
    name = header.partition(";")[0].strip().lower()
    found = adapter.content_types.get(name)
    if found is None:
        wanted = " or ".join(sorted(set(adapter.content_types.values())))
        raise Refused(415, "content_type", f"Send {wanted}.")
    return found


def _unpacked(adapter: Adapter, sent: bytes, encoding: str, form: str) -> bytes | Body:
    """The content; a Body in trouble where it cannot be had and nobody would read why."""
    try:
        content = unpack(sent, encoding)
    except Refused as error:
        if error.status != 400:
            raise
        return _broken(adapter, sent, form, error.code, error.message)
    return content if content.strip() else _broken(adapter, content, form, "empty", "The body is empty.")


def _broken(adapter: Adapter, content: bytes, form: str, code: str, reason: str) -> Body:
    if adapter.manners.is_read:
        raise Refused(400, code, reason)
    return Body(content, form, trouble=reason)
