"""Made-up people: common first names and surnames, put together at random."""

from __future__ import annotations

import random
from pathlib import Path


def _words(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").split()


FIRST_NAMES = _words("first_names.txt")
SURNAMES = _words("surnames.txt")


def full_name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}"


def mailbox(name: str) -> str:
    """The part of an e-mail address before the number and the @: `Nora O'Neill` → `nora.oneill`."""
    return name.lower().replace("'", "").replace(" ", ".")
