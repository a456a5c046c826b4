"""Usage as a system pushes it: records of a line and period, each with an outcome. Repeats change nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec
from django.db import transaction
from django.utils import timezone

from fleet import phone_numbers
from fleet.mdm import wording
from fleet.mdm.writing import decide_identity
from fleet.models import MdmSource, UsageBatch
from fleet.models.usage import MOST
from fleet.services.usage import writing
from fleet.services.usage.periods import month_from, refusal_of
from fleet.services.usage.planning import Key, Said, Step, outcome_of, overlapping, plan_usage

OUTCOMES = ("created", "updated", "unchanged", "stale", "rejected")
Bytes = Annotated[int, msgspec.Meta(ge=0, le=MOST["data_bytes"])]
Number = Annotated[int, msgspec.Meta(ge=0, le=MOST["calls_made"])]
Pence = Annotated[int, msgspec.Meta(ge=-MOST["charge_pence"], le=MOST["charge_pence"])]
OUT = {"data_bytes": "data_out_bytes", "voice_seconds": "voice_out_seconds", "texts": "texts_out"}
FROM_A_BILL = "A carrier's bill says this month already. Import the corrected bill instead."
TWICE = "The same line and period came before in this push. Send it once, or once in and once out of bundle."


class Record(msgspec.Struct, forbid_unknown_fields=True):
    """What a line was used for in a period, up to `as_of`; `msisdn` or `iccid` says which line.

    `in_bundle`: all of it is in or out of a bundle; two records of one period may say both. `period_end` is a
    month after the start, `as_of` the end or today, where they are not told.
    """

    period_start: dt.date
    msisdn: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    iccid: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    period_end: dt.date | None = None
    as_of: dt.date | None = None
    origin: Literal["carrier", "device"] = "carrier"
    carrier: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    data_bytes: Bytes | None = None
    voice_seconds: Number | None = None
    calls_made: Number | None = None
    calls_received: Number | None = None
    texts: Number | None = None
    charge_pence: Pence | None = None
    currency: Literal["GBP"] = "GBP"
    vat_included: bool | None = None
    in_bundle: bool | None = None


class Envelope(msgspec.Struct, forbid_unknown_fields=True):
    usage: list[msgspec.Raw]


@dataclass(slots=True)
class Outcome:
    """What became of one record. `line` is its id, None where it was rejected; `errors` say why."""

    position: int
    outcome: str = "rejected"
    line: int | None = None
    errors: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """Records that can be taken, by origin and then by line and period, with the positions that say them."""

    source: MdmSource
    digest: str
    outcomes: list[Outcome]
    said: dict[str, dict[Key, Said]] = field(default_factory=dict)
    positions: dict[tuple[str, Key], list[int]] = field(default_factory=dict)
    bundles: set[tuple[str, Key, bool | None]] = field(default_factory=set)
    carriers: Counter[str] = field(default_factory=Counter)


_decoder, _WORDS = msgspec.json.Decoder(Record), wording.words_of(Record)


def opened(body: bytes) -> list[msgspec.Raw]:
    """The records, unread. Raises msgspec.MsgspecError or RecursionError where the JSON itself is broken."""
    return msgspec.json.decode(body, type=Envelope).usage


@transaction.atomic
def take_usage(*, source: MdmSource, body: bytes) -> list[Outcome]:
    """Store what is new or newer, in a fixed number of statements for any number of records.

    Raises msgspec.MsgspecError or RecursionError.
    """
    records = opened(body)
    read = _Read(source, hashlib.sha256(body).hexdigest(), [Outcome(at) for at in range(len(records))])
    for outcome, raw in zip(read.outcomes, records, strict=True):
        _read(raw, outcome, read)
    decide_identity(source.organisation_id)
    for origin, said in read.said.items():
        _store(read, origin, said)
    return read.outcomes


def _read(raw: msgspec.Raw, outcome: Outcome, read: _Read) -> None:
    try:
        record = _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        name, reason = wording.field_and_reason(error, _WORDS)
        outcome.errors.append(_error(name, "invalid", f"{reason}."))
        return
    name, refusal = _line_of(record), _refusal(record)
    if not name or refusal:
        outcome.errors.append(refusal or _error("msisdn", "required", "Name the line by msisdn or iccid."))
        return
    start, end = record.period_start, record.period_end or month_from(record.period_start)[1]
    key: Key = (name, start, end)
    place = (record.origin, key)
    if place in read.positions and not _is_other_half(record, place, read):
        outcome.errors.append(_error("", "twice", TWICE))
        return
    read.bundles.add((*place, record.in_bundle))
    read.positions.setdefault(place, []).append(outcome.position)
    read.carriers[record.carrier or ""] += 1
    _add(read.said.setdefault(record.origin, {}), key, record)


def _line_of(record: Record) -> str:
    """The number or ICCID in its one spelling, or nothing."""
    return phone_numbers.msisdn(record.msisdn or "") or phone_numbers.iccid(record.iccid or "")


def _refusal(record: Record) -> dict[str, str] | None:
    end = record.period_end
    if wrong := refusal_of(record.period_start, end, today=timezone.localdate()):
        name, why = wrong
        return _error(name, "range", why)
    if record.as_of and not record.period_start <= record.as_of <= (
        end or month_from(record.period_start)[1]
    ):
        return _error("as_of", "order", "It must lie within the period.")
    return None


def _is_other_half(record: Record, place: tuple[str, Key], read: _Read) -> bool:
    """Whether it says out of bundle what another said in it, or the other way round."""
    if record.in_bundle is None or (*place, None) in read.bundles:
        return False
    return (*place, record.in_bundle) not in read.bundles


def _add(said: dict[Key, Said], key: Key, record: Record) -> None:
    one = said.setdefault(key, Said({}, record.vat_included, record.as_of))
    figures: dict[str, Any] = dict(one.figures)
    for name in ("data_bytes", "voice_seconds", "calls_made", "calls_received", "texts", "charge_pence"):
        if (value := getattr(record, name)) is not None:
            figures[name] = figures.get(name, 0) + value
            if record.in_bundle is not None and name in OUT:
                figures[OUT[name]] = figures.get(OUT[name], 0) + (0 if record.in_bundle else value)
    one.figures = figures


def _store(read: _Read, origin: str, said: dict[Key, Said]) -> None:
    organisation_id = read.source.organisation_id
    carrier = next((name for name, _ in read.carriers.most_common() if name), "")
    plan = plan_usage(organisation_id=organisation_id, carrier=carrier, origin=origin, said=said)
    told = {step.key: _outcome_of(step) for step in plan.steps}
    told |= {step.key: ("rejected", TWICE) for step in overlapping(plan.steps)}
    plan.steps = [step for step in plan.steps if told[step.key][0] in {"created", "updated"}]
    if plan.steps:
        batch = UsageBatch.objects.create(
            organisation_id=organisation_id,
            origin=origin,
            carrier=carrier,
            name=f"Push of {read.source.name}",
            digest=read.digest,
            source=read.source,
        )
        writing.write(plan, batch, keeps_replaced=False)
    for key in said:
        for position in read.positions[origin, key]:
            outcome = read.outcomes[position]
            outcome.outcome, why = told[key]
            outcome.line = plan.names.lines[key].pk
            if why:
                outcome.errors.append(_error("", "conflict", why))


def _outcome_of(step: Step) -> tuple[str, str]:
    """With the reason of a rejection: a push never takes the place of a confirmed bill or newer figures."""
    if any(row.batch.file_id for row in step.before) and not step.is_unchanged:
        return "rejected", FROM_A_BILL
    if any(row.through_on > step.record.through_on for row in step.before):
        return "stale", ""
    return {"changed": "updated"}.get(outcome_of(step), outcome_of(step)), ""


def _error(name: str, code: str, message: str) -> dict[str, str]:
    return {"field": name, "code": code, "message": message}
