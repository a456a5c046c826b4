"""Identifiers as they compare: one spelling each, and placeholders that name nothing recognised as such."""

import re

_PLACEHOLDERS = frozenset(
    {
        "0",
        "DEFAULT STRING",
        "DEFAULTSTRING",
        "SYSTEM SERIAL NUMBER",
        "SYSTEMSERIALNUMBER",
        "TO BE FILLED BY O.E.M.",
        "NONE",
        "N/A",
        "UNKNOWN",
        "NOT SPECIFIED",
        "STRING",
    }
)
_NOT_DIGITS = re.compile(r"[^0-9]")
_NOT_HEX = re.compile(r"[^0-9a-f]")
_PLACEHOLDER_MACS = frozenset({"020000000000", "000000000000"})


def is_placeholder(text: str) -> bool:
    """Whether an identifier in capitals names nothing: a stock phrase, or one character repeated."""
    return text in _PLACEHOLDERS or text.count(text[:1]) == len(text)


def serial(text: str) -> str:
    """Trimmed, in capitals; empty where it is a placeholder."""
    found = text.strip().upper()
    return "" if is_placeholder(found) else found


def hw_id(text: str) -> str:
    """A UDID, GUID or Android id in lower case without braces; empty where it is a placeholder."""
    found = text.strip().strip("{}").lower()
    bare = found.replace("-", "").upper()
    return "" if not bare or is_placeholder(bare) or is_placeholder(found.upper()) else found


def digits(text: str) -> str:
    """The digits alone: Apple sends an IMEI with spaces."""
    return text if text.isascii() and text.isdigit() else _NOT_DIGITS.sub("", text)


def imei(text: str) -> str:
    """The digits; empty where they are a placeholder. `is_imei` says whether they are an IMEI."""
    found = digits(text)
    return "" if not found or is_placeholder(found) else found


# What a digit counts, as it is and doubled; as bytes they add up without a step of Python for each.
_VALUES = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))


def is_imei(found: str) -> bool:
    """15 digits of which the last is the Luhn check digit (3GPP TS 23.003, annex B)."""
    if len(found) != 15:
        return False
    text = found.encode()
    return (sum(text[::2].translate(_VALUES)) + sum(text[1::2].translate(_DOUBLED))) % 10 == 0


def mac(text: str) -> str:
    """12 hex digits in lower case; empty where it is none, or one that a privacy setting makes up."""
    found = _NOT_HEX.sub("", text.lower())
    return "" if len(found) != 12 or found in _PLACEHOLDER_MACS else found


def is_placeholder_mac(text: str) -> bool:
    return _NOT_HEX.sub("", text.lower()) in _PLACEHOLDER_MACS


def maker(text: str) -> str:
    """The first word of a manufacturer in lower case: `Apple Inc.` and `Apple` are one maker."""
    words = text.lower().replace(",", " ").split(maxsplit=1)
    return words[0] if words else ""
