"""Positions in a list as they stand in an address: sealed, since a name may be among the values.

A cursor is encrypted with a key of its own that follows from the secret key, and opens in the list and order
that it was made in alone. The same position is always the same cursor, so that addresses stay the same.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

from fleet.errors import Invalid
from fleet.web.keyset import Cut, Keyset, Position

NAMES = ("after", "before")
UNREADABLE = (
    "This address of a page of the list was cut short or is too old. Start again from the first page."
)
ONE_OF_THEM = "Ask for what comes after a row or for what comes before one, not for both."


def links(keyset: Keyset, cut: Cut) -> dict[str, str]:
    """The parameter that leads to each neighbour that a page has: {"before": …, "after": …}."""
    neighbours = {"before": cut.previous, "after": cut.next}
    return {name: seal(keyset, position) for name, position in neighbours.items() if position}


def positions(keyset: Keyset, params: Any) -> dict[str, Position]:
    """What an address asks for, to be handed to `Keyset.page`. Raises Invalid, which names the parameter."""
    asked = {name: params[name] for name in NAMES if params.get(name)}
    if len(asked) > 1:
        raise Invalid(ONE_OF_THEM, field="before")
    return {name: unseal(keyset, text, name) for name, text in asked.items()}


def seal(keyset: Keyset, position: Position) -> str:
    """The cursor of a position."""
    cipher = next(_ciphers())
    sealed = cipher.encrypt(msgspec.json.encode(position), [_purpose(keyset)])
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def unseal(keyset: Keyset, cursor: str, field: str) -> Position:
    """The position of a cursor. Raises Invalid for one that is not whole, or of another list or order."""
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = msgspec.json.decode(_opened(sealed, _purpose(keyset)))
        return tuple(one.to_python(value) for one, value in zip(keyset.fields, values, strict=True))
    except (binascii.Error, ValueError, InvalidTag, ValidationError) as error:
        raise Invalid(UNREADABLE, field=field) from error


def _opened(sealed: bytes, purpose: bytes) -> bytes:
    for cipher in _ciphers():
        try:
            return cipher.decrypt(sealed, [purpose])
        except InvalidTag:
            continue
    raise InvalidTag


def _ciphers() -> Iterator[AESSIV]:
    """The present secret key's, then those of the keys before it."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield AESSIV(salted_hmac(__name__, "", secret=secret, algorithm="sha512").digest())


def _purpose(keyset: Keyset) -> bytes:
    order = keyset.order
    return f"{keyset.rows.model._meta.label}:{','.join(order.names)}:{order.is_descending}".encode()
