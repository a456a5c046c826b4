"""What leads and moderators do in the API: one POST for each verb of the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.api.parts import Asking, person, shown_posts
from feedback.api.serializers import PostSerializer, ThreadSerializer
from feedback.filters import QueueChangeFilter
from feedback.models import Post, QueueChange, Thread, Topic
from feedback.services import answering, merging, moderating, queue_changes
from feedback.vocabulary import ThreadKind
from fleet.api.serializers.parts import VisibleField
from fleet.api.views.parts import VisibleRows
from fleet.errors import Forbidden
from fleet.models import User

MOST = 1_000


class HideSerializer(serializers.Serializer[Any]):
    because = serializers.CharField(max_length=300, help_text="Its author and other readers see this.")


class SortSerializer(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    kind = serializers.ChoiceField(ThreadKind.choices, required=False)
    topic = VisibleField(Topic, required=False, allow_null=True)
    is_severe = serializers.BooleanField(required=False)


class ThreadsSerializer(serializers.Serializer[Any]):
    threads: Any = serializers.ListField(
        child=serializers.IntegerField(), allow_empty=False, max_length=MOST, help_text="Their ids."
    )


class AssignSerializer(ThreadsSerializer):
    """Without an `owner`, nobody owns them from now on."""

    owner: Any = serializers.SlugRelatedField(
        "email", queryset=User.objects.filter(is_active=True), allow_null=True, help_text="By e-mail address."
    )


class MergeSerializer(ThreadsSerializer):
    into = VisibleField(Thread)


class ChangedSerializer(serializers.Serializer[Any]):
    changed = serializers.IntegerField(help_text="How many threads.")


class QueueChangeSerializer(serializers.ModelSerializer[QueueChange]):
    """`undone` of the `threads` went back, at `undone_at`."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    made_by = serializers.CharField(source="made_by.email", default=None)

    class Meta:
        model = QueueChange
        fields = (
            "id",
            "organisation",
            "verb",
            "words",
            "threads",
            "made_by",
            "made_at",
            "undone_at",
            "undone",
        )
        read_only_fields = fields


def _changed(count: int) -> Response:
    return Response({"changed": count})


class ThreadModerationViewSet(Asking, VisibleRows):
    """403 where the person's roles do not allow it, 409 where the thread's state does not."""

    model = Thread
    serializer_class = ThreadSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[Thread]:
        rows: QuerySet[Thread] = super().get_queryset()
        return rows.select_related("organisation")

    @extend_schema(summary="Hide the thread", request=HideSerializer, responses=ThreadSerializer)
    @action(detail=True, methods=["post"])
    def hide(self, request: Request, pk: str) -> Response:
        thread = self._moderated()
        moderating.hide_thread(thread=thread, by=person(request), **self.asked(HideSerializer))
        return self._answer(thread)

    @extend_schema(summary="Show the thread again", request=None, responses=ThreadSerializer)
    @action(detail=True, methods=["post"])
    def show(self, request: Request, pk: str) -> Response:
        thread = self._moderated()
        moderating.show_thread(thread=thread, by=person(request))
        return self._answer(thread)

    @extend_schema(summary="Say where the thread belongs", request=SortSerializer, responses=ThreadSerializer)
    @action(detail=True, methods=["post"])
    def sort(self, request: Request, pk: str) -> Response:
        thread = self._moderated()
        given = {
            "kind": thread.kind,
            "topic": thread.topic,
            "is_severe": thread.is_severe,
            **self.asked(SortSerializer),
        }
        moderating.sort_thread(thread=thread, by=person(request), **given)
        return self._answer(thread)

    @extend_schema(summary="Part a thread that was merged", request=None, responses=ThreadSerializer)
    @action(detail=True, methods=["post"])
    def unmerge(self, request: Request, pk: str) -> Response:
        thread = self._moderated()
        merging.unmerge(thread=thread, by=person(request))
        return self._answer(thread)

    @extend_schema(summary="Acknowledge threads", request=ThreadsSerializer, responses=ChangedSerializer)
    @action(detail=False, methods=["post"])
    def acknowledge(self, request: Request) -> Response:
        self._lead()
        ids = self.asked(ThreadsSerializer)["threads"]
        return _changed(answering.acknowledge(thread_ids=ids, by=person(request)))

    @extend_schema(summary="Give threads an owner", request=AssignSerializer, responses=ChangedSerializer)
    @action(detail=False, methods=["post"])
    def assign(self, request: Request) -> Response:
        self._lead()
        given = self.asked(AssignSerializer)
        return _changed(
            answering.assign(thread_ids=given["threads"], owner=given["owner"], by=person(request))
        )

    @extend_schema(summary="Merge threads into one", request=MergeSerializer, responses=ChangedSerializer)
    @action(detail=False, methods=["post"])
    def merge(self, request: Request) -> Response:
        if not person(request).access.may(merging.PERMISSION):
            raise Forbidden("Your roles do not let you merge threads.")
        given = self.asked(MergeSerializer)
        return _changed(merging.merge(thread_ids=given["threads"], into=given["into"], by=person(request)))

    def _moderated(self) -> Thread:
        thread: Thread = self.get_object()
        moderating.check_moderator(thread.organisation, person(self.request))
        return thread

    def _lead(self) -> None:
        """Before what was sent is read."""
        if not person(self.request).access.may(answering.PERMISSION):
            raise Forbidden("Your roles do not let you answer for an organisation.")

    def _answer(self, thread: Thread) -> Response:
        thread.refresh_from_db()
        return Response(self.get_serializer(thread).data)


class PostModerationViewSet(Asking, VisibleRows):
    model = Post
    serializer_class = PostSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[Post]:
        rows: QuerySet[Post] = super().get_queryset()
        return rows.select_related("thread__organisation", "author")

    @extend_schema(summary="Hide the post", request=HideSerializer, responses=PostSerializer)
    @action(detail=True, methods=["post"])
    def hide(self, request: Request, pk: str) -> Response:
        post = self._moderated()
        moderating.hide_post(post=post, by=person(request), **self.asked(HideSerializer))
        return self._answer(post)

    @extend_schema(summary="Show the post again", request=None, responses=PostSerializer)
    @action(detail=True, methods=["post"])
    def show(self, request: Request, pk: str) -> Response:
        post = self._moderated()
        moderating.show_post(post=post, by=person(request))
        return self._answer(post)

    def _moderated(self) -> Post:
        post: Post = self.get_object()
        moderating.check_moderator(post.thread.organisation, person(self.request))
        return post

    def _answer(self, post: Post) -> Response:
        post.refresh_from_db()
        return Response(shown_posts([post], post.thread)[0])


@extend_schema_view(list=extend_schema(summary="What was done to several threads at once"))
class QueueChangeViewSet(mixins.ListModelMixin, VisibleRows):
    model = QueueChange
    serializer_class = QueueChangeSerializer
    filterset_class = QueueChangeFilter
    default_sort = "-made_at"
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[QueueChange]:
        rows: QuerySet[QueueChange] = super().get_queryset()
        return rows.select_related("organisation", "made_by")

    @extend_schema(summary="Take it back", request=None, responses=QueueChangeSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def undo(self, request: Request, pk: str) -> Response:
        change = self.get_object()
        queue_changes.undo(change=change, by=person(request))
        return Response(self.get_serializer(change).data)
