"""Changing what one said, and what stood there before."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from feedback.forms.editing import EditForm
from feedback.models import Post
from feedback.services import editing
from feedback.views.own_posts import OnOwnPost
from feedback.views.saying import speakers
from fleet.models import User
from fleet.views.facts import VisibleRow
from fleet.web.requests import signed_in


class EditPost(OnOwnPost):
    """For whoever said it by name or role."""

    form_class = EditForm
    heading = "Change your words"

    def may(self, post: Post, user: User) -> bool:
        return editing.may_edit(post, user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"post": self.row}

    def do(self, data: dict[str, Any]) -> str:
        editing.edit_post(post=self.row, by=signed_in(self.request), **data)
        return "Your words are changed."


def with_history(rows: QuerySet[Post], user: User) -> QuerySet[Post]:
    """Posts whose earlier words one may read: of hidden ones, moderators alone."""
    moderated = user.access.scope("feedback.moderate", organisation="thread__organisation", sites=())
    return rows.filter(Q(hidden_at__isnull=True) | moderated)


class PostHistory(VisibleRow, View):
    model = Post

    def get_queryset(self) -> QuerySet[Post]:
        rows = super().get_queryset().select_related("thread", "author")
        return with_history(rows, signed_in(self.request))

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        post: Post = self.row
        context = {
            "heading": "What was said, and when it was changed",
            "post": post,
            "speaker": speakers([post], post.thread.organisation_id)[post.pk],
            "versions": editing.versions_of(post),
        }
        return render(request, "feedback/post_history.html", context)
