"""What somebody answers for in feedback, when they hand over to another person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from feedback.models import Gathering, Survey, Thread
from feedback.vocabulary import SurveyState
from fleet.services.handing_over import Charge, Handing, Item


def _threads(handing: Handing) -> QuerySet[Thread]:
    mine = Thread.objects.unsettled().filter(owner=handing.giver)
    return mine.filter(organisation__in=handing.organisation_ids)


def find_threads(handing: Handing) -> Iterable[Item]:
    for thread in _threads(handing):
        yield Item("Thread owned", thread.title, reverse("feedback:thread-detail", args=[thread.pk]))


def give_threads(handing: Handing) -> None:
    _threads(handing).update(owner=handing.taker)


def _surveys(handing: Handing) -> QuerySet[Survey]:
    mine = Survey.objects.exclude(state=SurveyState.CLOSED).filter(made_by=handing.giver)
    return mine.filter(organisation__in=handing.organisation_ids)


def find_surveys(handing: Handing) -> Iterable[Item]:
    for survey in _surveys(handing):
        yield Item("Survey not closed", survey.title, reverse("feedback:survey-detail", args=[survey.pk]))


def give_surveys(handing: Handing) -> None:
    _surveys(handing).update(made_by=handing.taker)


def _gatherings(handing: Handing) -> QuerySet[Gathering]:
    mine = Gathering.objects.to_come().filter(led_by=handing.giver)
    return mine.filter(organisation__in=handing.organisation_ids)


def find_gatherings(handing: Handing) -> Iterable[Item]:
    for gathering in _gatherings(handing):
        url = reverse("feedback:gathering-detail", args=[gathering.pk])
        yield Item("Session in person", gathering.title, url)


def give_gatherings(handing: Handing) -> None:
    _gatherings(handing).update(led_by=handing.taker)


CHARGES = (
    Charge(find_threads, give_threads),
    Charge(find_surveys, give_surveys),
    Charge(find_gatherings, give_gatherings),
)
