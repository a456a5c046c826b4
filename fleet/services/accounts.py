"""Organisations with their first administrator, who invites the others."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from fleet.errors import Conflict, Invalid
from fleet.models import Grant, Organisation, Role, User

FIRST_ROLES = ("it-manager", "mdm-administrator")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in; `password` is theirs for the first time, empty where they had an account."""

    user: User
    password: str = ""


def open_address(email: str) -> tuple[str, User | None]:
    """The address as we keep it, and whose account it is.

    Raises Invalid (field `email`) where it is no address or the account is closed.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("Enter an email address, like name@example.gov.uk", field="email") from error
    user = User.objects.filter(email__iexact=address).first()
    if user and not user.is_active:
        raise Invalid(f"The account of {address} is closed. Enter another address", field="email")
    return address, user


def account_for(email: str) -> Account:
    """The user with this e-mail address, or a new one with a password made at random.

    Raises Invalid (field `email`) where it is no address or the account is closed.
    """
    address, user = open_address(email)
    if user:
        return Account(user)
    password = secrets.token_urlsafe(12)
    return Account(User.objects.create_user(address, password), password)


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
