"""Phone numbers and SIM numbers as bills, MDM systems and people write them: one spelling each."""

from __future__ import annotations

import re

from fleet.mdm import normalise

# Numbers without a country are of here.
HOME = "44"
_BRACKETED_ZERO = re.compile(r"\(0\)")
_ICCID = re.compile(r"89\d{16,20}")


def msisdn(text: str) -> str:
    """`07590 526 550`, `44 7590…`, `0044…` and `+44 (0)7590…` as +447590526550; empty for what is none.

    A number has 3 to 15 digits (E.164). Without a leading 0, 00 or + it counts as written with its country,
    unless it is a mobile number that lost its 0 in a spreadsheet. What has a letter is none: 4.47701E+11 is
    what is left of one.
    """
    if any(character.isalpha() for character in text):
        return ""
    digits = normalise.digits(_BRACKETED_ZERO.sub("", text))
    if text.strip().startswith("+"):
        digits = HOME + digits[1:] if digits.startswith("0") else digits
    elif digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0") or (len(digits) == 10 and digits.startswith("7")):
        digits = HOME + digits.removeprefix("0")
    return f"+{digits}" if 3 <= len(digits) <= 15 else ""


def iccid(text: str) -> str:
    """The 18 to 22 digits of a SIM's number, which begins with 89; empty for what is none."""
    digits = normalise.digits(text)
    return digits if _ICCID.fullmatch(digits) else ""


def spoken(number: str) -> str:
    """+447700900123 as +44 7700 900123; others as they are."""
    home = f"+{HOME}"
    if not number.startswith(home) or len(number) != 13:
        return number
    return f"{home} {number[3:7]} {number[7:]}"
