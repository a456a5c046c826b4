"""Version strings as things that compare."""

import re

_NUMBER = re.compile(r"\d+")
_LARGEST = 2**63 - 1


def version_key(version: str) -> list[int]:
    """The numbers of a version, trailing zeros dropped: `17.4.0` → [17, 4].

    PostgreSQL compares bigint arrays element by element, so the key orders in SQL as well.
    No digits give an empty list, which is below every version.
    """
    numbers = [min(int(part[:19]), _LARGEST) for part in _NUMBER.findall(version)[:8]]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers
