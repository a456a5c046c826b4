"""The native schema: `{"devices": […]}` as JSON, or one record a line as NDJSON."""

import re
from contextlib import suppress
from typing import Annotated

import msgspec

from fleet.mdm import wording
from fleet.mdm.adapters.adapter import Adapter, Read
from fleet.mdm.adapters.documents import JSON, NDJSON
from fleet.mdm.records import Facts, Pulse, Record, Rejected, Rejection, record_of


class SyncPart(msgspec.Struct, forbid_unknown_fields=True):
    """Which part of which complete sync a body is."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    part: Annotated[int, msgspec.Meta(ge=1, le=999_999)] = 1
    of: Annotated[int, msgspec.Meta(ge=1, le=999_999)] = 1


class Envelope(msgspec.Struct):
    devices: list[msgspec.Raw]
    sync: SyncPart | None = None


class _AllFacts(msgspec.Struct):
    devices: list[Facts]


class _AllPulses(msgspec.Struct):
    devices: list[Pulse]


class _Named(msgspec.Struct):
    source_id: str | None = None


_envelope = msgspec.json.Decoder(Envelope)
_all_facts = msgspec.json.Decoder(_AllFacts)
_all_pulses = msgspec.json.Decoder(_AllPulses)
_facts = msgspec.json.Decoder(Facts).decode
_pulse = msgspec.json.Decoder(Pulse).decode
_named = msgspec.json.Decoder(_Named).decode

# msgspec reads text only where a field asks for it, and then leaves it to Python to say that it is none.
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_NUL = re.compile(rb"\x00|(?<!\\)(?:\\\\)*\\u0000")
_EMPTY = re.compile(rb'":\s*""')
_SENTINEL = re.compile(rb'("(?:last_seen|observed_at|enrolled_at)"\s*:\s*)"(?:0000-00-00|9999-12-31)[^"]*"')


def opened(body: bytes, content_type: str) -> Envelope:
    """The records, unread. Raises msgspec.MsgspecError or RecursionError where the JSON itself is broken."""
    if content_type == NDJSON:
        return Envelope([msgspec.Raw(line) for line in body.splitlines() if line.strip()])
    return _envelope.decode(body)


def read(body: bytes, content_type: str) -> list[Record | Rejection]:
    if content_type == JSON and b"\\u0000" not in body:
        # Where one breaks the schema, each is read by itself to find which.
        with suppress(*_UNREADABLE):
            return _read_together(body)
    return [read_record(raw) for raw in opened(body, content_type).devices]


def _read_together(body: bytes) -> list[Record | Rejection]:
    """All records at once, which takes half of the time. Raises where any of them breaks the schema."""
    return list(map(record_of, _all_facts.decode(body).devices, _all_pulses.decode(body).devices))


def read_record(raw: bytes | msgspec.Raw) -> Record | Rejection:
    """One record; a Rejection with the field and the reason where it breaks the schema."""
    try:
        record = record_of(_facts(raw), _pulse(raw))
    except _UNREADABLE:
        return _read_again(bytes(raw))
    if b"\\u0000" in bytes(raw) and _NUL.search(bytes(raw)):
        return _holds_nul(record.facts.source_id)
    return record


def _read_again(raw: bytes) -> Record | Rejection:
    """Empty text and impossible dates say "unknown" in any field: blank them, then judge."""
    if _NUL.search(raw):
        return _holds_nul(_source_id(raw))
    known = _SENTINEL.sub(rb"\1null", _EMPTY.sub(b'": null', raw))
    try:
        return record_of(_facts(known), _pulse(known))
    except msgspec.ValidationError as error:
        field, reason = wording.field_and_reason(error)
        return Rejected(field, "invalid", f"{reason}.").as_rejection(_source_id(raw))
    except msgspec.DecodeError as error:
        _, reason = wording.field_and_reason(error)
        return Rejected("", "malformed", f"{reason}. Send one JSON object a record.").as_rejection()
    except UnicodeDecodeError:
        message = "The record is not in UTF-8. Send its text as UTF-8."
        return Rejected("", "encoding", message).as_rejection(_source_id(raw))
    except RecursionError:
        return Rejected("", "malformed", "The record is nested too deeply.").as_rejection()


def _holds_nul(source_id: str | None) -> Rejection:
    return Rejected("", "nul", "The record holds the character U+0000. Remove it.").as_rejection(source_id)


def _source_id(raw: bytes) -> str | None:
    try:
        return _named(raw).source_id
    except _UNREADABLE:
        return None


ADAPTER = Adapter(read=lambda body, content_type: Read(read(body, content_type)))
