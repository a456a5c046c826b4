"""Pictures beside posts: served to those who may read the thread, attached, taken back, removed."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views import View

from feedback.forms.moderating import RemoveForm
from feedback.forms.pictures import AttachForm
from feedback.models import Attachment, Post
from feedback.services import attaching, moderating
from feedback.services.anonymity import keys_of
from feedback.views.own_posts import OnOwnPost, page_of_post
from fleet.models import User
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web.forms import GovukForm
from fleet.web.requests import signed_in


def served(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """The picture alone: nothing in it can act, and whoever keeps it asks again before it is shown again."""
    etag = f'"{attachment.digest}"'
    response = get_conditional_response(request, etag) or HttpResponse(
        bytes(attachment.content or b""), content_type=attachment.media_type
    )
    response["ETag"] = etag
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, no_cache=True)
    return response


class ShowAttachment(VisibleRow, View):
    model = Attachment

    def get_queryset(self) -> QuerySet[Attachment]:
        found: Any = super().get_queryset()
        rows: QuerySet[Attachment] = found.there()
        return rows

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return served(request, self.row)


class Attach(OnOwnPost):
    """For whoever said the post, by name or without."""

    form_class = AttachForm
    heading = "Attach a picture"
    submit = "Attach it"

    def may(self, post: Post, user: User) -> bool:
        return attaching.may_attach(post, user)

    def do(self, data: dict[str, Any]) -> str:
        attaching.attach_picture(post=self.row, by=signed_in(self.request), **data)
        return "The picture is attached."


class RemoveAttachment(VisibleRow, FactsForm):
    """Its author takes it back; a moderator of the organisation removes it with a reason."""

    model = Attachment
    heading = "Remove the picture"
    submit = "Remove it"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = signed_in(request)
        self.is_own = is_own(self.row, user)
        organisation_id = self.row.post.thread.organisation_id
        if not self.is_own and not user.access.may(moderating.PERMISSION, organisation_id=organisation_id):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Attachment]:
        found: Any = super().get_queryset()
        rows: QuerySet[Attachment] = found.there().defer("content").select_related("post__thread")
        return rows

    def get_form_class(self) -> type[GovukForm]:
        return GovukForm if self.is_own else RemoveForm

    def do(self, data: dict[str, Any]) -> str:
        user = signed_in(self.request)
        if self.is_own:
            attaching.take_picture_back(attachment=self.row, by=user)
            return "The picture is gone."
        attaching.remove_picture(attachment=self.row, by=user, **data)
        return "The picture is gone. Readers see why."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": self.row.alt}

    def get_success_url(self) -> str:
        return page_of_post(self.row.post)


def is_own(attachment: Attachment, user: User) -> bool:
    return attachment.post.is_by(user, keys_of(user))
