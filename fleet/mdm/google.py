"""Google's identity tokens (OpenID Connect), with which Pub/Sub signs what it pushes.

Source: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from fleet.errors import FleetError

if TYPE_CHECKING:
    from jwt import PyJWKClient

    from fleet.models import MdmSource

log = logging.getLogger(__name__)
AWAY = "Google's keys cannot be fetched now. Send this again."


class KeysAway(FleetError):
    """Google's keys cannot be fetched now, so that nothing can be judged (HTTP 503)."""


def google_says(source: MdmSource, token: str) -> bool:
    """Whether the token is Google's word that this request comes from the source's service account.

    Checks signature, time, issuer, audience and e-mail. Raises KeysAway.
    """
    import jwt

    if not token:
        return False
    try:
        claims = jwt.decode(
            token,
            _key_for(token),
            algorithms=["RS256"],
            audience=source.oidc_audience,
            issuer=settings.GOOGLE_OIDC_ISSUERS,
            leeway=60,
            options={"require": ["exp", "iat", "iss", "aud"]},
        )
    except jwt.InvalidTokenError as error:
        log.info("An identity token for %s was refused: %s", source.slug, type(error).__name__)
        return False
    is_verified = claims.get("email_verified") is True
    return is_verified and str(claims.get("email", "")).lower() == source.oidc_email.lower()


def _key_for(token: str) -> Any:
    """The public key that the token names. Raises jwt.InvalidTokenError, KeysAway."""
    import jwt

    try:
        return _keys(settings.GOOGLE_OIDC_KEYS_URL).get_signing_key_from_jwt(token).key
    except jwt.PyJWKClientConnectionError as error:
        raise KeysAway(AWAY) from error
    except jwt.PyJWKClientError as error:
        raise jwt.InvalidTokenError("No key of Google's has signed it.") from error
    except jwt.InvalidTokenError:
        raise
    except (jwt.PyJWTError, ValueError, LookupError, TypeError, AttributeError) as error:
        # A proxy's page, or another answer that is no set of keys.
        raise KeysAway(AWAY) from error


@lru_cache(maxsize=4)
def _keys(url: str) -> PyJWKClient:
    """Keeps the keys for an hour, as Google changes them every few days."""
    from jwt import PyJWKClient

    return PyJWKClient(url, cache_keys=True, lifespan=3600, timeout=5)
