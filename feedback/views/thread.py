"""The page of one thread: what was said in order, what became of it, and what one may do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from feedback.forms.threads import ReplyForm, VoiceForm
from feedback.models import Post, Thread
from feedback.services.anonymity import keys_of
from feedback.services.own_facts import own_facts
from feedback.services.raising import voice_of
from feedback.views.saying import Speaker, speakers
from fleet.views.facts import VisibleRow
from fleet.web.requests import signed_in


@dataclass(slots=True)
class ShownPost:
    """A post with its speaker and the replies below it."""

    post: Post
    speaker: Speaker
    is_mine: bool
    replies: list[ShownPost] = field(default_factory=list)


class ThreadPage(VisibleRow, View):
    model = Thread

    def get_queryset(self) -> QuerySet[Thread]:
        return super().get_queryset().select_related("organisation", "topic", "owner", "merged_into")

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return render(request, "feedback/thread_detail.html", self.context(self.row))

    def context(self, thread: Thread) -> dict[str, Any]:
        user = signed_in(self.request)
        may_post = user.access.may("feedback.post", organisation_id=thread.organisation_id)
        voice = voice_of(thread, user)
        return {
            "row": thread,
            "heading": thread.title,
            "opening": opening_of(thread, user),
            "voice": voice,
            "reply_form": ReplyForm(thread=thread) if may_post and not thread.merged_into_id else None,
            "join_form": self._join_form(thread) if may_post and voice is None else None,
        }

    def _join_form(self, thread: Thread) -> VoiceForm:
        facts = own_facts(signed_in(self.request), thread.organisation)
        return VoiceForm(organisation=thread.organisation, facts=facts, prefix="join")


def opening_of(thread: Thread, user: Any) -> ShownPost | None:
    """The opening post with everything below it, by who answered whom; two queries."""
    posts = list(thread.posts.select_related("author"))
    who, keys = speakers(posts, thread.organisation_id), keys_of(user)
    shown = {post.pk: ShownPost(post, who[post.pk], post.is_by(user, keys)) for post in posts}
    below: dict[int | None, list[ShownPost]] = defaultdict(list)
    for post in posts:
        below[post.parent_id].append(shown[post.pk])
    opening = next((one for one in shown.values() if one.post.is_opening), None)
    for key, one in shown.items():
        one.replies = below[key]
    if opening:
        opening.replies = [*opening.replies, *(one for one in below[None] if one is not opening)]
    return opening
