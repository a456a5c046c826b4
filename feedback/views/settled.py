"""You said, we did: what was settled, with what was said, what was answered and what was promised."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from feedback.filters import SettledFilter
from feedback.models import Commitment, Post, Thread
from feedback.vocabulary import SETTLED, CommitmentState
from fleet.models import User
from fleet.web import status, text
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


def settled(user: User) -> QuerySet[Thread]:
    """With their opening and official posts (`told`) and commitments that ended (`ended`); three queries."""
    posts = Post.objects.filter(Q(is_opening=True) | Q(is_official=True), hidden_at=None)
    ended = Commitment.objects.filter(state__in=[CommitmentState.KEPT, CommitmentState.MISSED])
    rows = Thread.objects.visible_to(user).standing().filter(status__in=SETTLED)
    return rows.select_related("topic", "organisation").prefetch_related(
        Prefetch("posts", posts.order_by("posted_at", "position", "pk"), to_attr="told"),
        Prefetch("commitments", ended.order_by("due_on", "pk"), to_attr="ended"),
    )


def said(thread: Any) -> str:
    return next((post.body for post in thread.told if post.is_opening), "")


def answer(thread: Any) -> Post | None:
    """The last official response."""
    return next((post for post in reversed(thread.told) if post.is_official and not post.is_opening), None)


def answered(thread: Any) -> str:
    """The response, and the reason that stands with the status."""
    post = answer(thread)
    return "\n".join(part for part in (post.body if post else "", thread.status_reason) if part)


def answered_by(thread: Any) -> str:
    post = answer(thread)
    return post.role_name if post else ""


def promised(thread: Any) -> list[str]:
    return [f"{one.text}: {one.get_state_display().lower()}" for one in thread.ended]


def settled_on(thread: Any) -> Any:
    return timezone.localdate(thread.status_at)


def shortened(words: str) -> str:
    return Truncator(words).words(40)


def shown_said(thread: Any) -> str:
    return shortened(said(thread))


def shown_answer(thread: Any) -> SafeString | str:
    role = answered_by(thread)
    words = shortened(answered(thread))
    return format_html('{}<br><span class="govuk-hint">{}</span>', words, role) if role else words


def shown_promises(thread: Any) -> SafeString:
    return format_html_join(
        SafeString("<br>"),
        '<a class="govuk-link" href="{}">{}</a>: {}',
        (
            (
                reverse("feedback:commitment-detail", args=[one.pk]),
                one.text,
                status.tag(one.state, one.get_state_display()),
            )
            for one in thread.ended
        ),
    )


class SettledList(ListPage):
    model = Thread
    filterset_class = SettledFilter
    heading = "You said, we did"
    nouns = ("settled thread", "settled threads")
    default_sort = "-status_at"
    permissions = ("feedback.view",)
    template_name = "feedback/settled_list.html"
    empty_text = "As soon as a thread is done or declined, everybody reads here what was said and answered."
    columns = (
        Column(key="title", title="Thread", link=to("feedback:thread-detail")),
        Column(key="said", title="You said", value=shown_said, csv=said, empty="Hidden"),
        Column(key="answer", title="We answered", value=shown_answer, csv=answered, empty="Nothing"),
        Column(key="answered_by", title="Answered by", value=answered_by, is_csv_only=True),
        Column(key="commitments", title="We promised", value=shown_promises, csv=promised, empty="Nothing"),
        Column(key="status", title="Status", is_status=True),
        Column(key="status_at", title="On", value=lambda row: text.day(row.status_at), csv=settled_on),
        Column(key="topic", title="Topic", value="topic.name", csv="topic__name", empty="None"),
        Column(key="people", title="People", is_numeric=True),
        Column(key="organisation", title="Organisation", csv="organisation__code", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[Thread]:
        return settled(signed_in(self.request))
