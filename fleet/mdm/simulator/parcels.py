"""Request bodies as senders pack them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import NamedTuple

from fleet.mdm.adapters.documents import JSON, NDJSON
from fleet.mdm.simulator.inventing import Record


class Parcel(NamedTuple):
    """One request: its body as sent, how many records it holds, and its headers."""

    body: bytes
    records: int
    headers: dict[str, str]


def pack(records: Sequence[Record], *, ndjson: bool = False, gzipped: bool = False) -> Parcel:
    """The records as JSON, or one a line; plain, or compressed."""
    if ndjson:
        body = "\n".join(map(json.dumps, records)).encode()
    else:
        body = json.dumps({"devices": records}).encode()
    return parcel_of(body, len(records), ndjson=ndjson, gzipped=gzipped)


def parcel_of(body: bytes, records: int, *, ndjson: bool = False, gzipped: bool = False) -> Parcel:
    """Any bytes at all, with the headers that say what they should be."""
    headers = {"Content-Type": NDJSON if ndjson else JSON}
    if gzipped:
        return Parcel(gzip.compress(body, 1), records, headers | {"Content-Encoding": "gzip"})
    return Parcel(body, records, headers)
