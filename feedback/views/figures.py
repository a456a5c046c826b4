"""What was answered: published to everybody who may read feedback."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from feedback.models import Thread
from feedback.services import places
from feedback.services.figures import Figures, published
from fleet.models import Organisation, User
from fleet.web import text
from fleet.web.exports import csv_response
from fleet.web.parts import Stat
from fleet.web.requests import asked_for, signed_in
from fleet.web.tables import Column, Table

LONGEST = 10


def answered(figures: Figures) -> str:
    return text.share(figures.answered, figures.threads)


def median_of(figures: Figures) -> str:
    """With how many answers it rests on."""
    days = figures.median_days
    return "" if days is None else f"{text.number(days)} (n = {text.number(len(figures.days))})"


def _columns(title: str) -> tuple[Column, ...]:
    def threads_url(figures: Figures) -> str:
        """The threads that are counted; of those raised on no known day there is no list."""
        return f"{reverse('feedback:thread-list')}?{figures.asked}" if figures.asked else ""

    return (
        Column(key="name", title=title, link=threads_url),
        Column(key="threads", title="Threads", is_numeric=True),
        Column(key="people", title="People", is_numeric=True),
        Column(
            key="days_lost",
            title="Days lost a year",
            value=lambda one: f"{one.working_days_a_year:,.1f}" if one.minutes_a_year else "",
            csv=lambda one: round(one.working_days_a_year, 1),
            is_numeric=True,
            empty="Not told",
        ),
        Column(key="answered", title="Answered", value=answered, csv=lambda one: one.answered),
        Column(key="never", title="Never answered", is_numeric=True),
        Column(
            key="median",
            title="Median wait in working days",
            value=median_of,
            csv=lambda one: one.median_days,
            is_numeric=True,
            empty="Not known",
        ),
    )


TOPICS, MONTHS = _columns("Topic"), _columns("Month raised")


def others_than(organisation: Organisation, user: User) -> Any:
    return places.organisations_of(user, "feedback.view").exclude(pk=organisation.pk)


def organisation_of(request: HttpRequest, user: User) -> Organisation:
    """The one in `?organisation=`, else the first by name in which the person reads feedback."""
    found = places.organisation_of(user, "feedback.view", asked_for(request, "organisation"))
    if found is None:
        raise Http404
    return found


class FiguresPage(View):
    def get(self, request: HttpRequest) -> Any:
        user = signed_in(request)
        organisation = organisation_of(request, user)
        found = published(organisation)
        show = request.GET.get("show", "topics")
        if request.GET.get("format") == "csv":
            rows = found.by_month if show == "months" else found.by_topic
            return csv_response(MONTHS if show == "months" else TOPICS, rows, f"feedback-by-{show}")
        context = {
            "organisation_shown": organisation,
            "others": others_than(organisation, user),
            "cards": _cards(found.whole),
            "topics": Table(columns=TOPICS, rows=found.by_topic, caption="By topic", is_caption_hidden=True),
            "months": Table(columns=MONTHS, rows=found.by_month, caption="By month", is_caption_hidden=True),
            "longest": _longest(organisation, user),
            "n": found.whole.threads,
        }
        return render(request, "feedback/figures.html", context)


def _cards(whole: Figures) -> list[Stat]:
    url = f"{reverse('feedback:thread-list')}?{whole.asked}"
    return [
        Stat(answered(whole), "officially answered", f"{url}&answered=true"),
        Stat(
            median_of(whole) or "Not known",
            "median working days to the official response, of those whose days are known",
        ),
        Stat(text.number(whole.never), "never answered", f"{url}&answered=false"),
        Stat(
            f"{whole.working_days_a_year:,.0f}",
            "working days lost a year, as told",
            f"{url}&sort=-working_days_a_year",
        ),
    ]


def _longest(organisation: Organisation, user: User) -> list[Thread]:
    """Who waits longest."""
    rows = Thread.objects.visible_to(user).filter(organisation=organisation).unanswered()
    return list(rows.filter(raised_at__isnull=False).order_by("raised_at", "pk")[:LONGEST])
