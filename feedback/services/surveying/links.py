"""The link by which somebody without an account answers.

Its secret is made of the survey and the person with a key that the database does not hold, so that mailing it
again gives the same; the database keeps its digest alone.
"""

from __future__ import annotations

import base64
import hmac
from functools import cache

from fleet.models.tokens import token_digest
from fleet.services.sealing import derived, secret_keys


def secret_for(survey_id: int, staff_id: int, *, digest: str = "") -> str:
    """43 letters, made with that key in force to which `digest` belongs, else with the first."""
    made = [_made(_key(one), survey_id, staff_id) for one in secret_keys()]
    return next((secret for secret in made if token_digest(secret) == digest), made[0])


def digest_for(survey_id: int, staff_id: int) -> str:
    """What the database keeps of it."""
    return token_digest(_made(_key(secret_keys()[0]), survey_id, staff_id))


@cache
def _key(secret: str) -> bytes:
    return derived(secret, b"feedback.survey-link")


def _made(key: bytes, survey_id: int, staff_id: int) -> str:
    digest = hmac.digest(key, f"{survey_id}.{staff_id}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
