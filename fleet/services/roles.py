"""Roles are data: whoever answers for every organisation that uses one can change what it permits.

A shared role is used by all organisations, an organisation's own by that one alone (docs/adr/0008).
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Organisation, Role, User
from fleet.rules import tidy
from fleet.services.accounts import FIRST_ROLES
from fleet.services.grants import MANAGE

NAME_TAKEN = "There is a role of this name already. Enter another"


def may_edit_roles(user: User) -> bool:
    """Shared roles span organisations, so only somebody who manages access in all of them may edit one."""
    everywhere = set(Organisation.objects.values_list("pk", flat=True))
    return bool(everywhere) and everywhere <= user.access.whole_organisation_ids(MANAGE)


def may_edit(user: User, role: Role) -> bool:
    """An organisation's own role is edited by whoever manages access in the whole of it."""
    if role.organisation_id is None:
        return may_edit_roles(user)
    return role.organisation_id in user.access.whole_organisation_ids(MANAGE)


def _check_may_edit(by: User, role: Role) -> None:
    if not may_edit(by, role):
        raise Forbidden(
            "Only somebody who manages access in every organisation that uses this role may change it. "
            "Copy it to a role of your own organisation."
        )


@transaction.atomic
def add_role(
    *,
    organisation: Organisation | None,
    name: str,
    description: str,
    permissions: Collection[str],
    by: User,
    requires_second_factor: bool = False,
) -> Role:
    """A new role of an organisation's own, or (None) one that all share.

    Raises Forbidden where `by` may not, and Invalid (field `name`) where there is a role of this name.
    """
    role = Role(
        organisation=organisation,
        name=name,
        description=description,
        permissions=sorted(permissions),
        requires_second_factor=requires_second_factor,
    )
    _check_may_edit(by, role)
    _refuse_name(role, name)
    role.key = _key_for(name, organisation)
    if not role.key or Role.objects.filter(key=role.key).exists():
        raise Invalid(NAME_TAKEN, field="name")
    role.save()
    return role


def _refuse_name(role: Role, name: str) -> None:
    """Two roles of one name, of which one may permit everything, cannot be told apart where one is given."""
    beside = Role.objects.exclude(pk=role.pk).filter(
        Q(organisation=None) | Q(organisation=role.organisation_id)
    )
    if beside.filter(name__iexact=tidy(name)).exists():
        raise Invalid(NAME_TAKEN, field="name")


def _key_for(name: str, organisation: Organisation | None) -> str:
    """Told apart from those of other organisations by the organisation's code."""
    key = slugify(name)
    return (f"{organisation.code.lower()}-{key}" if organisation else key)[:50]


@transaction.atomic
def remove_role(*, role: Role, by: User) -> bool:
    """Delete a role that nobody ever held or was invited to, else retire it; whether it is deleted.

    A retired role is given to nobody any more; those who hold it keep it. Raises Forbidden, and Conflict for
    a role that new organisations start with, or that was retired before.
    """
    _check_may_edit(by, role)
    if role.key in FIRST_ROLES:
        raise Conflict(f"New organisations start with {role}, so it stays.")
    if not role.grants.exists() and not role.invitations.exists():
        role.delete()
        return True
    if not Role.objects.filter(pk=role.pk, retired_at=None).update(retired_at=timezone.now()):
        raise Conflict(f"{role} was retired before.")
    return False


@transaction.atomic
def offer_again(*, role: Role, by: User) -> None:
    """Take a retired role back. Raises Forbidden, and Conflict where it is not retired."""
    _check_may_edit(by, role)
    if not Role.objects.filter(pk=role.pk).exclude(retired_at=None).update(retired_at=None):
        raise Conflict(f"{role} is not retired.")


@transaction.atomic
def edit_role(
    *,
    role: Role,
    name: str,
    description: str,
    permissions: Collection[str],
    by: User,
    requires_second_factor: bool = False,
) -> None:
    """Change what a role is called, permits and asks for; it counts for everybody who holds it at once.

    Raises Forbidden where `by` may not, Invalid (field `name`) where there is a role of this name, Invalid
    (field `permissions`) where nobody could give roles in some
    organisation any more, and Conflict where the role is gone.
    """
    _check_may_edit(by, role)
    _refuse_name(role, name)
    changed = {
        "name": name,
        "description": description,
        "permissions": sorted(permissions),
        "requires_second_factor": requires_second_factor,
    }
    if not Role.objects.filter(pk=role.pk).update(**changed):
        raise Conflict("This role no longer exists. Load the list of roles again.")
    if left_alone := _organisations_nobody_manages():
        raise Invalid(
            f"Nobody could give roles in {left_alone[0]} any more. Leave “Give and end roles” ticked.",
            field="permissions",
        )


def _organisations_nobody_manages() -> list[Organisation]:
    lasting = Grant.objects.in_force().filter(ends_at=None, sites=None, user__is_active=True)
    managed = lasting.filter(role__permissions__contains=[MANAGE]).values("organisation")
    return list(Organisation.objects.exclude(pk__in=managed).filter(grants__ends_at=None).distinct())
