"""What somebody answers for in rollouts, when they hand over to another person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from fleet.services.handing_over import Charge, Handing, Item
from rollouts.checks import CHECKS
from rollouts.models import Gate, Hold, Reflection, Waiver

HERE = "tranche__programme__organisation__in"


def _waivers(handing: Handing) -> QuerySet[Waiver]:
    mine = Waiver.objects.filter(owner=handing.giver, ended_at=None)
    return mine.filter(**{HERE: handing.organisation_ids})


def find_waivers(handing: Handing) -> Iterable[Item]:
    for waiver in _waivers(handing).select_related("tranche"):
        check = CHECKS[waiver.check_key].title if waiver.check_key in CHECKS else waiver.check_key
        what = f"{check}, {waiver.tranche}, until {waiver.expires_on:%-d %B %Y}"
        yield Item("Waiver owned", what, reverse("rollouts:waiver-list", args=[waiver.tranche_id]))


def give_waivers(handing: Handing) -> None:
    _waivers(handing).update(owner=handing.taker)


def _lessons(handing: Handing) -> QuerySet[Reflection]:
    return Reflection.objects.filter(owner=handing.giver, **{HERE: handing.organisation_ids})


def find_lessons(handing: Handing) -> Iterable[Item]:
    for lesson in _lessons(handing).select_related("tranche"):
        url = reverse("rollouts:tranche-detail", args=[lesson.tranche_id])
        yield Item("Lessons owned", str(lesson.tranche), url)


def give_lessons(handing: Handing) -> None:
    _lessons(handing).update(owner=handing.taker)


def find_records(handing: Handing) -> Iterable[Item]:
    """What stays under the name of who did it, because it is what they did."""
    for gate in Gate.objects.open().filter(**{HERE: handing.organisation_ids}).select_related("tranche"):
        if why := _why_it_stays(gate, handing):
            yield Item("Gate proposed", str(gate), reverse("rollouts:gate-detail", args=[gate.pk]), why)
    holds = Hold.objects.filter(released_at=None, placed_by=handing.giver, **{HERE: handing.organisation_ids})
    for hold in holds.select_related("tranche"):
        url = reverse("rollouts:tranche-detail", args=[hold.tranche_id])
        why = "Whoever may hold and release tranches can release it."
        yield Item("Hold placed", f"{hold.tranche}: {hold}", url, why)


def _why_it_stays(gate: Gate, handing: Handing) -> str:
    if gate.proposed_by_id == handing.giver.pk:
        return (
            f"{handing.giver} proposed it, so they may never decide it. {handing.taker} can decide it, "
            "or withdraw it and propose anew."
        )
    if gate.proposed_by_id == handing.taker.pk:
        return f"{handing.taker} proposed it, so somebody else has to decide it."
    return ""


def nothing(_: Handing) -> None:
    """A record goes nowhere."""


CHARGES = (
    Charge(find_waivers, give_waivers),
    Charge(find_lessons, give_lessons),
    Charge(find_records, nothing),
)
