"""MDM sources and their tokens."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from fleet.errors import Conflict, Invalid
from fleet.models import MdmSource, Organisation, SourceToken, User

# Both tokens push for this long after a rotation, so that the sender can be changed without a gap.
OVERLAP = timedelta(days=7)


@transaction.atomic
def create_source(
    *, organisation: Organisation, name: str, kind: str, by: User | None, silent_after_hours: int = 26
) -> tuple[MdmSource, str]:
    """A source and the secret of its first token, which is shown once. Raises Invalid (field `name`)."""
    _check_name(name, MdmSource.objects.filter(organisation=organisation), organisation)
    source = MdmSource.objects.create(
        organisation=organisation,
        slug=_free_slug(organisation, name),
        name=name,
        kind=kind,
        silent_after_hours=silent_after_hours,
    )
    _, secret = SourceToken.issue(source=source, created_by=by)
    return source, secret


def change_source(*, source: MdmSource, name: str, silent_after_hours: int) -> None:
    """Rename it, or wait longer or shorter before its silence is a worry. Raises Invalid (field `name`)."""
    others = MdmSource.objects.filter(organisation=source.organisation_id).exclude(pk=source.pk)
    _check_name(name, others, source.organisation)
    source.name, source.silent_after_hours = name, silent_after_hours
    source.save(update_fields=["name", "silent_after_hours"])


@transaction.atomic
def rotate_token(*, source: MdmSource, by: User | None) -> str:
    """A new secret; those in use stop at the end of an overlap of seven days."""
    end = timezone.now() + OVERLAP
    live = source.tokens.filter(revoked_at=None)
    live.filter(expires_at=None).update(expires_at=end)
    live.filter(expires_at__gt=end).update(expires_at=end)
    _, secret = SourceToken.issue(source=source, created_by=by)
    return str(secret)


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
    if others.filter(name=name).exists():
        raise Invalid(f"{organisation} has a source named {name} already. Choose another name.", field="name")


def _free_slug(organisation: Organisation, name: str) -> str:
    base = slugify(f"{organisation.code} {name}")[:50] or slugify(organisation.code)
    taken = set(MdmSource.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
