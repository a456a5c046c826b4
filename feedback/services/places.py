"""In which organisations somebody reads feedback or posts."""

from __future__ import annotations

from django.db.models import QuerySet

from fleet.models import Organisation, User


def organisations_of(user: User, permission: str) -> QuerySet[Organisation]:
    """Those in which the person holds a permission, by name."""
    return Organisation.objects.filter(pk__in=user.access.organisation_ids(permission)).order_by("name")


def organisation_of(user: User, permission: str, code: str) -> Organisation | None:
    """The one of this code, the first by name where none is asked for; None where they have none such."""
    found = organisations_of(user, permission)
    return found.filter(code=code).first() if code else found.first()
