"""Waivers: recorded, expiring acceptances of a blocker."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import Site, User
from rollouts.checks import CHECKS
from rollouts.models import Tranche, TranchePerson, Waiver
from rollouts.services.staleness import mark_dirty
from rollouts.services.transitions import note, require
from rollouts.vocabulary import CheckScope

LONGEST = dt.timedelta(days=365)


def grant_waiver(
    *,
    tranche: Tranche,
    check_key: str,
    owner: User,
    reason: str,
    expires_on: dt.date,
    person: TranchePerson | None = None,
    site: Site | None = None,
    by: User | None,
) -> Waiver:
    """Accepts what a check finds: of one person, of a site, or (neither given) of the whole tranche.

    It counts until the end of `expires_on`. Raises Invalid naming the field, and Conflict where the same
    waiver is open already.
    """
    require(by, tranche, "waive")
    _check_scope(check_key, person=person, site=site)
    _check_words(reason=reason, expires_on=expires_on)
    _check_place(tranche, person=person, site=site, owner=owner)
    with transaction.atomic():
        waiver = _open(
            tranche=tranche,
            check_key=check_key,
            person=person,
            site=site,
            owner=owner,
            reason=reason,
            expires_on=expires_on,
            created_by=by,
        )
        note(tranche, "waive", by=by, text=f"{CHECKS[check_key].title}: {reason}")
        mark_dirty(Tranche.objects.filter(pk=tranche.pk))
    return waiver


def end_waiver(*, waiver: Waiver, by: User | None) -> None:
    """The blocker counts again. Conflict where the waiver was ended before."""
    require(by, waiver.tranche, "waive")
    with transaction.atomic():
        open_ones = Waiver.objects.filter(pk=waiver.pk, ended_at__isnull=True)
        if not open_ones.update(ended_at=timezone.now(), ended_by=by):
            raise Conflict("This waiver was ended before.")
        note(waiver.tranche, "end_waiver", by=by, text=CHECKS[waiver.check_key].title)
        mark_dirty(Tranche.objects.filter(pk=waiver.tranche_id))


def _open(**fields: object) -> Waiver:
    # One that ran out still holds the place of the open one; it ends when another takes over.
    same = {name: fields[name] for name in ("tranche", "check_key", "person", "site")}
    Waiver.objects.filter(**same, ended_at__isnull=True, expires_on__lt=timezone.localdate()).update(
        ended_at=timezone.now()
    )
    try:
        with transaction.atomic():
            return Waiver.objects.create(**fields)
    except IntegrityError as error:
        raise Conflict("There is an open waiver for this already. End it first.") from error


def _check_scope(check_key: str, *, person: TranchePerson | None, site: Site | None) -> None:
    if check_key not in CHECKS:
        raise Invalid("Select one of the checks.", field="check_key")
    scope = CHECKS[check_key].scope
    if person is not None and site is not None:
        raise Invalid("Choose a person or a site, not both.", field="site")
    if person is not None and scope != CheckScope.PERSON:
        raise Invalid(
            "This check is not about one person. Waive it for a site or the tranche.", field="person"
        )
    if site is not None and scope == CheckScope.TRANCHE:
        raise Invalid("This check is about the whole tranche. Leave the site out.", field="site")


def _check_words(*, reason: str, expires_on: dt.date) -> None:
    if not reason.strip():
        raise Invalid("Say why the blocker is accepted.", field="reason")
    if expires_on <= timezone.localdate():
        raise Invalid("The waiver must expire on a day after today.", field="expires_on")
    if expires_on > (latest := timezone.localdate() + LONGEST):
        raise Invalid(
            f"A waiver lasts a year at most. Enter a day up to {latest:%-d %B %Y}, and grant it anew then.",
            field="expires_on",
        )


def _check_place(tranche: Tranche, *, person: TranchePerson | None, site: Site | None, owner: User) -> None:
    organisation_id = tranche.programme.organisation_id
    if person is not None and person.tranche_id != tranche.pk:
        raise Invalid("Choose a person of this tranche.", field="person")
    if site is not None and site.organisation_id != organisation_id:
        raise Invalid("Choose a site of this organisation.", field="site")
    if organisation_id not in owner.access.organisation_ids():
        raise Invalid("Choose an owner who has a role in this organisation.", field="owner")
