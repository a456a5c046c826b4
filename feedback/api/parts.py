"""What the API's views of feedback share."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, cast

from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from feedback.api.serializers import PostSerializer
from feedback.models import Attachment, Post, Thread
from feedback.views.saying import speakers
from fleet.models import User


class MayPost(IsAuthenticated):
    """Writing takes the right to post; the verbs ask for more where they need it."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        return request.method in SAFE_METHODS or person(request).access.may("feedback.post")


def person(request: Request) -> User:
    return cast(User, request.user)


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
