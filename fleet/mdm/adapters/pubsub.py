"""Google Pub/Sub push: the envelope opened, whether it came wrapped or with its parts in headers.

Source: https://cloud.google.com/pubsub/docs/push and https://cloud.google.com/pubsub/docs/payload-unwrapping.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from fleet.mdm.adapters import values
from fleet.mdm.adapters.documents import Undecodable, decode
from fleet.mdm.adapters.mapping import value_of
from fleet.mdm.records import Rejected

_URL_SAFE = str.maketrans("-_", "+/", " \r\n\t")


@dataclass(frozen=True, slots=True)
class Message:
    """What was published, when, and with which attributes; `data` is None where there was none."""

    data: Any
    attributes: Mapping[str, Any] = field(default_factory=dict)
    published: dt.datetime | None = None

    def attribute(self, name: str) -> str:
        return values.text(value_of(self.attributes, name)) or ""


def opened(document: Any, headers: Mapping[str, str], attributes: tuple[str, ...]) -> Any:
    """The envelope with its data decoded, also where the message came unwrapped; else the document itself.

    `attributes` are those to look for in the headers. Raises Undecodable where the data is no JSON.
    """
    message = _message(document)
    if message is not None:
        return document | {"message": message | {"data": _decoded(message.get("data"))}}
    if not isinstance(document, dict | list):
        raise Undecodable("Expected a message of Pub/Sub, or a device, as an object.")
    told = {name: headers[name] for name in attributes if headers.get(name)}
    number = headers.get("x-goog-pubsub-message-id", "")
    if not told and not number:
        return document
    published = headers.get("x-goog-pubsub-publish-time", "")
    return {"message": {"attributes": told, "messageId": number, "publishTime": published, "data": document}}


def message_id(document: Any) -> str:
    """The id by which a message that comes again is known; empty where it has none."""
    message = _message(document)
    with suppress(Rejected):
        return values.text(value_of(message or {}, "messageId")) or ""
    return ""


def message_of(document: Any) -> Message:
    """The message of an envelope that was opened; what is no envelope is data alone. Raises Rejected."""
    message = _message(document)
    if message is None:
        return Message(document)
    attributes = message.get("attributes")
    try:
        published = values.when(value_of(message, "publishTime"))
    except Rejected as error:
        raise Rejected("message.publishTime", error.code, error.message) from error
    return Message(message.get("data"), attributes if isinstance(attributes, dict) else {}, published)


def data_of(document: Any) -> Any:
    """What the message holds, where it is an envelope that was opened."""
    message = _message(document)
    return document if message is None else message.get("data")


def _message(document: Any) -> dict[str, Any] | None:
    message = document.get("message") if isinstance(document, dict) else None
    return message if isinstance(message, dict) else None


def _decoded(data: Any) -> Any:
    """JSON in Base64, standard or safe for addresses, with or without its padding. Raises Undecodable."""
    if not isinstance(data, str):
        return data  # opened before
    bare = data.translate(_URL_SAFE).rstrip("=")
    if not bare:
        return None
    try:
        content = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Undecodable("The data of the message is not Base64.") from error
    return decode(content)
