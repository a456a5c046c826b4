"""People who sign in, and what they may do."""

from __future__ import annotations

import datetime as dt
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


class RoleQuerySet(models.QuerySet["Role"]):
    def visible_to(self, user: User) -> RoleQuerySet:
        """The shared ones, and those of the organisations whose access this person sees."""
        return self.in_organisations(user.access.organisation_ids("access.view"))

    def in_organisations(self, organisation_ids: Iterable[int]) -> RoleQuerySet:
        """What can be held in one of these organisations, retired or not."""
        ids = sorted(organisation_ids)
        return self.filter(Q(organisation=None) | Q(organisation__in=ids)) if ids else self.none()

    def offered(self) -> RoleQuerySet:
        """Those that can still be given."""
        return self.filter(retired_at=None)


@tracked()
class Role(models.Model):
    """A named set of permissions (see `fleet.access.PERMISSIONS`), shipped and editable.

    With an `organisation` it is that organisation's own; without, all organisations share it.
    """

    key = models.SlugField(max_length=50, unique=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="roles"
    )
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=300, blank=True)
    permissions = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    requires_second_factor = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self) -> GrantQuerySet:
        return self.in_force_at(timezone.now())

    def in_force_at(self, moment: dt.datetime) -> GrantQuerySet:
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment), starts_at__lte=moment)

    def not_ended(self) -> GrantQuerySet:
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now()))

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
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

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

    @property
    def is_in_force(self) -> bool:
        now = timezone.now()
        return self.starts_at <= now and (self.ends_at is None or self.ends_at > now)


@tracked()
class GrantSite(Grant.sites.through):  # type: ignore[name-defined,misc]
    """A site to which a role is limited; there so that the change log knows of each."""

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.grant} at {self.site}"
