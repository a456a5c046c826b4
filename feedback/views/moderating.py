"""A moderator's pages on a thread and its posts."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from feedback.forms.moderating import HideForm, SortForm
from feedback.models import Post, Thread
from feedback.services import moderating
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web.forms import GovukForm
from fleet.web.requests import signed_in


class Moderation(VisibleRow, FactsForm):
    """For those who moderate in the thread's organisation."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        organisation_id = self.thread.organisation_id
        if not signed_in(request).access.may(moderating.PERMISSION, organisation_id=organisation_id):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def thread(self) -> Thread:
        found: Thread = self.row if isinstance(self.row, Thread) else self.row.thread
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": self.thread.title}

    def get_success_url(self) -> str:
        return reverse("feedback:thread-detail", args=[self.thread.pk])


class HideThread(Moderation):
    model = Thread
    form_class = HideForm
    heading = "Hide the thread"
    submit = "Hide it"

    def do(self, data: dict[str, Any]) -> str:
        moderating.hide_thread(thread=self.row, by=signed_in(self.request), because=data["because"])
        return "The thread is hidden. Moderators alone see it."


class ShowThread(Moderation):
    model = Thread
    form_class = GovukForm
    heading = "Show the thread again"
    submit = "Show it"

    def do(self, data: dict[str, Any]) -> str:
        moderating.show_thread(thread=self.row, by=signed_in(self.request))
        return "Everybody sees the thread again."


class SortThread(Moderation):
    """Its kind and topic, and whether it is severe."""

    model = Thread
    form_class = SortForm
    heading = "Say where the thread belongs"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.row}

    def do(self, data: dict[str, Any]) -> str:
        moderating.sort_thread(thread=self.row, by=signed_in(self.request), **data)
        return "The thread is changed."


class _OfPost(Moderation):
    model = Post

    def get_queryset(self) -> QuerySet[Post]:
        return super().get_queryset().select_related("thread__organisation")


class HidePost(_OfPost):
    form_class = HideForm
    heading = "Hide the post"
    submit = "Hide it"

    def do(self, data: dict[str, Any]) -> str:
        moderating.hide_post(post=self.row, by=signed_in(self.request), because=data["because"])
        return "The post is hidden. Readers see that it was, and why."


class ShowPost(_OfPost):
    form_class = GovukForm
    heading = "Show the post again"
    submit = "Show it"

    def do(self, data: dict[str, Any]) -> str:
        moderating.show_post(post=self.row, by=signed_in(self.request))
        return "Everybody sees the post again."
