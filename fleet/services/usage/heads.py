"""The first rows of a carrier's file, kept beside it: no page has to open the whole."""

from __future__ import annotations

import zlib
from itertools import islice

import msgspec

from fleet.errors import Conflict
from fleet.models import Import
from fleet.services.imports.reading import File

ROWS = 10
# Longer cells are cut: nobody reads more of one to tell what its column holds.
LETTERS = 200


def head_of(content: bytes) -> bytes:
    """The header and the first rows with their numbers, compressed. Raises Invalid for what is no file."""
    file = File(content)
    rows = ((number, [cell[:LETTERS] for cell in cells]) for number, cells in islice(file.records, ROWS))
    return zlib.compress(msgspec.json.encode([(1, file.headers), *rows]))


def opened_head(found: Import) -> File:
    """What `head_of` kept, as a file. Raises Conflict before a worker has read it."""
    if not found.head:
        raise Conflict("The file has not been read yet. Come back in a moment.")
    return File(records=iter(msgspec.json.decode(zlib.decompress(bytes(found.head)))))
