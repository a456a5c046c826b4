"""The list of threads."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from feedback.filters import ThreadFilter
from feedback.models import Thread
from feedback.vocabulary import WORKING_DAY_MINUTES
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


def working_days(thread: Any) -> str:
    """Lost a year, by as many people as told."""
    if not thread.people_with_minutes:
        return ""
    return f"{thread.minutes_a_year / WORKING_DAY_MINUTES:,.1f}"


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
        Column(key="people", title="People affected", is_numeric=True),
        Column(
            key="minutes_a_year",
            title="Working days lost a year",
            value=working_days,
            is_numeric=True,
            empty="Not told",
        ),
        Column(key="raised_at", title="Raised", empty="Not known"),
    )

    def get_queryset(self) -> QuerySet[Thread]:
        visible = Thread.objects.visible_to(signed_in(self.request))
        return visible.filter(merged_into=None).select_related("topic")

    def get_context_data(self) -> dict[str, Any]:
        may_raise = signed_in(self.request).access.may("feedback.post")
        return super().get_context_data() | {"may_raise": may_raise}
