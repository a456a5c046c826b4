"""What the pages have in common on which people do something to what they said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from feedback.models import Post
from fleet.models import User
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web.requests import signed_in


class OnOwnPost(VisibleRow, FactsForm):
    """A form on a post; absent for those who may not use it (`may`), who are all but whoever said it."""

    model = Post

    def may(self, post: Post, user: User) -> bool:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.may(self.row, signed_in(request)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Post]:
        return super().get_queryset().select_related("thread")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": self.row.thread.title}

    def get_success_url(self) -> str:
        return page_of_post(self.row)


def page_of_post(post: Post) -> str:
    return f"{reverse('feedback:thread-detail', args=[post.thread_id])}#post-{post.pk}"
