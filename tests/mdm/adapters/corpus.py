"""Bodies as senders and networks spoil them, made from sound ones."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

STRANGE: tuple[Any, ...] = (
    None,
    "",
    "\x00",
    "…" * 9_000,
    "3.57E+14",
    True,
    -1,
    10**25,
    1.7e308,
    [],
    {},
    [None, [[]], {"": 1}],
    {"value": {"value": {"value": []}}},
)


def spoilt(content: bytes) -> Iterator[bytes]:
    """The body cut off, in other encodings, nested deeply, and with each of its values made strange."""
    yield content
    yield from (content[: len(content) * part // 7] for part in range(7))
    text = content.decode()
    yield from (
        text.encode("utf-16"),
        text.encode("utf-8-sig"),
        content.replace(b"a", b"\xe9"),
        content + b"\x00",
    )
    yield b'{"value":' * 3_000 + content + b"}" * 3_000
    yield from (b"null", b"5", b"true", b'"x"')
    yield b"[" * 100_000
    with suppress(ValueError):
        document = json.loads(content)
        yield json.dumps([document, 7, [document], document]).encode()
        yield from (json.dumps(one).encode() for one in strange(document))


def strange(document: Any) -> Iterator[Any]:
    """The document with each value, at any depth, replaced by each of the strange ones, and left out."""
    for path in _paths(document):
        for value in STRANGE:
            changed = copy.deepcopy(document)
            _parent(changed, path)[path[-1]] = value
            yield changed
        changed = copy.deepcopy(document)
        del _parent(changed, path)[path[-1]]
        yield changed


def _paths(document: Any) -> Iterator[tuple[Any, ...]]:
    inside = document.items() if isinstance(document, dict) else enumerate(document)
    for name, value in inside:
        yield (name,)
        if isinstance(value, dict | list):
            yield from ((name, *rest) for rest in _paths(value))


def _parent(document: Any, path: tuple[Any, ...]) -> Any:
    for name in path[:-1]:
        document = document[name]
    return document
