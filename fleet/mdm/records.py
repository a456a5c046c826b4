"""The common record: what every adapter produces and the native schema is (docs/reference/mdm-native.md)."""

from __future__ import annotations

import datetime as dt
from hashlib import blake2b
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

Text40 = Annotated[str, Meta(max_length=40)]
Text100 = Annotated[str, Meta(max_length=100)]
Text200 = Annotated[str, Meta(max_length=200)]
Text254 = Annotated[str, Meta(max_length=254)]
Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Time = Annotated[dt.datetime, Meta(tz=True)]


class SimFact(Struct, omit_defaults=True):
    iccid: Text40 | None = None
    msisdn: Text40 | None = None
    eid: Text40 | None = None
    carrier: Text100 | None = None


class SoftwareFact(Struct, omit_defaults=True):
    name: Text200
    version: Text100 | None = None


class Facts(Struct, omit_defaults=True, kw_only=True):
    """What a source says a device is, as sent; None or empty says nothing. Sizes in bytes.

    Vocabularies are plain text here: a word that none knows must not lose the record.
    """

    source_id: Text200 | None = None
    serial: Text100 | None = None
    hw_id: Text100 | None = None
    imei: Annotated[list[Text40 | None], Meta(max_length=2)] | None = None
    meid: Text100 | None = None
    asset_tag: Text100 | None = None
    sims: Annotated[list[SimFact], Meta(max_length=10)] | None = None
    wifi_mac: Text40 | None = None
    model: Text200 | None = None
    model_id: Text100 | None = None
    manufacturer: Text100 | None = None
    platform: Text100 | None = None
    os_version: Text100 | None = None
    os_build: Text100 | None = None
    user_upn: Text254 | None = None
    user_email: Text254 | None = None
    user_name: Text200 | None = None
    enrolment: Text100 | None = None
    compliance: Text100 | None = None
    supervised: bool | None = None
    encrypted: bool | None = None
    passcode: bool | None = None
    lost: bool | None = None
    wipe: Text100 | None = None
    ownership: Text100 | None = None
    enrolled_at: Time | None = None
    storage_total_bytes: Count | None = None
    software: Annotated[list[SoftwareFact], Meta(max_length=5000)] | None = None


class Pulse(Struct, omit_defaults=True, kw_only=True):
    """What changes at each check-in, and when the sender saw all this. Battery in percent."""

    last_seen: Time | None = None
    observed_at: Time | None = None
    battery_level: Percent | None = None
    battery_health: Text100 | None = None
    storage_free_bytes: Count | None = None


class Record(Struct):
    """One device as one source reports it at one time; `digest` is the same for the same facts.

    `is_event`: it tells of something that happened then, which is kept with its time. `creates`: a device
    that is not known comes of it; otherwise it can only add to one that is. `previous` are ids by which the
    source knew the device before it was enrolled anew.
    """

    facts: Facts
    pulse: Pulse
    digest: int
    is_event: bool = False
    creates: bool = True
    previous: tuple[str, ...] = ()


class Rejection(Struct):
    """A record that cannot be read, and why: `errors` holds {field, code, message}."""

    errors: list[dict[str, str]]
    source_id: str = ""


class Rejected(Exception):
    """A value of the record cannot be taken; `source_id` is that of the record, as far as it was read."""

    source_id = ""

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(message)
        self.field, self.code, self.message = field, code, message

    def as_rejection(self, source_id: str | None = None) -> Rejection:
        error = {"field": self.field, "code": self.code, "message": self.message}
        return Rejection([error], source_id or self.source_id)


_encode = msgspec.msgpack.Encoder().encode


def digest_of(facts: Facts) -> int:
    """A signed 64-bit digest of the facts as sent, never 0."""
    return int.from_bytes(blake2b(_encode(facts), digest_size=8).digest(), "big", signed=True) or 1


def record_of(facts: Facts, pulse: Pulse) -> Record:
    return Record(facts, pulse, digest_of(facts))


def as_document(record: Record) -> dict[str, Any]:
    """The record as JSON values in the native schema, to be kept while a person decides."""
    document: dict[str, Any] = msgspec.to_builtins(record.facts) | msgspec.to_builtins(record.pulse)
    more = {"previous": list(record.previous), "is_event": record.is_event}
    return document | {name: value for name, value in more.items() if value}


def from_document(document: dict[str, Any]) -> Record:
    found = record_of(msgspec.convert(document, Facts), msgspec.convert(document, Pulse))
    found.previous = tuple(document.get("previous", ()))
    found.is_event = bool(document.get("is_event"))
    return found
