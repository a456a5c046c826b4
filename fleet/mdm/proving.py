"""How an MDM source proves who it is, in each of the ways that senders can."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fleet.mdm.google import must_be_googles_word
from fleet.mdm.refusals import NotProven
from fleet.models import MdmSource, SourceToken
from fleet.models.tokens import token_digest
from fleet.services.sealing import Unreadable, unseal
from fleet.vocabulary import Refusal, SourceAuth


@dataclass(frozen=True, slots=True)
class Proof:
    """What a request carries: headers, the secret that stood in its address, and its body as sent."""

    headers: Mapping[str, str]
    in_path: str
    body: Callable[[], bytes]


def token_of(secret: str, source: MdmSource | None = None) -> SourceToken | None:
    """The token with this secret, of this source if one is given; it may have been stopped since."""
    tokens = SourceToken.objects.select_related("source").filter(digest=token_digest(secret))
    return (tokens.filter(source=source) if source else tokens).first()


def prove(source: MdmSource, proof: Proof) -> SourceToken | MdmSource:
    """The token that the request proves to have, which may have ended, or the source itself by Google's word.

    Raises NotProven for neither, KeysAway.
    """
    match source.auth:
        case SourceAuth.HMAC:
            return _signed(source, proof)
        case SourceAuth.OIDC:
            must_be_googles_word(source, _after(proof, "bearer"))
            return source
    secret = _SECRETS[SourceAuth(source.auth)](source, proof)
    if not secret:
        raise NotProven(Refusal.NOTHING)
    if token := token_of(secret, source):
        return token
    raise NotProven(Refusal.UNKNOWN)


def signature(secret: str, body: bytes) -> str:
    """Base64 of HMAC-SHA-256 over the raw body, as NanoMDM sends it in X-Hmac-Signature."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def _signed(source: MdmSource, proof: Proof) -> SourceToken:
    sent = proof.headers.get("X-Hmac-Signature", "").strip()
    if not sent:
        message = "The header X-Hmac-Signature is missing. Give NanoMDM the key of this source."
        raise NotProven(Refusal.NOTHING, message)
    for token in source.tokens.exclude(sealed="").filter(revoked_at=None):
        try:
            wanted = signature(unseal(token.sealed), proof.body())
        except Unreadable:
            continue
        if hmac.compare_digest(wanted.encode(), sent.encode()):
            return token
    message = "The signature in X-Hmac-Signature is not that of this body by a key of this source."
    raise NotProven(Refusal.SIGNATURE, message)


def _after(proof: Proof, wanted: str) -> str:
    """What follows the scheme in the Authorization header."""
    scheme, _, given = proof.headers.get("Authorization", "").partition(" ")
    return given.strip() if scheme.lower() == wanted else ""


def _password(source: MdmSource, proof: Proof) -> str:
    """The password of HTTP basic; the user name is the source's slug."""
    try:
        given = base64.b64decode(_after(proof, "basic"), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    name, _, password = given.partition(":")
    return password if name == source.slug else ""


_SECRETS: dict[SourceAuth, Callable[[MdmSource, Proof], str]] = {
    SourceAuth.BEARER: lambda _, proof: _after(proof, "bearer"),
    SourceAuth.BASIC: _password,
    SourceAuth.HEADER: lambda source, proof: proof.headers.get(source.auth_header, "").strip(),
    SourceAuth.PATH: lambda _, proof: proof.in_path,
}
