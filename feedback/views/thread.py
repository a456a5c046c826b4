"""The page of one thread: what was said in order, what became of it, and what one may do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from feedback.forms.answering import RespondForm
from feedback.forms.threads import ReplyForm, VoiceForm
from feedback.models import Attachment, Post, Thread
from feedback.models.threads import IN_ORDER
from feedback.services import editing
from feedback.services.anonymity import keys_of
from feedback.services.answering import role_of
from feedback.services.figures import days_to_answer
from feedback.services.own_facts import own_facts
from feedback.services.raising import voice_of
from feedback.views.promising import with_last
from feedback.views.saying import Speaker, speakers
from feedback.vocabulary import ThreadKind
from fleet.models import User
from fleet.views.facts import VisibleRow
from fleet.web import status, text
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in

# Posts on one page, and from where on replies are not moved in any further.
PAGE = 100
DEEPEST = 3


@dataclass(slots=True)
class ShownPost:
    """A post with its speaker; `depth` is how far it is moved in."""

    post: Post
    speaker: Speaker
    depth: int
    is_mine: bool
    may_attach: bool
    may_edit: bool
    attachments: list[Attachment]


class ThreadPage(VisibleRow, View):
    model = Thread

    def get_queryset(self) -> QuerySet[Thread]:
        user = signed_in(self.request)
        readable = Thread.objects.readable_by(user, keys_of(user))
        return readable.select_related("organisation", "topic", "owner")

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return render(request, "feedback/thread_detail.html", self.context(self.row))

    def context(self, thread: Thread) -> dict[str, Any]:
        user = signed_in(self.request)
        may_post = user.access.may("feedback.post", organisation_id=thread.organisation_id)
        may_respond = user.access.may("feedback.respond", organisation_id=thread.organisation_id)
        is_open = not thread.merged_into_id and thread.hidden_at is None
        visible = Thread.objects.visible_to(user)
        voice = voice_of(thread, user)
        return {
            "row": thread,
            "heading": thread.title,
            "facts": facts_of(thread),
            "respond_form": RespondForm(thread=thread) if may_respond and is_open else None,
            "role": role_of(user, thread.organisation) if may_respond else "",
            "commitments": with_last(thread.commitments.order_by("due_on")),
            "into": visible.filter(pk=thread.merged_into_id or 0).first(),
            "merged": visible.filter(merged_into=thread).order_by("raised_at", "pk"),
            "may_moderate": user.access.may("feedback.moderate", organisation_id=thread.organisation_id),
            **self._posts(thread, may_post=may_post),
            "voice": voice,
            "may_post": may_post,
            "why_not_edit": editing.WHY_NOT,
            "reply_form": ReplyForm(thread=thread) if may_post and is_open else None,
            "join_form": self._join_form(thread) if may_post and is_open and voice is None else None,
        }

    def _posts(self, thread: Thread, *, may_post: bool) -> dict[str, Any]:
        pages = Paginator(in_order(thread), PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        posts = shown_posts(thread, signed_in(self.request), dict(page.object_list), may_post=may_post)
        return {"posts": posts, "page": page}

    def _join_form(self, thread: Thread) -> VoiceForm:
        facts = own_facts(signed_in(self.request), thread.organisation)
        has_cost = thread.kind != ThreadKind.PRAISE
        return VoiceForm(organisation=thread.organisation, facts=facts, has_cost=has_cost, prefix="join")


def facts_of(thread: Thread) -> list[SummaryRow]:
    """What became of it, for whoever reads it."""
    told = text.counted(thread.people_with_minutes, "person", "people")
    lost = f"{thread.working_days_a_year:,.1f}, told by {told}"
    rows = [
        SummaryRow("Status", status.tag(thread.status, thread.get_status_display())),
        SummaryRow("Why", thread.status_reason) if thread.status_reason else None,
        SummaryRow("People affected", text.number(thread.people)),
        SummaryRow("Working days lost a year", lost if thread.people_with_minutes else "Nobody has told yet"),
        SummaryRow("Since", text.day(thread.since_on)) if thread.since_on else None,
        SummaryRow("Answered", _answered(thread)),
        SummaryRow("Who sees to it", str(thread.owner)) if thread.owner else None,
        _next(thread),
        SummaryRow("Escalated", _escalated(thread)) if thread.escalated_at else None,
    ]
    return [row for row in rows if row is not None]


def _answered(thread: Thread) -> str:
    if not thread.is_answered:
        return "Not yet"
    if thread.answered_at is None or thread.raised_at is None:
        is_own = thread.posts.filter(is_opening=True, is_official=True).exists()
        return "It was raised officially" if is_own else "Yes; when is not known"
    days = days_to_answer(thread.raised_at, thread.answered_at, thread.organisation.bank_holidays)
    after = "dated before it was raised" if days is None else f"after {text.counted(days, 'working day')}"
    return f"{text.day(thread.answered_at)}, {after}"


def _next(thread: Thread) -> SummaryRow | None:
    if thread.is_settled or thread.kind == ThreadKind.PRAISE:
        return None
    label = "Next update" if thread.is_answered else "Official response due"
    day = thread.next_update_on if thread.is_answered else thread.due_on
    if day is None:
        return None
    late = " – overdue" if day < timezone.localdate() else ""
    return SummaryRow(label, f"{text.day(day)}{late}")


def _escalated(thread: Thread) -> str:
    return f"{text.day(timezone.localdate(thread.escalated_at))}, to all who answer for {thread.organisation}"


def in_order(thread: Thread) -> list[tuple[int, int]]:
    """(key, depth) of each post: the opening, then every reply below what it answers; one query.

    Told without calling itself: what was brought in may answer an answer a thousand times over.
    """
    rows = list(thread.posts.order_by("-is_opening", *IN_ORDER).values_list("pk", "parent"))
    below: dict[int | None, list[int]] = defaultdict(list)
    for key, parent in reversed(rows):
        below[parent].append(key)
    opening = rows[0][0] if rows else None
    waiting = [(key, 0 if key == opening else 1) for key in below[None]]
    found = []
    while waiting:
        key, depth = waiting.pop()
        found.append((key, depth))
        waiting += [(reply, depth + 1) for reply in below[key]]
    return found


def shown_posts(thread: Thread, user: User, depths: dict[int, int], *, may_post: bool) -> list[ShownPost]:
    """The posts with these keys, in this order; three queries. A hidden one comes without its pictures."""
    keyed = thread.posts.select_related("author").in_bulk(list(depths))
    posts = [keyed[key] for key in depths if key in keyed]
    who, keys = speakers(posts, thread.organisation_id), keys_of(user)
    beside: dict[int, list[Attachment]] = defaultdict(list)
    for one in Attachment.objects.filter(post__in=posts, post__hidden_at=None).defer("content"):
        beside[one.post_id].append(one)
    found = []
    for post in posts:
        is_mine = post.is_by(user, keys)
        may_attach = is_mine and may_post and not post.hidden_at
        may_edit = is_mine and editing.may_edit(post, user)
        depth = min(depths[post.pk], DEEPEST)
        found.append(ShownPost(post, who[post.pk], depth, is_mine, may_attach, may_edit, beside[post.pk]))
    return found
