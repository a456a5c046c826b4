"""Request bodies: unpacked within limits and checked before they are taken."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import NamedTuple

import msgspec
from django.conf import settings

from fleet.mdm import wording
from fleet.mdm.adapters import documents, native

JSON_TYPES = {
    "application/json": documents.JSON,
    "application/x-ndjson": documents.NDJSON,
    "application/ndjson": documents.NDJSON,
}
BODY_GONE = "The body was deleted after its time. Ask the sender to push again."


class Refused(Exception):
    """A body that is not taken; `status` is the HTTP status that says so."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class Body(NamedTuple):
    """An unpacked body of `content_type`; `trouble` says why one that is to be quarantined is not sound."""

    content: bytes
    content_type: str
    trouble: str = ""


def content_type_of(header: str) -> str:
    """The type that adapters know. Raises Refused (415) for any other, and for text that is not UTF-8."""
    name, _, parameters = header.partition(";")
    found = JSON_TYPES.get(name.strip().lower())
    charset = parameters.replace(" ", "").lower()
    if found is None or (charset and charset not in {"charset=utf-8", 'charset="utf-8"'}):
        message = "Send application/json or application/x-ndjson in UTF-8."
        raise Refused(415, "content_type", message)
    return found


def unpack(sent: bytes, encoding: str) -> bytes:
    """The body as it was before compression, without the mark that PowerShell writes before UTF-8.

    Raises Refused: 415 for any compression but gzip, 400 where it is broken, 413 where it grows too large.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return sent.removeprefix(codecs.BOM_UTF8)
        case "gzip" | "x-gzip":
            return _gunzip(sent).removeprefix(codecs.BOM_UTF8)
    raise Refused(415, "content_encoding", "Send the body plain or compressed with gzip.")


def _gunzip(sent: bytes) -> bytes:
    """All members of a gzip file. Inflating stops at the limit: a small body cannot fill the memory."""
    limit, parts, left = settings.MDM_MAX_UNPACKED_BYTES, list[bytes](), sent
    while left:
        inflate = zlib.decompressobj(wbits=31)
        try:
            parts.append(inflate.decompress(left, limit + 1))
        except zlib.error as error:
            raise Refused(400, "gzip", f"The gzip data is broken: {error}.") from error
        limit -= len(parts[-1])
        if limit < 0:
            most = settings.MDM_MAX_UNPACKED_BYTES // 2**20
            raise Refused(413, "too_large", f"Unpacked, the body may have {most} MiB. Send it in parts.")
        if not inflate.eof:
            raise Refused(400, "gzip", "The gzip data ends too early. Send it again.")
        left = inflate.unused_data
    return b"".join(parts)


def check(body: Body) -> native.Envelope:
    """The body, records unread. Raises Refused: 400 where it is broken as a whole, 413 for too many."""
    if not body.content.strip():
        raise Refused(400, "empty", 'The body is empty. Send {"devices": […]}, or one record a line.')
    if body.content_type == documents.JSON:
        _must_be_utf8(body.content)
    try:
        envelope = native.opened(body.content, body.content_type)
    except RecursionError as error:
        raise Refused(400, "too_deep", "The JSON is nested too deeply.") from error
    except msgspec.MsgspecError as error:
        raise Refused(400, "malformed", _reason(error, body.content)) from error
    refuse_too_many(len(envelope.devices))
    return envelope


def refuse_too_many(count: int) -> None:
    """Raises Refused (413)."""
    if count > settings.MDM_MAX_RECORDS:
        message = (
            f"{count} records in one request; {settings.MDM_MAX_RECORDS} are the most. Send them in parts."
        )
        raise Refused(413, "too_many", message)


def _must_be_utf8(content: bytes) -> None:
    """In JSON a stray byte may hide where a record begins or ends, so none is taken."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        place = _place(content, error.start)
        message = f"0x{content[error.start]:02X} is not UTF-8 {place}. Send the text as UTF-8."
        raise Refused(400, "encoding", message) from error


_AT = re.compile(r" \(byte (\d+)\)$")


def _reason(error: msgspec.MsgspecError, content: bytes) -> str:
    """The decoder's reason, and where; data that ends too early is broken at its end."""
    field, reason = wording.field_and_reason(error)
    if isinstance(error, msgspec.ValidationError):
        return f'{field or "The body"}: {reason}. Send {{"devices": […]}}.'
    found = _AT.search(reason)
    return f"{_AT.sub('', reason)} {_place(content, int(found[1]) if found else len(content))}."


def _place(content: bytes, position: int) -> str:
    """Bytes count from 0, lines and columns from 1."""
    line = content.count(b"\n", 0, position) + 1
    column = position - content.rfind(b"\n", 0, position)
    return f"at byte {position}, line {line}, column {column}"
