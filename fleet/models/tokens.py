"""Secrets that act for a person or a system: shown once, kept as digests."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.history import tracked
from fleet.models.accounts import User
from fleet.models.organisations import Organisation

LASTS = dt.timedelta(days=90)
LASTS_AT_MOST = dt.timedelta(days=365)
EXPIRES_SOON = dt.timedelta(days=14)
STATES = ("works", "expiring", "expired", "revoked")


def token_digest(secret: str) -> str:
    """SHA-256 in hex: tokens are 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Token(models.Model):
    """A secret that is shown once and kept as a digest."""

    PREFIX = ""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=12, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.hint}…"

    @classmethod
    def issue(cls, **fields: Any) -> tuple[Any, str]:
        """A new token and its secret, which is not to be had again."""
        secret = cls.PREFIX + secrets.token_urlsafe(32)
        return cls.objects.create(digest=token_digest(secret), hint=secret[:10], **fields), secret  # type: ignore[attr-defined]

    @property
    def is_live(self) -> bool:
        now = timezone.now()
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)

    def revoke(self) -> None:
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())  # type: ignore[attr-defined]


def ninety_days_on() -> dt.datetime:
    return timezone.now() + LASTS


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self) -> ApiTokenQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def expiring(self) -> ApiTokenQuerySet:
        """Those that stop working within 14 days."""
        return self.live().filter(expires_at__lte=timezone.now() + EXPIRES_SOON)

    def visible_to(self, user: User) -> ApiTokenQuerySet:
        """One's own, and those of people who hold a role, even an ended one, where one manages access."""
        managed = user.access.whole_organisation_ids("access.manage")
        theirs = User.objects.filter(grants__organisation__in=sorted(managed)).values("pk")
        here = Q(organisation=None) | Q(organisation__in=sorted(managed))
        return self.filter(Q(user=user) | Q(user__in=theirs) & here)


@tracked(exclude=("digest", "last_used_at"))
class ApiToken(Token):
    """A personal token for the REST API: it may do what its person may, or less.

    `permissions` (None: all of the person's) and `organisation` (None: all of them) narrow what it may do.
    """

    PREFIX = "trn_"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, default="API")
    expires_at = models.DateTimeField(default=ninety_days_on)
    is_read_only = models.BooleanField("may only read", default=False)
    permissions = ArrayField(models.CharField(max_length=60), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = ApiTokenQuerySet.as_manager()

    @property
    def state(self) -> str:
        """`revoked`, `expired`, `expiring` (within 14 days) or `works`."""
        left = self.expires_at - timezone.now()
        if self.revoked_at:
            return "revoked"
        return "expired" if left <= dt.timedelta() else "expiring" if left <= EXPIRES_SOON else "works"
