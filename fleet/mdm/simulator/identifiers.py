"""Identifiers that look right and belong to nothing."""

from __future__ import annotations

import random
import string

from fleet.mdm.normalise import is_imei

SERIAL_LETTERS = "".join(sorted(set(string.ascii_uppercase + string.digits) - set("AEIOU01")))


def imei(count: int, *, allocation: str = "001010") -> str:
    """The `count`th (of at most 8 digits) of an allocation kept for tests (00 …), with its check digit."""
    body = f"{allocation}{count:08}"
    return next(found for digit in string.digits if is_imei(found := body + digit))


def iccid(count: int) -> str:
    """Telecom (89), United Kingdom (44), issuer 99, which nobody has."""
    return f"894499{count:013}"


def msisdn(count: int) -> str:
    """The `count`th of the thousand numbers that Ofcom keeps for drama: 07700 900000 to 07700 900999."""
    if not 0 <= count < 1000:
        raise ValueError(f"Ofcom keeps a thousand numbers, not {count + 1}")
    return f"+447700900{count:03}"


def serial(prefix: str, count: int, chance: random.Random) -> str:
    """Unique by `count`; the letters only make it look like one."""
    letters = "".join(chance.choices(SERIAL_LETTERS, k=4))
    return f"{prefix}{letters}{count:06}"


def hardware_id(chance: random.Random) -> str:
    """A random UUID in lower case."""
    text = f"{chance.getrandbits(128):032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def wifi_mac(chance: random.Random) -> str:
    """Locally administered, so of no maker."""
    return f"02{chance.getrandbits(40):010x}"
