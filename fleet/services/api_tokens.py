"""Personal tokens: made with a scope and an end, and what that scope leaves of a person's access."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from fleet.access import PERMISSIONS, Access
from fleet.errors import Invalid
from fleet.models import ApiToken, Organisation, User
from fleet.models.tokens import LASTS_AT_MOST
from fleet.services.grants import end_of


def make_token(
    *,
    user: User,
    name: str,
    expires_on: dt.date,
    is_read_only: bool = False,
    permissions: Collection[str] | None = None,
    organisation: Organisation | None = None,
    by: User | None,
) -> tuple[ApiToken, str]:
    """A token of `user`'s that works until the end of a day, and its secret, which is not to be had again.

    `permissions` None stands for all that the person may, at any time; `organisation` None for all of them.
    Raises Invalid (field `expires_on`, `permissions` or `organisation`).
    """
    _check_day(expires_on)
    if organisation and organisation.pk not in user.access.organisation_ids():
        raise Invalid("Choose an organisation in which you hold a role", field="organisation")
    if permissions is not None:
        there = user.access.narrowed(organisation_id=organisation.pk if organisation else None)
        _check_permissions(permissions, there)
    token, secret = ApiToken.issue(
        user=user,
        name=name,
        expires_at=end_of(expires_on),
        is_read_only=is_read_only,
        permissions=None if permissions is None else sorted(permissions),
        organisation=organisation,
        created_by=by,
    )
    return token, secret


def _check_day(expires_on: dt.date) -> None:
    today = timezone.localdate()
    if expires_on < today:
        raise Invalid("The last day must be today or later", field="expires_on")
    if expires_on > (latest := today + LASTS_AT_MOST):
        raise Invalid(
            f"A token works for a year at most. Enter a day up to {latest:%-d %B %Y}", field="expires_on"
        )


def _check_permissions(permissions: Collection[str], access: Access) -> None:
    if not permissions:
        raise Invalid("Tick what the token may do", field="permissions")
    if beyond := sorted(one for one in permissions if not access.may(one)):
        words = "; ".join(PERMISSIONS.get(one, one) for one in beyond)
        raise Invalid(f"You may not do this there yourself: {words}", field="permissions")


def narrow(user: User, token: ApiToken) -> None:
    """From here on, for this request, `user` may do what the token may."""
    if token.is_read_only or token.permissions is not None or token.organisation_id is not None:
        user.access = user.access.narrowed(
            permissions=token.permissions,
            organisation_id=token.organisation_id,
            is_read_only=token.is_read_only,
        )
    if token.organisation_id is not None:
        user.own_staff = {
            staff: organisation
            for staff, organisation in user.own_staff.items()
            if organisation == token.organisation_id
        }


def scope_words(token: ApiToken) -> str:
    """What a token may do, such as “Only read, in Exampleshire Council”."""
    if token.permissions is not None:
        known = [words for key, words in PERMISSIONS.items() if key in token.permissions]
        what = "; ".join(known) or "Nothing"
        what = f"Only read: {what}" if token.is_read_only else what
    else:
        what = "Only read" if token.is_read_only else "All that its person may"
    return f"{what}, in {token.organisation}" if token.organisation else what
