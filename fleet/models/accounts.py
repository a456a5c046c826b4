"""People who sign in, what they may do, and the tokens that act for them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from fleet.access import Access
from fleet.history import tracked
from fleet.models.organisations import Organisation


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username or "")

    def with_roles_in(self, organisation_ids: Iterable[int]) -> models.QuerySet[User]:
        """Those who hold a role in one of the organisations today, by name."""
        grants = Grant.objects.in_force().filter(organisation__in=organisation_ids)
        return self.filter(is_active=True, pk__in=grants.values("user")).order_by("name", "email")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in with an e-mail address. Not a `StaffMember`, though one may be linked to one.

    `is_superuser` opens Django's admin alone; what a person sees in Tranche comes from grants.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("may open the admin", default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def access(self) -> Access:
        return Access.of(self)

    @cached_property
    def own_staff(self) -> dict[int, int]:
        """This person's own staff records: id → organisation's id."""
        return dict(self.staff_records.values_list("pk", "organisation_id"))

    def own_staff_beyond(self, permission: str) -> list[int]:
        """One's own staff records, save those in organisations where `permission` shows every row anyway.

        Lists OR them to their scope; where nothing is left to add, the plan stays a plain index scan.
        """
        whole = self.access.whole_organisation_ids(permission)
        return [staff for staff, organisation in self.own_staff.items() if organisation not in whole]


@tracked()
class Role(models.Model):
    """A named set of permissions (see `fleet.access.PERMISSIONS`), shipped and editable."""

    key = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=300, blank=True)
    permissions = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    requires_second_factor = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self) -> GrantQuerySet:
        now = timezone.now()
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now)

    def visible_to(self, user: User) -> GrantQuerySet:
        return self.filter(user.access.scope("access.view", sites=()))


@tracked()
class Grant(models.Model):
    """A role held by a person in an organisation, at all its sites or at those named."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="grants")
    sites = models.ManyToManyField("fleet.Site", blank=True, related_name="grants")
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(ends_at__isnull=True),
                name="grant_once_while_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} in {self.organisation}"


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


@tracked(exclude=("digest", "last_used_at"))
class ApiToken(Token):
    """A personal token for the REST API: it may do what its person may."""

    PREFIX = "trn_"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, default="API")
