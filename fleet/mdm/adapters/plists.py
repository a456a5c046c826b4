"""Property lists of Apple's MDM protocol, as Base64 inside JSON: read within limits, secrets cut out.

Only XML is read, without entities: neither the DTD's nor any from outside.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import plistlib
import re
from typing import Any
from xml.parsers.expat import ExpatError

from django.conf import settings

from fleet.mdm.adapters.documents import CUT, key

# The answers of a device have five levels at most.
DEEPEST = 24
# Where a text, a list or an object under such a name may open something, whatever command it answers.
_SECRET = re.compile(
    r"token|secret|password|passcode|passphrase|bypass|recoverykey|pushmagic|challenge|escrow|keyfile|privatekey"
)
_REMOVED = "removed"


class Unreadable(ValueError):
    """Not a property list that is read; says why."""


def read(payload: Any) -> dict[str, Any]:
    """The dictionary in a payload as it was stored; empty where there is none.

    Raises Unreadable, also for what `without_secrets` has removed.
    """
    if payload is None or payload == "":
        return {}
    if isinstance(payload, dict) and isinstance(payload.get(_REMOVED), str):
        raise Unreadable(payload[_REMOVED])
    if not isinstance(payload, str):
        raise Unreadable("Expected a property list in XML, as Base64.")
    return _parse(_unpack(payload))


def without_secrets(payload: Any) -> Any:
    """The payload as it may be stored: as sent where it holds no secret, else written anew.

    Of one that cannot be read, and so not be searched, only the reason, size and digest stay.
    """
    try:
        document = read(payload)
        return base64.b64encode(plistlib.dumps(document)).decode() if cut(document) else payload
    except (Unreadable, ValueError, OverflowError, TypeError) as error:
        reason = str(error) if isinstance(error, Unreadable) else "It holds a value that no list may hold."
    sent = payload.encode() if isinstance(payload, str) else repr(payload).encode()
    return {_REMOVED: reason, "size_bytes": len(sent), "sha256": hashlib.sha256(sent).hexdigest()}


def cut(document: Any) -> bool:
    """Replace all binary data and what has the name of a secret, in place; whether there was any.

    Tokens, keys and certificates are binary; nothing that is kept of a device is.
    """
    is_cut, left = False, [document]
    while left:
        one = left.pop()
        for name, value in list(one.items() if isinstance(one, dict) else enumerate(one)):
            is_named = isinstance(name, str) and _SECRET.search(key(name)) is not None
            if isinstance(value, bytes) or (is_named and value and isinstance(value, str | list | dict)):
                is_cut |= value != CUT
                one[name] = CUT
            elif isinstance(value, list | dict):
                left.append(value)
    return is_cut


def _unpack(payload: str) -> bytes:
    most = settings.MDM_MAX_PLIST_BYTES
    if len(payload) > most * 3 // 2:
        raise Unreadable(f"It is larger than {most // 1024:,} KiB.")
    try:
        content = base64.b64decode("".join(payload.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("It is not Base64.") from error
    if len(content) > most:
        raise Unreadable(f"It is larger than {most // 1024:,} KiB.")
    if content.startswith(b"bplist"):
        raise Unreadable("It is a binary property list; only XML is read.")
    return content


def _parse(content: bytes) -> dict[str, Any]:
    if not content.strip():
        return {}
    try:
        document = plistlib.loads(content, fmt=plistlib.FMT_XML)
    except ExpatError as error:
        raise Unreadable(f"It is not a property list in XML: {error}.") from error
    except Exception as error:  # what a strange list raises there is not defined
        reason = str(error).rstrip(".") if isinstance(error, plistlib.InvalidFileException) else ""
        raise Unreadable(f"It is not a property list in XML{': ' * bool(reason)}{reason}.") from error
    if not isinstance(document, dict):
        raise Unreadable("It is a property list, but no dictionary.")
    _must_be_shallow(document)
    return document


def _must_be_shallow(document: Any) -> None:
    level, depth = [document], 0
    while level:
        if depth > DEEPEST:
            raise Unreadable(f"It is nested deeper than {DEEPEST} levels.")
        inside = [one.values() if isinstance(one, dict) else one for one in level]
        level = [value for values in inside for value in values if isinstance(value, dict | list)]
        depth += 1
