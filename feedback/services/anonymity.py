"""Whose an anonymous word is: its owner's account can find it, and nobody can find the account from it.

The digest is keyed with a secret that the database does not hold. Nothing that is shown, exported, logged or
sent carries it.
"""

from __future__ import annotations

import hmac
from functools import cache
from typing import TYPE_CHECKING

from fleet.services.sealing import derived, secret_keys

if TYPE_CHECKING:
    from fleet.models import User


def keys_of(user: User) -> tuple[bytes, ...]:
    """An account's digests of 32 bytes: what it says today carries the first, earlier words perhaps
    another."""
    return keys_of_id(user.pk)


def keys_of_id(user_id: int) -> tuple[bytes, ...]:
    return tuple(_digest(_secret(secret), user_id) for secret in secret_keys())


@cache
def _secret(secret: str) -> bytes:
    return derived(secret, b"feedback.anonymity")


def _digest(secret: bytes, user_id: int) -> bytes:
    return hmac.digest(secret, str(user_id).encode(), "sha256")
