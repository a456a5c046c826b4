"""Invitations: sent by who manages access, accepted by whom they name; until then nothing is granted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import Grant, Invitation, Organisation, Role, Site, StaffMember, User
from fleet.models.invitations import LASTS
from fleet.services.accounts import open_address
from fleet.services.grants import check_holdable, check_last_day, check_manages
from fleet.vocabulary import InvitationState


@transaction.atomic
def invite(
    *,
    email: str,
    role: Role,
    organisation: Organisation,
    by: User,
    name: str = "",
    sites: Collection[Site] = (),
    ends_on: dt.date | None = None,
    staff_member: StaffMember | None = None,
) -> tuple[Invitation, str]:
    """Invite an e-mail address to a role; also gives the secret of its link, which is not to be had again.

    Raises Forbidden where `by` does not manage access there, Invalid (field `email`, `role`, `sites`,
    `ends_on` or `staff_member`), and Conflict where the role is held or the invitation is pending already.
    """
    check_manages(by, organisation)
    check_holdable(role, organisation, sites)
    check_last_day(ends_on, field="ends_on")
    _check_staff_member(staff_member, organisation)
    address, _ = open_address(email)
    _check_not_held(address, role, organisation)
    secret, digest = Invitation.new_secret()
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=address,
                name=name,
                role=role,
                organisation=organisation,
                ends_on=ends_on,
                staff_member=staff_member,
                digest=digest,
                invited_by=by,
                expires_at=timezone.now() + LASTS,
            )
    except IntegrityError as error:
        raise Conflict(
            f"{address} has an invitation to be {role} in {organisation} already. Send that one again."
        ) from error
    invitation.sites.set(sites)
    return invitation, secret


@transaction.atomic
def renew(*, invitation: Invitation, by: User) -> str:
    """A new secret for 14 days more; the link sent before stops working.

    Raises Forbidden, Invalid (field `role`) where the role was retired, and Conflict where the invitation
    is no longer pending.
    """
    check_manages(by, invitation.organisation)
    check_holdable(invitation.role, invitation.organisation, ())
    secret, digest = Invitation.new_secret()
    _change(invitation, digest=digest, expires_at=timezone.now() + LASTS, invited_by=by, mailed_at=None)
    return secret


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """The link stops working. Raises Forbidden, and Conflict where it is no longer pending."""
    check_manages(by, invitation.organisation)
    _change(invitation, state=InvitationState.WITHDRAWN, withdrawn_at=timezone.now(), digest="")


def _change(invitation: Invitation, **fields: object) -> None:
    pending = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.PENDING)
    if not pending.update(**fields):
        raise Conflict("This invitation was accepted or withdrawn meanwhile.")
    invitation.refresh_from_db()


def _check_staff_member(staff_member: StaffMember | None, organisation: Organisation) -> None:
    if staff_member is None:
        return
    if staff_member.organisation_id != organisation.pk:
        raise Invalid(f"Choose somebody on the staff list of {organisation}", field="staff_member")
    if staff_member.user_id is not None:
        raise Invalid(
            f"{staff_member} has an account already. Invite its address, and leave this empty",
            field="staff_member",
        )


def _check_not_held(address: str, role: Role, organisation: Organisation) -> None:
    held = Grant.objects.not_ended().filter(user__email__iexact=address)
    if held.filter(role=role, organisation=organisation).exists():
        raise Conflict(f"{address} is {role} in {organisation} already. End that role first.")
