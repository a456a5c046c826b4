"""What hurts most, and what hurts more than usual."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views import View

from feedback.services.pain.grouping import NULL, Grouping, grouping_of, offered_to
from feedback.services.pain.reckoning import Pain, pain_by, whole
from feedback.services.pain.rising import METHOD, Trend, trends
from feedback.views.figures import organisation_of, others_than
from feedback.vocabulary import SMALLEST_GROUP, ThreadKind
from fleet.errors import Invalid
from fleet.models import Organisation, User
from fleet.web import status, text
from fleet.web.exports import csv_response
from fleet.web.navigation import Link
from fleet.web.parts import Stat
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table

VERDICTS = {
    "rising": ("at_risk", "Rising"),
    "usual": ("usual", "As usual"),
    "too_few": ("too_few", f"Under {SMALLEST_GROUP} people"),
    "no_past": ("no_past", "Nothing to compare with yet"),
}


def threads_url(query: str) -> str:
    return f"{reverse('feedback:thread-list')}?{query}" if query else ""


def days_lost(one: Pain) -> str:
    """With how many people it rests on."""
    return f"{one.working_days_a_year:,.1f} (n = {text.number(one.told)})" if one.told else ""


def columns_of(grouping: Grouping) -> tuple[Column, ...]:
    return (
        Column(key="name", title=grouping.title, link=lambda one: threads_url(one.threads_query)),
        Column(
            key="working_days_a_year",
            title="Days lost a year",
            value=days_lost,
            csv=lambda one: round(one.working_days_a_year, 1),
            is_numeric=True,
            empty="Not told",
        ),
        Column(key="people_with_minutes", title="Told by", value="told", is_csv_only=True),
        Column(key="people", title="People", is_numeric=True),
        Column(key="threads", title="Threads", is_numeric=True),
    )


def _lately(one: Trend) -> str:
    asked = {"kind": ThreadKind.PROBLEM.value, "is_hidden": "false", "lately": "true"}
    return threads_url(urlencode(asked | {"topic": one.key or NULL}))


TRENDS = (
    Column(key="name", title="Topic", link=_lately),
    Column(
        key="verdict",
        title="Against the usual",
        value=lambda one: status.tag(*VERDICTS[one.verdict]),
        csv=lambda one: one.verdict,
    ),
    Column(key="recent", title="Last 28 days", is_numeric=True),
    Column(
        key="usual",
        title="Usual in 28 days",
        value=lambda one: None if one.usual is None else round(one.usual, 1),
        is_numeric=True,
        empty="Not known",
    ),
    Column(key="before", title="Before", is_csv_only=True),
    Column(key="before_days", title="Days before", is_csv_only=True),
    Column(
        key="p",
        title="p, corrected",
        value=lambda one: "" if one.p is None else ("under 0.001" if one.p < 0.001 else f"{one.p:.3f}"),
        csv=lambda one: one.p,
        is_numeric=True,
        empty="Not tested",
    ),
)


class PainPage(View):
    """`?by=` a grouping, `?organisation=` a code, `?format=csv`, `?show=trends&format=csv`."""

    def get(self, request: HttpRequest) -> Any:
        user = signed_in(request)
        organisation = organisation_of(request, user)
        try:
            grouping = grouping_of(request.GET.get("by", "topic"), user, organisation)
        except Invalid as error:
            raise Http404 from error
        rows, rising = pain_by(grouping, organisation, user), trends(organisation, timezone.localdate())
        if request.GET.get("format") == "csv":
            if request.GET.get("show") == "trends":
                return csv_response(TRENDS, rising, "rising-topics")
            return csv_response(columns_of(grouping), rows, f"pain-by-{grouping.key}")
        return self._page(organisation, grouping, rows, rising)

    def _page(
        self, organisation: Organisation, grouping: Grouping, rows: list[Pain], rising: list[Trend]
    ) -> HttpResponse:
        user = signed_in(self.request)
        address = urlencode({"organisation": organisation.code, "by": grouping.key})
        together = next((one for one in rows if one.groups > 1), None)
        context = {
            "organisation_shown": organisation,
            "others": others_than(organisation, user),
            "links": _links(organisation, grouping, user),
            "cards": _cards(whole(organisation)),
            "grouping": grouping,
            "together": together,
            "smallest": SMALLEST_GROUP,
            "table": Table(columns=columns_of(grouping), rows=rows, caption=f"By {grouping.title.lower()}"),
            "csv_url": f"?{address}&format=csv",
            "trends": Table(columns=TRENDS, rows=rising, caption="Topics lately", is_caption_hidden=True),
            "trends_csv_url": f"?{address}&show=trends&format=csv",
            "rising": [one.name for one in rising if one.verdict == "rising"],
            "method": METHOD,
        }
        return render(self.request, "feedback/pain.html", context)


def _links(organisation: Organisation, current: Grouping, user: User) -> list[Link]:
    here = reverse("feedback:pain")
    return [
        Link(
            one.title,
            f"{here}?{urlencode({'organisation': organisation.code, 'by': one.key})}",
            "page" if one is current else "",
        )
        for one in offered_to(user, organisation)
    ]


def _cards(found: Pain) -> list[Stat]:
    url = threads_url(found.threads_query)
    return [
        Stat(
            f"{found.working_days_a_year:,.1f}",
            f"working days lost a year, told by {text.number(found.told)}",
            url,
        ),
        Stat(text.number(found.people), "people affected", url),
        Stat(text.number(found.threads), "open problems", url),
    ]
