"""Who may do what: organisations with their first administrator, and roles given and ended."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Organisation, Role, Site, User

MANAGE = "access.manage"
FIRST_ROLES = ("it-manager", "mdm-administrator")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in; `password` is theirs for the first time, empty where they had an account."""

    user: User
    password: str = ""


def account_for(email: str, *, name: str = "") -> Account:
    """The user with this e-mail address, or a new one with a password made at random.

    Raises Invalid (field `email`) where it is no address or the account is closed.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("Enter an email address, like name@example.gov.uk", field="email") from error
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        password = secrets.token_urlsafe(12)
        return Account(User.objects.create_user(address, password, name=name), password)
    if not user.is_active:
        raise Invalid(f"The account of {address} is closed. Enter another address", field="email")
    return Account(user)


@transaction.atomic
def create_organisation(*, code: str, name: str, kind: str, admin_email: str) -> tuple[Organisation, Account]:
    """An organisation and its first administrator, who may then give roles to others.

    Raises Invalid (field `code`, `name`, `kind` or `email`), Conflict where the code is taken, and
    Role.DoesNotExist where a shipped role was deleted.
    """
    if Organisation.objects.filter(code=code).exists():
        raise Conflict(f"{code} exists already. Choose another code.")
    organisation = Organisation(code=code, name=name, kind=kind)
    try:
        organisation.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(f"The {field} cannot be taken: {messages[0]}", field=field) from error
    organisation.save()
    account = account_for(admin_email)
    for key in FIRST_ROLES:
        role = Role.objects.get(key=key)
        Grant.objects.create(user=account.user, role=role, organisation=organisation)
    return organisation, account


@transaction.atomic
def give_role(
    *,
    email: str,
    role: Role,
    organisation: Organisation,
    by: User,
    name: str = "",
    sites: Collection[Site] = (),
) -> tuple[Grant, Account]:
    """Give a role in an organisation, at all its sites or at those named; a new address gets an account.

    Raises Forbidden where `by` does not manage access there, Invalid (field `email` or `sites`), and
    Conflict where the person holds the role there already.
    """
    _check_manages(by, organisation)
    if any(site.organisation_id != organisation.pk for site in sites):
        raise Invalid(f"Choose sites of {organisation}", field="sites")
    account = account_for(email, name=name)
    try:
        with transaction.atomic():
            grant = Grant.objects.create(user=account.user, role=role, organisation=organisation)
    except IntegrityError as error:
        raise Conflict(f"{account.user} is {role} in {organisation} already. End that role first.") from error
    grant.sites.set(sites)
    return grant, account


@transaction.atomic
def end_role(*, grant: Grant, by: User) -> None:
    """End a grant now.

    Raises Forbidden where `by` does not manage access there, and Conflict where the grant has ended, or
    where nobody could give roles in the organisation any more.
    """
    _check_manages(by, grant.organisation)
    # Two administrators who end each other's role at the same time take turns here.
    Organisation.objects.select_for_update().get(pk=grant.organisation_id)
    if not Grant.objects.in_force().filter(pk=grant.pk).update(ends_at=timezone.now()):
        raise Conflict("This role has ended already.")
    if not _somebody_manages(grant.organisation):
        raise Conflict(
            f"Nobody could give roles in {grant.organisation} any more. "
            "Give somebody else a role that manages access first."
        )


def _check_manages(user: User, organisation: Organisation) -> None:
    """A manager of some sites alone could otherwise give themselves all."""
    if organisation.pk not in user.access.whole_organisation_ids(MANAGE):
        raise Forbidden(f"You may not give or end roles in {organisation}.")


def _somebody_manages(organisation: Organisation) -> bool:
    """Whether somebody can give roles in the whole organisation, with no end in sight."""
    lasting = Grant.objects.in_force().filter(organisation=organisation, ends_at=None, sites=None)
    return lasting.filter(user__is_active=True, role__permissions__contains=[MANAGE]).exists()
