"""Who may do what, where: roles are named sets of permissions, grants give a role in an organisation.

Every list starts from `visible_to(user)`, which is `Access.scope`: rows that a person may not see are absent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

if TYPE_CHECKING:
    from fleet.models import User

PERMISSIONS: dict[str, str] = {}


def register(permissions: dict[str, str]) -> None:
    """An app adds its permissions (key → what it lets a person do) when it is ready."""
    PERMISSIONS.update(permissions)


def is_reading(permission: str) -> bool:
    """Whether a permission only shows something."""
    return permission.endswith(".view")


@dataclass(frozen=True, slots=True)
class Held:
    """One grant in force: these permissions, in this organisation, at these sites (None: at all)."""

    organisation_id: int
    permissions: frozenset[str]
    site_ids: frozenset[int] | None
    requires_second_factor: bool = False


class Access:
    """What one person may do today; built once per request from one query."""

    def __init__(self, held: Iterable[Held]) -> None:
        self.held = tuple(held)

    @classmethod
    def of(cls, user: User) -> Access:
        from fleet.models import Grant

        if not user.is_active:
            return cls(())
        sites = Grant.sites.through.objects.filter(grant=OuterRef("pk")).values("site_id")
        found = (
            Grant.objects.in_force()
            .filter(user=user)
            .values_list(
                "organisation_id",
                "role__permissions",
                ArraySubquery(sites),
                "role__requires_second_factor",
            )
        )
        return cls(
            Held(organisation_id, frozenset(permissions), frozenset(site_ids) or None, asks_for_a_code)
            for organisation_id, permissions, site_ids, asks_for_a_code in found
        )

    @property
    def requires_second_factor(self) -> bool:
        """Whether a role held in force asks for a code beside the password."""
        return any(held.requires_second_factor for held in self.held)

    def narrowed(
        self,
        *,
        permissions: Collection[str] | None = None,
        organisation_id: int | None = None,
        is_read_only: bool = False,
    ) -> Access:
        """What is left with these permissions alone, in this organisation alone (None: as it was)."""

        def kept(held: Held) -> frozenset[str]:
            keys = held.permissions if permissions is None else held.permissions.intersection(permissions)
            return frozenset(filter(is_reading, keys)) if is_read_only else keys

        return Access(
            replace(held, permissions=kept(held))
            for held in self.held
            if organisation_id in (None, held.organisation_id)
        )

    def having(self, permission: str) -> list[Held]:
        return [held for held in self.held if permission in held.permissions]

    def organisation_ids(self, permission: str | None = None) -> set[int]:
        """Organisations in which the person holds `permission`, or any role where it is None."""
        held = self.held if permission is None else self.having(permission)
        return {one.organisation_id for one in held}

    def whole_organisation_ids(self, permission: str) -> set[int]:
        """Organisations in which `permission` is held at every site."""
        return {held.organisation_id for held in self.having(permission) if held.site_ids is None}

    def may(self, permission: str, *, organisation_id: int | None = None, site_id: int | None = None) -> bool:
        """Whether the person holds `permission` (there, where a place is named)."""
        return any(
            (organisation_id is None or held.organisation_id == organisation_id)
            and (held.site_ids is None or site_id is None or site_id in held.site_ids)
            for held in self.having(permission)
        )

    def may_touch(self, permission: str, row: Any) -> bool:
        """Whether `permission` is held for a row: in its organisation, and at its site where it has one.

        To change what belongs to no site takes the permission in the whole organisation; to read it, any.
        """
        site_id = _site_of(row)
        if is_reading(permission):
            return self.may(permission, organisation_id=row.organisation_id, site_id=site_id)
        return self.may_change(permission, organisation_id=row.organisation_id, site_id=site_id)

    def may_change(self, permission: str, *, organisation_id: int, site_id: int | None = None) -> bool:
        """Whether `permission` is held at a site, or without one in the whole organisation."""
        whole = organisation_id in self.whole_organisation_ids(permission)
        return whole or (
            site_id is not None and self.may(permission, organisation_id=organisation_id, site_id=site_id)
        )

    def adding_organisation_ids(self, permission: str, model: Any) -> set[int]:
        """Organisations in which rows of a model may be added: those that have a site, at some sites too."""
        return (
            self.organisation_ids(permission) if _has_site(model) else self.whole_organisation_ids(permission)
        )

    def may_any(self, permissions: Collection[str], *, is_whole: bool = False) -> bool:
        """`is_whole`: at every site of some organisation; a role at some of its sites does not do."""
        held = self.whole_organisation_ids if is_whole else self.may
        return any(held(permission) for permission in permissions)

    def scope(
        self, permission: str, *, organisation: str = "organisation", sites: Collection[str] = ("site",)
    ) -> Q:
        """The rows on which `permission` is held: whole organisations, or those at one of the grant's sites.

        `organisation` and `sites` are the look-up paths from the row; no site path means that a grant
        limited to sites covers the whole organisation's rows of this kind.
        """
        whole = self.organisation_ids(permission) if not sites else self.whole_organisation_ids(permission)
        partial = [
            held
            for held in self.having(permission)
            if sites and held.site_ids and held.organisation_id not in whole
        ]
        parts = [Q(**{f"{organisation}__in": sorted(whole)})]
        parts += [
            Q(**{organisation: held.organisation_id, f"{site}__in": sorted(held.site_ids or ())})
            for held in partial
            for site in sites
        ]
        return reduce(or_, parts)


def _has_site(model: Any) -> bool:
    """Whether rows of a model are at a site, themselves or with their person; a site is not."""
    return any(field.name in {"site", "staff_member"} for field in model._meta.fields)


def _site_of(row: Any) -> int | None:
    """The site that a row is, or is at; of what has none, the site of whom it is with or about."""
    if row._meta.model_name == "site":
        return int(row.pk)
    if site_id := getattr(row, "site_id", None):
        return int(site_id)
    person = getattr(row, "holder", None) or getattr(row, "staff_member", None)
    return person.site_id if person else None
