"""Values as senders write them, read into those of the common record. None says "unknown".

Each takes one value as decoded and gives what the common record holds, or raises Rejected without a field,
which the mapping adds.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from fleet.mdm import normalise
from fleet.mdm.adapters.documents import key
from fleet.mdm.records import Rejected

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?P<part>\.\d+)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_SENTINELS = ("0000-", "0001-", "9999-")
# The code of what looks like an IMEI and is none.
CHECK_DIGIT = "check_digit"
LATEST_EPOCH_MS = 253_402_300_799_999
KILO, MEGA, GIGA = 10**3, 10**6, 10**9
GIBI = 2**30


def invalid(message: str) -> Rejected:
    return Rejected("", "invalid", message)


def text(value: Any) -> str | None:
    """Trimmed text; a number as it is written. A list, an object or a Boolean is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    found = str(value).strip()
    if "\x00" in found:
        raise Rejected("", "nul", "The record holds the character U+0000. Remove it.")
    return found or None


def identifier(value: Any) -> str | None:
    """Text that names something. What a spreadsheet has rounded (3.57E+14) names nothing and is refused."""
    found = text(value)
    if found is None:
        return None
    found = found.removeprefix("'")
    if _SCIENTIFIC.fullmatch(found):
        raise invalid(f"{found} was rounded by a spreadsheet. Export the column as text.")
    return found or None


def word(words: dict[str, str]) -> Any:
    """A reader of a sender's vocabulary, compared as keys are; a word that it does not know stays as sent."""
    known = {key(name): meant for name, meant in words.items()}

    def read(value: Any) -> str | None:
        found = text(value)
        return None if found is None else known.get(key(found), found) or None

    return read


def bare(value: Any) -> str:
    """Text as keys compare; empty for what is none."""
    return key(value.strip()) if isinstance(value, str) else ""


def flag(value: Any) -> bool | None:
    """True or false, also as text, yes or no, on or off; anything else is unknown."""
    if isinstance(value, bool):
        return value
    match str(value).strip().lower() if isinstance(value, str | int) else "":
        case "true" | "yes" | "on" | "1":
            return True
        case "false" | "no" | "off" | "0":
            return False
    return None


def when(value: Any) -> dt.datetime | None:
    """A time in ISO 8601, with any number of digits after the second; without a zone it is UTC.

    Years 0, 1 and 9999 say "never" and are unknown.
    """
    found = text(value)
    if found is None or found.startswith(_SENTINELS):
        return None
    if not (parts := _ISO.fullmatch(found)):
        raise invalid(f"{found} is not a time as in 2026-03-02T09:41:00Z.")
    day, time, part, zone = parts.group("day", "time", "part", "zone")
    written = f"{day}T{time}{(part or '')[:7]}{zone or '+00:00'}"
    try:
        return dt.datetime.fromisoformat(written).astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise invalid(f"{found} is not a time that there is.") from error


def epoch_ms(value: Any) -> dt.datetime | None:
    """Milliseconds since 1970, as a number or its digits; 0 is unknown."""
    count = whole(value)
    if not count:
        return None
    if count > LATEST_EPOCH_MS:
        raise invalid(f"{count} is not a time in milliseconds since 1970.")
    return dt.datetime.fromtimestamp(count / 1000, dt.UTC)


def moment(value: Any) -> dt.datetime | None:
    """A time in ISO 8601, or in milliseconds since 1970."""
    found = text(value)
    return epoch_ms(found) if found is not None and found.isascii() and found.isdigit() else when(value)


def whole(value: Any) -> int | None:
    """A whole number of at least 0, as a number or its digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        digits = value.strip()
        if not digits:
            return None
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 20):
            raise invalid(f"{digits[:40]} is not a whole number.")
        return int(digits)
    return int(value) if 0 <= value < 2**63 else None


def size(unit: int = 1) -> Any:
    """A reader of sizes in units of so many bytes; 0 and less say "not reported"."""

    def read(value: Any) -> int | None:
        if isinstance(value, str):
            value = value.strip().replace(",", "")
            if not value:
                return None
            try:
                value = float(value) if "." in value else int(value)
            except ValueError as error:
                raise invalid(f"{value[:40]} is not a size.") from error
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if not 0 < value < 2**63 / unit:
            return None
        return int(value * unit)

    return read


def imeis(value: Any) -> list[str] | None:
    """One IMEI, or a list of them, as the common record's list; a number gets back its leading zeros."""
    given = value if isinstance(value, list) else [value]
    found = [_imei(one) for one in given]
    return [one for one in found if one] or None


def _imei(value: Any) -> str | None:
    found = identifier(value)
    if found is None:
        return None
    digits = normalise.imei(found.zfill(15) if isinstance(value, int) else found)
    if digits and not normalise.is_imei(digits):
        message = f"{found} is not an IMEI: 15 digits of which the last is the check digit."
        raise Rejected("", CHECK_DIGIT, message)
    return digits or None


def mac(value: Any) -> str | None:
    """A MAC address as 12 hex digits; one that a privacy setting makes up says nothing."""
    found = text(value)
    if found is None or normalise.is_placeholder_mac(found):
        return None
    if not (digits := normalise.mac(found)):
        raise invalid(f"{found} is not a MAC address: 12 hex digits.")
    return digits


def phone(value: Any) -> str | None:
    """A phone number as written; one of which a sender shows the last digits alone (`*****1234`) is none."""
    found = identifier(value)
    return None if found is None or "*" in found else found


def share(value: Any) -> int | None:
    """A share of 1 as percent; less than 0 says "unknown"."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    return round(value * 100)


def sims(value: Any) -> list[dict[str, str]] | None:
    """One ICCID as the common record's list of SIMs."""
    iccid = identifier(value)
    return [{"iccid": iccid}] if iccid else None
