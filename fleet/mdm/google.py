"""Google's identity tokens (OpenID Connect), with which Pub/Sub signs what it pushes.

Source: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from fleet.errors import FleetError
from fleet.mdm.refusals import NotProven
from fleet.vocabulary import Refusal

if TYPE_CHECKING:
    import jwt
    from jwt import PyJWKClient

    from fleet.models import MdmSource

AWAY = "Google's keys cannot be fetched now. Send this again."


class KeysAway(FleetError):
    """Google's keys cannot be fetched now, so that nothing can be judged (HTTP 503)."""


def must_be_googles_word(source: MdmSource, token: str) -> None:
    """The token is Google's word that this request comes from the source's service account.

    Checks signature, time, issuer, audience and e-mail. Raises NotProven, KeysAway.
    """
    import jwt

    if not token:
        raise NotProven(Refusal.NOTHING)
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
        raise NotProven(_refusal_of(error)) from error
    is_verified = claims.get("email_verified") is True
    if not is_verified or str(claims.get("email", "")).lower() != source.oidc_email.lower():
        raise NotProven(Refusal.ACCOUNT)


def _refusal_of(error: jwt.InvalidTokenError) -> Refusal:
    import jwt

    match error:
        case jwt.InvalidSignatureError():
            return Refusal.KEY
        case jwt.ExpiredSignatureError() | jwt.ImmatureSignatureError() | jwt.InvalidIssuedAtError():
            return Refusal.TIME
        case jwt.InvalidIssuerError():
            return Refusal.ISSUER
        case jwt.InvalidAudienceError():
            return Refusal.AUDIENCE
    return Refusal.UNREADABLE


def _key_for(token: str) -> Any:
    """The public key that the token names. Raises jwt.InvalidTokenError, KeysAway."""
    import jwt

    name = str(jwt.get_unverified_header(token).get("kid", ""))
    keys, has_keys = _keys(settings.GOOGLE_OIDC_KEYS_URL), False
    try:
        has_keys = bool(keys.get_signing_keys())
        return keys.get_signing_key(name).key  # fetches them again where none has this name
    except (jwt.PyJWTError, ValueError, LookupError, TypeError, AttributeError) as error:
        is_away = isinstance(error, jwt.PyJWKClientConnectionError)
        if has_keys and isinstance(error, jwt.PyJWKClientError) and not is_away:
            raise jwt.InvalidSignatureError("No key of Google's has signed it.") from error
        # They cannot be fetched, or a proxy's page or another answer came that is no set of keys.
        raise KeysAway(AWAY) from error


@lru_cache(maxsize=4)
def _keys(url: str) -> PyJWKClient:
    """Keeps the keys for an hour, as Google changes them every few days."""
    from jwt import PyJWKClient

    return PyJWKClient(url, cache_keys=True, lifespan=3600, timeout=5)
