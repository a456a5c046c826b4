"""Roles held: who may give and end them, and what must hold when they do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Organisation, Role, Site, User

MANAGE = "access.manage"


def who_may(permission: str, user_ids: Collection[int]) -> set[tuple[int, int]]:
    """Of these accounts: (account, organisation) wherever one holds the permission today; one query."""
    held = Grant.objects.in_force().filter(
        user__in=user_ids, user__is_active=True, role__permissions__contains=[permission]
    )
    return set(held.values_list("user", "organisation"))


def check_manages(user: User, organisation: Organisation) -> None:
    """Raises Forbidden. A manager of some sites alone could otherwise give themselves all."""
    if organisation.pk not in user.access.whole_organisation_ids(MANAGE):
        raise Forbidden(f"You may not give or end roles in {organisation}.")


def check_holdable(role: Role, organisation: Organisation, sites: Collection[Site]) -> None:
    """Raises Invalid (field `role` or `sites`) where the role cannot be held there."""
    if role.retired_at or role.organisation_id not in (None, organisation.pk):
        raise Invalid(f"{role} cannot be given in {organisation}. Choose another role", field="role")
    if any(site.organisation_id != organisation.pk for site in sites):
        raise Invalid(f"Choose sites of {organisation}", field="sites")


def check_last_day(day: dt.date | None, *, field: str) -> None:
    """Raises Invalid for a last day that has passed."""
    if day and day < timezone.localdate():
        raise Invalid("The last day must be today or later", field=field)


def end_of(day: dt.date | None) -> dt.datetime | None:
    """When a role whose last day this is ends: the midnight after it, local time."""
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def last_day_of(ends_at: dt.datetime) -> dt.date:
    """The reverse of `end_of`."""
    return timezone.localtime(ends_at - dt.timedelta(microseconds=1)).date()


def start_role(
    *,
    user: User,
    role: Role,
    organisation: Organisation,
    sites: Collection[Site],
    ends_at: dt.datetime | None,
    given_by: User | None,
) -> Grant:
    """A grant from now on; the caller has made sure that it may be given. Conflict where it is held."""
    # Two who give the same role at the same time take turns here.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Grant.objects.not_ended().filter(user=user, role=role, organisation=organisation).exists():
        raise Conflict(f"{user} is {role} in {organisation} already. End that role first.")
    grant = Grant.objects.create(
        user=user, role=role, organisation=organisation, ends_at=ends_at, given_by=given_by
    )
    grant.sites.set(sites)
    return grant


@transaction.atomic
def end_role(*, grant: Grant, by: User, last_day: dt.date | None = None) -> None:
    """End a grant now, or at the end of `last_day`, which may be changed until then.

    Raises Forbidden where `by` does not manage access there, Invalid (field `last_day`) for a day that has
    passed, and Conflict where the grant has ended, or where nobody could give roles in the organisation any
    more.
    """
    check_manages(by, grant.organisation)
    check_last_day(last_day, field="last_day")
    # Two administrators who end each other's role at the same time take turns here.
    Organisation.objects.select_for_update().get(pk=grant.organisation_id)
    ends_at = end_of(last_day) or timezone.now()
    if not Grant.objects.not_ended().filter(pk=grant.pk).update(ends_at=ends_at):
        raise Conflict("This role has ended already.")
    check_somebody_manages(grant.organisation)


def check_somebody_manages(organisation: Organisation) -> None:
    """Raises Conflict unless somebody can give roles in the whole organisation, with no end in sight."""
    lasting = Grant.objects.in_force().filter(organisation=organisation, ends_at=None, sites=None)
    if not lasting.filter(user__is_active=True, role__permissions__contains=[MANAGE]).exists():
        raise Conflict(
            f"Nobody could give roles in {organisation} any more. "
            "Give somebody else a role that manages access first."
        )
