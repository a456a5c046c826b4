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
    return _box(secret_keys()).encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """Raises Unreadable."""
    from cryptography.fernet import InvalidToken

    try:
        return _box(secret_keys()).decrypt(sealed)
    except InvalidToken as error:
        raise Unreadable from error


def secret_keys() -> tuple[str, ...]:
    """The one in force first."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def _box(secrets: tuple[str, ...]) -> MultiFernet:
    """Seals with the first, unseals with any."""
    from cryptography.fernet import Fernet, MultiFernet

    made = [derived(secret, b"fleet.second-factor") for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])


def derived(secret: str, purpose: bytes) -> bytes:
    """A key of 32 bytes for this purpose alone (HKDF, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
