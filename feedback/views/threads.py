"""The list of threads."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from feedback.filters import ThreadFilter
from feedback.models import Thread
from feedback.services.anonymity import keys_of
from fleet.web import text
from fleet.web.columns import PARAMETER, Choice
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


def _told(thread: Any) -> Any:
    return thread.working_days_a_year if thread.people_with_minutes else None


def _shown(thread: Any) -> str:
    return f"{thread.working_days_a_year:,.1f}" if thread.people_with_minutes else ""


WORKING_DAYS = Column(
    key="working_days_a_year",
    title="Days lost a year",
    value=_shown,
    csv=_told,
    is_numeric=True,
    empty="Not told",
)


SEVERAL = 2


def raised_on(thread: Any) -> str:
    """To the day, for every thread alike."""
    return text.day(thread.raised_at) if thread.raised_at else ""


def raised_on_iso(thread: Any) -> Any:
    return timezone.localdate(thread.raised_at) if thread.raised_at else None


def said_on_iso(thread: Any) -> Any:
    return timezone.localdate(thread.said_at) if thread.said_at else None


def last_said(thread: Any) -> str:
    """To the day: the moment of an anonymous post is a day's beginning."""
    return text.day(thread.said_at) if thread.said_at else ""


ORGANISATION = Column(key="organisation", title="Organisation", csv="organisation__code", is_extra=True)


class ThreadList(ListPage):
    model = Thread
    filterset_class = ThreadFilter
    heading = "Feedback"
    nouns = ("thread", "threads")
    default_sort = "-raised_at"
    permissions = ("feedback.view",)
    template_name = "feedback/thread_list.html"
    empty_text = "Be the first to say what hurts, what would help, or what works."
    columns = (
        Column(key="title", title="Thread", link=to("feedback:thread-detail")),
        Column(key="kind", title="Kind"),
        Column(key="topic", title="Topic", value="topic.name", csv="topic__name", empty="None"),
        Column(key="status", title="Status", is_status=True),
        Column(key="people", title="People", is_numeric=True),
        WORKING_DAYS,
        ORGANISATION,
        Column(key="raised_at", title="Raised", value=raised_on, csv=raised_on_iso, empty="Not known"),
    )

    @cached_property
    def choice(self) -> Choice:
        """The organisation is a usual column for those who read feedback of several."""
        is_extra = len(signed_in(self.request).access.organisation_ids("feedback.view")) < SEVERAL
        shown = [replace(one, is_extra=is_extra) if one is ORGANISATION else one for one in self.columns]
        return Choice(shown, self.params.getlist(PARAMETER))

    @property
    def sort(self) -> str:
        """The best matches first, where something is searched for and no other order asked."""
        asked: str = self.params.get("sort", "")
        return asked or ("-match" if self.params.get("q") else self.default_sort)

    def get_queryset(self) -> QuerySet[Thread]:
        visible = Thread.objects.visible_to(signed_in(self.request))
        return visible.listed(self.params.getlist("status")).select_related("topic", "organisation")

    def get_context_data(self) -> dict[str, Any]:
        may_raise = signed_in(self.request).access.may("feedback.post")
        return super().get_context_data() | {"may_raise": may_raise}


class OwnThreads(ThreadList):
    """What somebody raised or follows, anonymous voices included: nobody else sees this list."""

    heading = "Mine"
    key = "own-threads"
    template_name = "feedback/thread_list.html"
    default_sort = "-said_at"
    empty_text = "What you raise, or say that it affects you too, stands here, with what became of it."
    columns = (
        *ThreadList.columns[:6],
        ORGANISATION,
        Column(key="said_at", title="Last said", value=last_said, csv=said_on_iso, empty="Not known"),
    )

    def get_queryset(self) -> QuerySet[Thread]:
        user = signed_in(self.request)
        followed = Thread.objects.readable_by(user, keys_of(user)).followed_by(user, keys_of(user))
        return followed.select_related("topic", "organisation")
