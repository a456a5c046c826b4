"""MDM sources and their tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from fleet.errors import Conflict, Invalid
from fleet.models import MdmSource, Organisation, SourceToken, User
from fleet.services.sealing import seal
from fleet.vocabulary import SourceAuth, SourceKind

# Both tokens push for this long after a rotation, so that the sender can be changed without a gap.
OVERLAP = timedelta(days=7)
_HEADER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}")
_TAKEN_HEADERS = frozenset(
    {"host", "cookie", "content-type", "content-length", "content-encoding", "connection"}
)


@dataclass(frozen=True, slots=True)
class Auth:
    """How a source proves who it is, and what that needs: a header's name, Google's audience and e-mail."""

    way: str = SourceAuth.BEARER
    header: str = ""
    audience: str = ""
    email: str = ""

    def columns(self, kind: str) -> dict[str, str]:
        """What the source keeps of it. Raises Invalid (fields `auth`, `auth_header`, `oidc_…`)."""
        if self.way == SourceAuth.HEADER and not _HEADER.fullmatch(self.header):
            message = "Name the header that the sender sets, such as X-Tranche-Token: letters, digits and -."
            raise Invalid(message, field="auth_header")
        if self.header.lower() in _TAKEN_HEADERS:
            raise Invalid(f"{self.header} has a meaning of its own. Choose another.", field="auth_header")
        if self.way == SourceAuth.OIDC:
            self._check_oidc()
        if kind == SourceKind.NATIVE and self.way == SourceAuth.HMAC:
            raise Invalid("Only NanoMDM signs its bodies in this way. Choose another.", field="auth")
        is_header, is_oidc = self.way == SourceAuth.HEADER, self.way == SourceAuth.OIDC
        return {
            "auth": self.way,
            "auth_header": self.header if is_header else "",
            "oidc_audience": self.audience if is_oidc else "",
            "oidc_email": self.email if is_oidc else "",
        }

    def _check_oidc(self) -> None:
        if not self.audience:
            message = (
                "Give the audience that the push subscription names; by default the address of the hook."
            )
            raise Invalid(message, field="oidc_audience")
        if "@" not in self.email:
            message = "Give the e-mail address of the service account that the push subscription uses."
            raise Invalid(message, field="oidc_email")


@transaction.atomic
def create_source(
    *,
    organisation: Organisation,
    name: str,
    kind: str,
    by: User | None,
    silent_after_hours: int = 26,
    auth: Auth | None = None,
) -> tuple[MdmSource, str]:
    """A source and the secret of its first token, which is shown once; "" where Google vouches for it.

    Raises Invalid (field `name`, or those of Auth).
    """
    _check_name(name, MdmSource.objects.filter(organisation=organisation), organisation)
    source = MdmSource.objects.create(
        organisation=organisation,
        slug=_free_slug(organisation, name),
        name=name,
        kind=kind,
        silent_after_hours=silent_after_hours,
        **(auth or Auth()).columns(kind),
    )
    return source, "" if source.auth == SourceAuth.OIDC else _issue(source, by)


def change_source(*, source: MdmSource, name: str, silent_after_hours: int, auth: Auth | None = None) -> None:
    """Rename it, wait longer or shorter before its silence is a worry, or have it prove itself otherwise.

    Raises Invalid (field `name`, or those of Auth).
    """
    others = MdmSource.objects.filter(organisation=source.organisation_id).exclude(pk=source.pk)
    _check_name(name, others, source.organisation)
    columns: dict[str, Any] = {"name": name, "silent_after_hours": silent_after_hours}
    if auth is not None:
        columns |= auth.columns(source.kind)
    for column, value in columns.items():
        setattr(source, column, value)
    source.save(update_fields=list(columns))


def _issue(source: MdmSource, by: User | None) -> str:
    """The secret of a new token; it is kept, encrypted, where signatures are checked with it."""
    token, secret = SourceToken.issue(source=source, created_by=by)
    if source.auth == SourceAuth.HMAC:
        SourceToken.objects.filter(pk=token.pk).update(sealed=seal(secret))
    return str(secret)


@transaction.atomic
def rotate_token(*, source: MdmSource, by: User | None) -> str:
    """A new secret; those in use stop at the end of an overlap of seven days."""
    end = timezone.now() + OVERLAP
    live = source.tokens.filter(revoked_at=None)
    live.filter(expires_at=None).update(expires_at=end)
    live.filter(expires_at__gt=end).update(expires_at=end)
    return _issue(source, by)


def revoke_token(*, token: SourceToken) -> None:
    """The token stops at once. Raises Conflict where it has stopped already."""
    live = SourceToken.objects.filter(pk=token.pk, revoked_at=None)
    if not live.update(revoked_at=timezone.now()):
        raise Conflict("This token has been revoked already.")


def set_active(*, source: MdmSource, is_active: bool) -> None:
    """Take pushes from the source, or refuse them all. Raises Conflict where it is so already."""
    changed = MdmSource.objects.filter(pk=source.pk).exclude(is_active=is_active).update(is_active=is_active)
    if not changed:
        raise Conflict("The source has been changed already. Load the page again.")


def _check_name(name: str, others: QuerySet[MdmSource], organisation: Organisation) -> None:
    if len(name) > 100:
        raise Invalid("Name the source in at most 100 characters.", field="name")
    if others.filter(name=name).exists():
        raise Invalid(f"{organisation} has a source named {name} already. Choose another name.", field="name")


def _free_slug(organisation: Organisation, name: str) -> str:
    base = slugify(f"{organisation.code} {name}")[:50] or slugify(organisation.code)
    taken = set(MdmSource.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
