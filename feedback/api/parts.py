"""What the API's views of feedback share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from feedback.api.serializers import PostSerializer
from feedback.models import Attachment, Post, Thread
from feedback.services.places import organisation_of
from feedback.views.saying import speakers
from fleet.errors import Forbidden, Invalid
from fleet.models import Organisation, User
from fleet.web.requests import asked_for

ORGANISATION = OpenApiParameter("organisation", description="By its code; the first that you see.")


class MayPost(IsAuthenticated):
    """Writing takes the right to post; the verbs ask for more where they need it."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        return request.method in SAFE_METHODS or person(request).access.may("feedback.post")


def person(request: Request) -> User:
    return cast(User, request.user)


def asked_organisation(request: Request) -> Organisation:
    """The one in `?organisation=`, else the first. Raises Invalid (field `organisation`) and Forbidden."""
    code = asked_for(request, "organisation")
    organisation = organisation_of(person(request), "feedback.view", code)
    if organisation is None and code:
        raise Invalid("Give the code of an organisation whose feedback you read", field="organisation")
    if organisation is None:
        raise Forbidden("Your roles do not let you read feedback.")
    return organisation


def shown_posts(posts: list[Post], thread: Thread) -> list[dict[str, Any]]:
    """With speakers as readers may know them, and the pictures of those that are shown."""
    who: Any = speakers(posts, thread.organisation_id)
    beside: dict[int, list[Attachment]] = defaultdict(list)
    for one in Attachment.objects.filter(post__in=posts, post__hidden_at=None).defer("content"):
        beside[one.post_id].append(one)
    for post in posts:
        shown: Any = post
        shown.speaker, shown.speaker_role = who[post.pk].name, who[post.pk].role
        shown.shown_body, shown.beside = "" if post.hidden_at else post.body, beside[post.pk]
    found: list[dict[str, Any]] = list(PostSerializer(posts, many=True).data)
    return found


class Asking:
    request: Any

    def asked(self, shape: Any) -> dict[str, Any]:
        """The body as this serializer reads it. Raises its ValidationError."""
        context: Any = self.get_serializer_context()  # type: ignore[attr-defined]
        read = shape(data=self.request.data, context=context)
        read.is_valid(raise_exception=True)
        return dict(read.validated_data)


def only_one(organisation_ids: Collection[int]) -> Organisation:
    """For a request that names none. Raises Invalid (field `organisation`) unless there is one."""
    if len(organisation_ids) != 1:
        raise Invalid("Say in which organisation, by its code", field="organisation")
    return Organisation.objects.get(pk__in=organisation_ids)
