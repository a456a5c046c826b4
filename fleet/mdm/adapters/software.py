"""Lists of installed software, as the common record has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fleet.mdm.adapters import values
from fleet.mdm.adapters.mapping import value_of

# As many as the common record takes, and as many characters.
MOST, NAME, VERSION = 5000, 200, 100

Software = list[dict[str, str]]


def software(name: str, *versions: str) -> Callable[[Any], Software | None]:
    """A reader of a list of objects that have a name and, under the first of these keys, a version."""

    def read(given: Any) -> Software | None:
        found: Software = []
        for one in given if isinstance(given, list) else ():
            if isinstance(one, dict) and (called := values.text(value_of(one, name))):
                version = next((told for key in versions if (told := values.text(value_of(one, key)))), "")
                found.append({"name": called[:NAME], "version": version[:VERSION]})
        return found[:MOST] or None

    return read
