"""A file of a source that a person brings in: taken by the same door as what the source pushes itself."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib

from django.conf import settings
from django.db import transaction

from fleet.errors import Conflict, Invalid
from fleet.mdm import bodies, hooks
from fleet.mdm.adapters import ADAPTERS
from fleet.mdm.adapters.documents import CSV, JSON, Undecodable, decode, encode
from fleet.mdm.bodies import Body, Refused
from fleet.mdm.receiving import Received
from fleet.models import MdmSource
from fleet.services.imports.receiving import refuse_size
from fleet.vocabulary import SourceKind


def upload(*, source: MdmSource, content: bytes, request_id: str = "") -> list[Received]:
    """Store CSV, JSON or NDJSON, also in a ZIP file, as deliveries of the source.

    A table of more rows than a body may have becomes several. Raises Conflict where the source is switched
    off, Invalid (field `file`) with what is wrong with the file, and what `hooks.take` raises.
    """
    if not source.is_active:
        raise Conflict("The source is switched off. Switch it on first.")
    try:
        parts = _parts(source, _unzipped(content))
    except Refused as error:
        raise Invalid(error.message, field="file") from error
    with transaction.atomic():
        return [hooks.take(source=source, body=body, message=m, request_id=request_id) for body, m in parts]


def _parts(source: MdmSource, content: bytes) -> list[tuple[Body, str]]:
    """Each body that is to be stored, with the sender's id of the message. Raises Refused."""
    form = _form_of(source, content)
    if source.kind == SourceKind.NATIVE:
        return [(_native(content), "")]
    if form != CSV:
        return [_checked(source, content, form)]
    try:
        rows = decode(content, CSV)
    except Undecodable as error:
        raise Refused(400, "malformed", str(error)) from error
    if not rows:
        raise Refused(400, "empty", "The file has headers and no rows. Export it again.")
    most = settings.MDM_MAX_RECORDS
    if len(rows) <= most:
        return [_checked(source, content, CSV)]
    return [_checked(source, encode(rows[start : start + most]), JSON) for start in range(0, len(rows), most)]


def _form_of(source: MdmSource, content: bytes) -> str:
    begins = content.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if not begins:
        raise Refused(400, "empty", "The file is empty. Choose another.")
    return CSV if begins not in b"{[" and CSV in ADAPTERS[source.kind].content_types.values() else JSON


def _checked(source: MdmSource, content: bytes, form: str) -> tuple[Body, str]:
    """As a body that is pushed is, but that its trouble is told: here somebody reads the answer."""
    body, message = hooks.body_of(source.kind, content, {"Content-Type": form})
    if body.trouble:
        raise Refused(400, "malformed", body.trouble)
    return body, message


def _native(content: bytes) -> Body:
    body = Body(content.removeprefix(codecs.BOM_UTF8), JSON)
    if bodies.check(body).sync:
        message = "A file cannot be part of a complete sync. Take `sync` out of it, or push it."
        raise Refused(400, "sync", message)
    return body


def _unzipped(content: bytes) -> bytes:
    """The one file in a ZIP file, as which Intune's portal gives an export; any other content as it is."""
    if not content.startswith(b"PK\x03\x04"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [one for one in archive.infolist() if not one.is_dir()]
            if len(files) != 1:
                message = "The file is a spreadsheet, or a ZIP file of several. Choose one CSV or JSON file."
                raise Refused(400, "zip", message)
            with archive.open(files[0]) as file:
                found = file.read(settings.IMPORT_MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise Refused(
            400, "zip", "The ZIP file cannot be read. Unpack it and choose what is in it."
        ) from error
    refuse_size(len(found))
    return found
