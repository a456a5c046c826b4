"""Invitations to a role: nothing is granted until the invited person accepts."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from fleet.history import tracked
from fleet.models.accounts import Grant, Role, User
from fleet.models.organisations import Organisation
from fleet.models.people import StaffMember
from fleet.models.sites import Site
from fleet.models.tokens import token_digest
from fleet.vocabulary import InvitationState

LASTS = dt.timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> InvitationQuerySet:
        return self.filter(user.access.scope("access.view", sites=()))

    def open(self) -> InvitationQuerySet:
        """Those that can be accepted now."""
        return self.filter(state=InvitationState.PENDING, expires_at__gt=timezone.now())

    def expired(self) -> InvitationQuerySet:
        return self.filter(state=InvitationState.PENDING, expires_at__lte=timezone.now())


@tracked(exclude=("digest",))
class Invitation(models.Model):
    """An e-mail address that may accept a role in an organisation, until `expires_at`.

    The link's secret is kept as a digest, and gone once it was used. A pending one past `expires_at` has
    expired: sending it again renews it. `ends_on` is the last day of the role.
    """

    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="invitations")
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    staff_member = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ends_on = models.DateField("last day of the role", null=True, blank=True)
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.PENDING)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    grant = models.OneToOneField(
        Grant, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(state="pending", accepted_at=None, withdrawn_at=None, grant=None) & ~Q(digest="")
                    | Q(state="accepted", accepted_at__isnull=False, withdrawn_at=None, digest="")
                    | Q(state="withdrawn", withdrawn_at__isnull=False, accepted_at=None, digest="")
                ),
                name="invitation_state_is_whole",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "organisation",
                condition=Q(state="pending"),
                name="invitation_pending_once",
            ),
            # the link that somebody opens
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="invitation_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role} in {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.state == InvitationState.PENDING and self.expires_at > timezone.now()

    @property
    def shown_state(self) -> str:
        """`expired` for a pending one whose time is up, else the state."""
        is_over = self.state == InvitationState.PENDING and not self.is_open
        return InvitationState.EXPIRED if is_over else InvitationState(self.state)

    @staticmethod
    def new_secret() -> tuple[str, str]:
        """A link's secret, and the digest that is kept of it."""
        secret = secrets.token_urlsafe(32)
        return secret, token_digest(secret)
