"""How people got in: their sessions, what was tried, and the second factor beside the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fleet.history import append_only, tracked
from fleet.models.accounts import Grant, User
from fleet.models.constraints import one_of
from fleet.models.organisations import Organisation
from fleet.vocabulary import SignInMethod, SignInOutcome

if TYPE_CHECKING:
    from datetime import datetime

# "Samsung Internet on Chrome OS" and the like: coarse words, never what the browser sent.
BROWSER_LENGTH = 60


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self) -> SessionQuerySet:
        return self.filter(expire_date__gt=timezone.now(), user__isnull=False)


class Session(AbstractBaseSession):
    """A browser's session. `session_key` holds a digest, so whoever reads the table can use none of them.

    `signed_in_at` and what follows are kept by `fleet.sessions.SessionStore`; `last_active_at` is true to a
    minute. A session without a user belongs to a visitor who is on the way in.
    """

    session_key = models.CharField("SHA-256 of the session key", max_length=64, primary_key=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    ip_address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=BROWSER_LENGTH, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    last_active_at = models.DateTimeField(default=timezone.now)

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment, misc]

    @classmethod
    def get_session_store_class(cls) -> Any:
        from fleet.sessions import SessionStore

        return SessionStore

    def __str__(self) -> str:
        return self.browser or "A browser"


class SignInEventQuerySet(models.QuerySet["SignInEvent"]):
    def visible_to(self, user: User) -> SignInEventQuerySet:
        """Those of people who held a role in the reader's organisations at the time.

        What was tried with an address that nobody has belongs to no organisation: it is for those who read
        of all of them.
        """
        where = sorted(user.access.organisation_ids("access.view"))
        grants = Grant.objects.filter(user=OuterRef("user"), organisation__in=where)
        then = grants.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gte=OuterRef("at")), starts_at__lte=OuterRef("at")
        )
        others = Organisation.objects.exclude(pk__in=where)
        nobodys = Q(user__isnull=True) & ~Exists(others) if where else Q(pk__in=[])
        return self.filter(Exists(then) | nobodys)

    def before(self, at: datetime) -> SignInEventQuerySet:
        return self.filter(at__lt=at)


class SignInEvent(models.Model):
    """Something that happened at the door. `user` is empty where nobody has the address that was typed.

    `by` is who ended somebody else's session. Nothing that was typed is kept: it may have been a password.
    """

    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="sign_ins")
    outcome = models.CharField(max_length=20, choices=SignInOutcome)
    method = models.CharField("how", max_length=10, choices=SignInMethod, blank=True)
    ip_address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=BROWSER_LENGTH, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SignInEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            one_of("outcome", SignInOutcome, name="sign_in_outcome"),
            models.CheckConstraint(
                condition=Q(method="") | Q(method__in=SignInMethod.values), name="sign_in_method"
            ),
        ]
        indexes = [
            # the list of sign-ins, newest first, and what is past its time
            models.Index(fields=["-at", "-id"], name="sign_in_newest"),
            # one person's own
            models.Index(fields=["user", "-at"], name="sign_in_by_user"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.at:%Y-%m-%d}"


@tracked(exclude=("secret", "last_step"))
class SecondFactor(models.Model):
    """An authenticator app that a person has set up and proved with a code.

    `secret` is encrypted (`fleet.services.sealing`). `last_step` is the half-minute of the last code that was
    taken, counted from 1970: no code is taken twice, nor one before it.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=300, editable=False)
    last_step = models.BigIntegerField(default=0, editable=False)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Second factor of {self.user}"


class RecoveryCode(models.Model):
    """A code for the day on which the telephone is lost: works once, kept as a digest."""

    second_factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return "Used recovery code" if self.used_at else "Recovery code"
