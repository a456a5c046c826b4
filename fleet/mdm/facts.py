"""A record's facts as the register keeps them: normalised, only those told, JSON values alone."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from fleet.mdm import normalise
from fleet.mdm.records import Facts, Rejected, SimFact, SoftwareFact

# field → value; a field that is absent was not told.
Register = dict[str, Any]

_TEXTS = (
    "asset_tag",
    "model",
    "model_id",
    "manufacturer",
    "os_version",
    "os_build",
    "user_upn",
    "user_email",
    "user_name",
)
WORDS = ("platform", "enrolment", "compliance", "wipe", "ownership")
_VALUES = ("supervised", "encrypted", "passcode", "lost", "storage_total_bytes")


def facts_of(said: Facts) -> Register:
    """Normalised facts; raises Rejected where an identifier cannot be one, or none is given."""
    found: Register = {}
    _identifiers(said, found)
    for field in _TEXTS:
        if (text := getattr(said, field)) and (text := text.strip()):
            found[field] = text
    for field in WORDS:
        if (word := getattr(said, field)) and (word := _word(word)):
            found[field] = word
    for field in _VALUES:
        if (value := getattr(said, field)) is not None:
            found[field] = value
    if said.enrolled_at is not None and (when := micros(said.enrolled_at)) is not None:
        found["enrolled_at"] = when
    if said.sims is not None:
        found["sims"] = _sims(said.sims)
    if said.software is not None:
        found["software"] = _software(said.software)
    return found


@lru_cache(maxsize=1024)
def _word(given: str) -> str:
    """The word of a vocabulary as it compares; empty where it says nothing."""
    word = given.strip().lower()
    return "" if word == "unknown" else word


def _identifiers(said: Facts, found: Register) -> None:
    if said.serial and (serial := normalise.serial(said.serial)):
        found["serial"] = serial
    if said.hw_id and (hw_id := normalise.hw_id(said.hw_id)):
        found["hw_id"] = hw_id
    if said.imei and (imeis := _imeis(said.imei)):
        found["imei"] = imeis
    if not found and not (said.source_id and said.source_id.strip()):
        raise Rejected("", "unidentified", _nameless(said.serial))
    if said.meid and (meid := said.meid.strip().upper()) and not normalise.is_placeholder(meid):
        found["meid"] = meid
    if said.wifi_mac and said.wifi_mac.strip():
        _wifi_mac(said.wifi_mac, found)


def _nameless(serial: str | None) -> str:
    """What to do about a record that names no device."""
    needed = "Give at least one of source_id, serial, hw_id and imei."
    if serial and serial.strip():
        return f"The serial {serial.strip()} is a placeholder that many devices share. {needed}"
    return needed


def _imeis(given: list[str | None]) -> list[str]:
    found: list[str] = []
    for position, text in enumerate(given):
        imei = normalise.imei(text or "")
        if imei and not normalise.is_imei(imei):
            message = f"{text} is not an IMEI: 15 digits of which the last is the check digit."
            raise Rejected(f"imei[{position}]", "check_digit", message)
        if imei and imei not in found:
            found.append(imei)
    return sorted(found)


def _wifi_mac(given: str, found: Register) -> None:
    if mac := normalise.mac(given):
        found["wifi_mac"] = mac
    elif not normalise.is_placeholder_mac(given):
        raise Rejected("wifi_mac", "invalid", f"{given} is not a MAC address: 12 hex digits.")


def _sims(given: list[SimFact]) -> list[Register]:
    by_iccid = {}
    for position, sim in enumerate(given):
        iccid = normalise.digits(sim.iccid or "")
        if len(iccid) > 22:
            raise Rejected(f"sims[{position}].iccid", "invalid", "An ICCID has at most 22 digits.")
        if iccid:
            by_iccid[iccid] = {
                "iccid": iccid,
                "msisdn": _msisdn(sim.msisdn, position),
                "eid": normalise.digits(sim.eid or ""),
                "carrier": (sim.carrier or "").strip(),
            }
    return [by_iccid[iccid] for iccid in sorted(by_iccid)]


def _msisdn(given: str | None, position: int) -> str:
    number = normalise.digits(given or "")
    if len(number) > 15:
        raise Rejected(f"sims[{position}].msisdn", "invalid", "A phone number (E.164) has at most 15 digits.")
    return f"+{number}" if number else ""


def _software(given: list[SoftwareFact]) -> list[Register]:
    pairs = sorted({(one.name.strip(), (one.version or "").strip()) for one in given})
    return [{"name": name, "version": version} for name, version in pairs]


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def micros(when: dt.datetime) -> int | None:
    """Microseconds since 1970; None for a sentinel: year 1 says "never", year 9999 "no limit"."""
    return None if when.year in {1, 9999} else (when - _EPOCH) // _MICROSECOND


def moment(at: int) -> dt.datetime:
    return _EPOCH + at * _MICROSECOND
