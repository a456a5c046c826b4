"""What somebody answers for in feedback, when they hand over to another person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from feedback.models import Thread
from fleet.services.handing_over import Charge, Handing, Item


def _threads(handing: Handing) -> QuerySet[Thread]:
    mine = Thread.objects.unsettled().filter(owner=handing.giver)
    return mine.filter(organisation__in=handing.organisation_ids)


def find_threads(handing: Handing) -> Iterable[Item]:
    for thread in _threads(handing):
        yield Item("Thread owned", thread.title, reverse("feedback:thread-detail", args=[thread.pk]))


def give_threads(handing: Handing) -> None:
    _threads(handing).update(owner=handing.taker)


CHARGES = (Charge(find_threads, give_threads),)
