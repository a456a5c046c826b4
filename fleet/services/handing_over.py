"""Handing over: all that one person holds and answers for goes to another in one step.

Apps above add what they know of: `register(charge)` in an AppConfig's `ready`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Grant, Invitation, Organisation, User
from fleet.services.grants import MANAGE, check_somebody_manages
from fleet.vocabulary import InvitationState


@dataclass(frozen=True, slots=True)
class Handing:
    """From whom to whom, by whom, in which organisations."""

    giver: User
    taker: User
    by: User
    organisation_ids: Collection[int]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that goes over, unless `stays` says why it cannot."""

    kind: str
    what: str
    url: str = ""
    stays: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A kind of things that somebody holds: what of them there is, and how what can goes over."""

    find: Callable[[Handing], Iterable[Item]]
    give: Callable[[Handing], None]


_charges: list[Charge] = []


def register(charge: Charge) -> None:
    """Hand this over too."""
    if charge not in _charges:
        _charges.append(charge)


def handing(*, giver: User, to: str, by: User) -> Handing:
    """What `by` may hand over from `giver` to the account with the address `to`.

    Raises Invalid (field `to`), and Forbidden where `by` manages access nowhere that the giver holds a role.
    """
    held = set(Grant.objects.not_ended().filter(user=giver).values_list("organisation_id", flat=True))
    where = held & by.access.whole_organisation_ids(MANAGE)
    if not where:
        raise Forbidden(f"You give and end roles nowhere that {giver} holds one.")
    taker = User.objects.filter(email__iexact=to.strip(), is_active=True).first()
    if taker is None or taker == giver:
        raise Invalid("Enter the address of another person who has an account", field="to")
    strange = Organisation.objects.filter(pk__in=where - taker.access.organisation_ids()).first()
    if strange:
        raise Invalid(
            f"{taker} holds no role in {strange}. Invite them there first, so that they have accepted",
            field="to",
        )
    return Handing(giver, taker, by, sorted(where))


def found(handing: Handing) -> list[Item]:
    """All that there is, with what stays and why."""
    return [item for charge in (ROLES, INVITATIONS, *_charges) for item in charge.find(handing)]


def fingerprint(handing: Handing, items: Iterable[Item]) -> str:
    """Tells whether what somebody was shown, for this person, is still what there is."""
    return hashlib.sha256(repr((handing.taker.pk, list(items))).encode()).hexdigest()


@transaction.atomic
def hand_over(*, handing: Handing, seen: str | None = None) -> list[Item]:
    """Give all that can go over, and end the giver's roles that went; what went and what stayed.

    Raises Conflict where there is nothing, where it is no longer what was `seen` (see `fingerprint`), or
    where nobody could give roles in an organisation any more.
    """
    organisations = list(Organisation.objects.select_for_update().filter(pk__in=handing.organisation_ids))
    items = found(handing)
    if seen is not None and fingerprint(handing, items) != seen:
        raise Conflict("What there is to hand over has changed. Look at it again.")
    if all(item.stays for item in items):
        raise Conflict(f"There is nothing that can go from {handing.giver} to {handing.taker}.")
    for charge in (*_charges, INVITATIONS, ROLES):
        charge.give(handing)
    for organisation in organisations:
        check_somebody_manages(organisation)
    return items


def _roles(handing: Handing) -> list[tuple[Grant, Grant | None]]:
    """The giver's roles, each with the taker's same one where they hold it."""
    here = Grant.objects.not_ended().filter(organisation__in=handing.organisation_ids)
    here = here.select_related("role", "organisation").prefetch_related("sites").order_by("pk")
    held = {(grant.role_id, grant.organisation_id): grant for grant in here.filter(user=handing.taker)}
    given = here.filter(user=handing.giver)
    return [(grant, held.get((grant.role_id, grant.organisation_id))) for grant in given]


def _find_roles(handing: Handing) -> Iterable[Item]:
    for grant, held in _roles(handing):
        sites = ", ".join(site.name for site in grant.sites.all())
        what = f"{grant.role} in {grant.organisation}" + (f", at {sites}" if sites else "")
        yield Item("Role", what, reverse("fleet:grant-detail", args=[grant.pk]), _why_it_stays(grant, held))


def _why_it_stays(grant: Grant, held: Grant | None) -> str:
    if grant.role.retired_at:
        return "The role is no longer given."
    if held and not _covers(held, grant):
        return "The other person holds this role for other sites or another time. End that first."
    return ""


def _covers(held: Grant, grant: Grant) -> bool:
    """Whether the taker has at least as much already, so that ending the giver's is all there is to do."""
    wider = not held.sites.all() or (set(grant.sites.all()) <= set(held.sites.all()) and grant.sites.all())
    return bool(wider) and (held.ends_at is None or held.ends_at == grant.ends_at)


def _give_roles(handing: Handing) -> None:
    going = [(grant, held) for grant, held in _roles(handing) if not _why_it_stays(grant, held)]
    ended = Grant.objects.filter(pk__in=[grant.pk for grant, _ in going])
    ended.update(ends_at=timezone.now())
    given = [_copy(grant, handing) for grant, held in going if held is None]
    Grant.objects.bulk_create(given)
    sites = Grant.sites.through
    sites.objects.bulk_create(
        sites(grant_id=new.pk, site_id=site.pk)
        for new, (old, _) in zip(given, [pair for pair in going if pair[1] is None], strict=True)
        for site in old.sites.all()
    )


def _copy(grant: Grant, handing: Handing) -> Grant:
    return Grant(
        user=handing.taker,
        role=grant.role,
        organisation=grant.organisation,
        ends_at=grant.ends_at,
        given_by=handing.by,
    )


def _pending(handing: Handing) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(state=InvitationState.PENDING, invited_by=handing.giver)
    return rows.filter(organisation__in=handing.organisation_ids)


def _find_invitations(handing: Handing) -> Iterable[Item]:
    for invitation in _pending(handing).select_related("role", "organisation"):
        yield Item(
            "Invitation sent", str(invitation), reverse("fleet:invitation-detail", args=[invitation.pk])
        )


def _give_invitations(handing: Handing) -> None:
    _pending(handing).update(invited_by=handing.taker)


ROLES = Charge(_find_roles, _give_roles)
INVITATIONS = Charge(_find_invitations, _give_invitations)
