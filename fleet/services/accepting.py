"""Accepting an invitation: by the person whose address it names, once, while it lasts."""

from __future__ import annotations

import pghistory
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Invitation, StaffMember, User
from fleet.models.tokens import token_digest
from fleet.services.grants import MANAGE, check_holdable, end_of, start_role
from fleet.vocabulary import InvitationState


def open_invitation(secret: str) -> Invitation | None:
    """The invitation that this link's secret opens, unless it was used, withdrawn or has expired."""
    return Invitation.objects.open().filter(digest=token_digest(secret)).first()


def invited_account(invitation: Invitation) -> User | None:
    """The account that the invited address has already, closed or not."""
    return User.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> Grant:
    """Give the role to the invited person, who has an account.

    Raises Forbidden for anybody else, and Conflict where the invitation no longer holds.
    """
    if user.email.lower() != invitation.email.lower() or not user.is_active:
        raise Forbidden(f"This invitation is for {invitation.email}. Sign in with that account.")
    _claim(invitation)
    _check_still_holds(invitation)
    grant = start_role(
        user=user,
        role=invitation.role,
        organisation=invitation.organisation,
        sites=list(invitation.sites.all()),
        ends_at=end_of(invitation.ends_on),
        given_by=invitation.invited_by,
    )
    Invitation.objects.filter(pk=invitation.pk).update(grant=grant)
    if invitation.staff_member_id:
        StaffMember.objects.filter(pk=invitation.staff_member_id, user=None).update(user=user)
    return grant


@transaction.atomic
def accept_as_new(*, invitation: Invitation, name: str, password: str) -> Grant:
    """Make the invited person's account, and give it the role.

    Raises Invalid (field `name` or `password`) and Conflict, as where there is such an account by now.
    """
    if not name.strip():
        raise Invalid("Enter your name", field="name")
    if invited_account(invitation):
        raise Conflict("There is an account for this address by now. Sign in, and open the link again.")
    try:
        validate_password(password, User(email=invitation.email, name=name))
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error
    user = User.objects.create_user(invitation.email, password, name=name.strip())
    pghistory.context(actor=user.pk)
    return accept(invitation=invitation, user=user)


def _claim(invitation: Invitation) -> None:
    """Uses the link up: of two who open it at the same time, one wins."""
    same = Invitation.objects.open().filter(pk=invitation.pk, digest=invitation.digest)
    if not same.update(state=InvitationState.ACCEPTED, accepted_at=timezone.now(), digest=""):
        raise Conflict("This invitation was accepted or withdrawn, or has expired. Ask for another.")


def _check_still_holds(invitation: Invitation) -> None:
    """Whoever invited must still be able to give the role, and the role still be on offer."""
    by = invitation.invited_by
    if by is None or invitation.organisation_id not in by.access.whole_organisation_ids(MANAGE):
        raise Conflict(
            f"Whoever invited you no longer gives roles in {invitation.organisation}. Ask for another."
        )
    if invitation.ends_on and invitation.ends_on < timezone.localdate():
        raise Conflict("The role you were invited to was to end before today. Ask for another invitation.")
    try:
        check_holdable(invitation.role, invitation.organisation, ())
    except Invalid as error:
        raise Conflict(f"{invitation.role} is no longer given. Ask for another invitation.") from error
