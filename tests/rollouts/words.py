"""What an assessment said, in the form in which tests ask for it."""

from __future__ import annotations

from django.utils import timezone

from rollouts.models import Assessment, PersonReadiness, ScopeFinding, Tranche, TranchePerson
from rollouts.services.assessing import assess

Words = tuple[str, str]


def assessed(tranche: Tranche) -> Assessment:
    """The tranche's readiness as of now."""
    return assess(Tranche.objects.get(pk=tranche.pk), at=timezone.now())


def findings_of(place: TranchePerson) -> dict[str, Words]:
    """Check key → (verdict, reason) of one person, after a fresh assessment."""
    assessed(place.tranche)
    readiness = PersonReadiness.objects.get(person=place)
    return {one["check"]: (one["verdict"], one["reason"]) for one in readiness.findings}


def scope_findings_of(tranche: Tranche) -> dict[str, Words]:
    """Check key → (verdict, reason) of the site and tranche checks, after a fresh assessment."""
    assessed(tranche)
    found = ScopeFinding.objects.filter(tranche=tranche)
    return {one.check_key: (one.verdict, one.reason) for one in found}
