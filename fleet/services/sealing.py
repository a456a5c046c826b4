"""Secrets that must be read again, encrypted at rest with a key made from SECRET_KEY."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class Unreadable(Exception):
    """SECRET_KEY is another than when this was sealed, and is not among SECRET_KEY_FALLBACKS."""


def seal(text: str) -> str:
    return seal_bytes(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    return unseal_bytes(sealed.encode()).decode()


def seal_bytes(content: bytes) -> bytes:
    return _box(_keys()).encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """Raises Unreadable."""
    from cryptography.fernet import InvalidToken

    try:
        return _box(_keys()).decrypt(sealed)
    except InvalidToken as error:
        raise Unreadable from error


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def _box(secrets: tuple[str, ...]) -> MultiFernet:
    """Seals with the first, unseals with any."""
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    """A key for this purpose alone (HKDF, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fleet.second-factor").derive(secret.encode())
    return base64.urlsafe_b64encode(made)
