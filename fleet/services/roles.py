"""Roles are data: those who answer for every organisation that uses them can change what each permits."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Organisation, Role, User
from fleet.services.grants import MANAGE


def may_edit_roles(user: User) -> bool:
    """Roles span organisations, so only somebody who manages access in all of them may edit one."""
    everywhere = set(Organisation.objects.values_list("pk", flat=True))
    return bool(everywhere) and everywhere <= user.access.whole_organisation_ids(MANAGE)


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

    Raises Forbidden where `by` may not, Invalid (field `permissions`) where nobody could give roles in some
    organisation any more, and Conflict where the role is gone.
    """
    if not may_edit_roles(by):
        raise Forbidden(
            "Roles are shared by all organisations. Ask somebody who manages access in each of them."
        )
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
