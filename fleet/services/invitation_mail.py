"""The mail with an invitation's link, whose secret only the worker that sends it ever sees."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from fleet.models import Invitation
from fleet.services import mail


def link_path(secret: str) -> str:
    return reverse("fleet:invitation-open", args=[secret])


def send_invitation(invitation_id: int) -> None:
    """Mail the link of an open invitation that was not mailed yet; one that was mailed is left alone.

    Raises MailNotSent; the next try makes another link.
    """
    invitation = _unmailed(invitation_id)
    if invitation is None:
        return
    secret, digest = Invitation.new_secret()
    Invitation.objects.open().filter(pk=invitation_id).update(digest=digest)
    mail.send(
        "invitation",
        to=invitation.email,
        organisation=invitation.organisation,
        invited_by=invitation.invited_by or "An administrator",
        role=invitation.role,
        organisation_name=invitation.organisation.name,
        until=invitation.expires_at,
        url=mail.address(link_path(secret)),
    )
    Invitation.objects.open().filter(pk=invitation_id).update(mailed_at=timezone.now())


def _unmailed(invitation_id: int) -> Invitation | None:
    found = Invitation.objects.open().select_related("role", "organisation", "invited_by")
    return found.filter(pk=invitation_id, mailed_at=None).first()
