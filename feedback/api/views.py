"""Feedback in the API: the same verbs as on the pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from feedback.api import serializers as shapes
from feedback.api.parts import (
    ORGANISATION,
    Asking,
    MayPost,
    asked_organisation,
    only_one,
    person,
    shown_posts,
)
from feedback.filters import CommitmentFilter, SettledFilter, ThreadApiFilter, TopicFilter
from feedback.measures import measure_of
from feedback.models import Commitment, Thread, Topic, Voice
from feedback.services import answering, promising, raising
from feedback.services.anonymity import keys_of
from feedback.services.figures import published
from feedback.views.settled import settled
from fleet.api.permissions import MayChange
from fleet.api.views.parts import VisibleRows
from fleet.errors import Invalid
from fleet.models import Organisation


@extend_schema_view(
    list=extend_schema(summary="Threads of feedback"),
    retrieve=extend_schema(summary="One thread"),
)
class ThreadViewSet(Asking, mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Thread
    serializer_class = shapes.ThreadSerializer
    filterset_class = ThreadApiFilter
    permission_classes = [MayPost]

    @property
    def default_sort(self) -> str:
        """The best matches first, where something is searched for."""
        return "-match" if self.request.query_params.get("q") else ""

    def get_queryset(self) -> QuerySet[Thread]:
        rows: Any = super().get_queryset()
        if self.action == "list":
            rows = rows.listed(self.request.query_params.getlist("status"))
        found: QuerySet[Thread] = rows.select_related("organisation").order_by("-raised_at", "-pk")
        return found

    @extend_schema(
        summary="Threads that one raised or follows oneself, duplicates among them",
        responses=shapes.ThreadSerializer(many=True),
    )
    @action(detail=False)
    def own(self, request: Request) -> Response:
        user, keys = person(request), keys_of(person(request))
        mine = Thread.objects.readable_by(user, keys).followed_by(user, keys).select_related("organisation")
        page = self.paginate_queryset(self.filter_queryset(mine.order_by("-raised_at", "-pk"))) or []
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Raise a thread",
        request=shapes.NewThreadSerializer,
        responses={201: shapes.ThreadSerializer},
    )
    def create(self, request: Request) -> Response:
        given = self.asked(shapes.NewThreadSerializer)
        organisation = given.pop("organisation", None)
        if organisation is None:
            organisation = only_one(person(request).access.organisation_ids("feedback.post"))
        if (topic := given["topic"]) and topic.organisation_id != organisation.pk:
            raise Invalid(f"Choose a topic of {organisation}", field="topic")
        thread = raising.raise_thread(organisation=organisation, by=person(request), **given)
        return self._answer(thread, status.HTTP_201_CREATED)

    @extend_schema(summary="Say that it affects one too", request=shapes.VoiceSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def join(self, request: Request, pk: str) -> Response:
        thread = self.get_object()
        raising.join_thread(thread=thread, by=person(request), **self.asked(shapes.VoiceSerializer))
        return self._answer(thread)

    @extend_schema(summary="Take that back", request=None)
    @action(detail=True, methods=["post"], filterset_class=None)
    def leave(self, request: Request, pk: str) -> Response:
        thread = self.get_object()
        raising.leave_thread(thread=thread, by=person(request))
        return self._answer(thread)

    @extend_schema(summary="What one told of how it affects oneself", responses=shapes.OwnVoiceSerializer)
    @action(detail=True, filterset_class=None)
    def voice(self, request: Request, pk: str) -> Response:
        return _own(raising.voice_of(self.get_object(), person(request)))

    @extend_schema(
        summary="Tell it anew", request=shapes.MinutesSerializer, responses=shapes.OwnVoiceSerializer
    )
    @voice.mapping.post
    def change_voice(self, request: Request, pk: str) -> Response:
        thread, told = self.get_object(), self.asked(shapes.MinutesSerializer)
        return _own(raising.change_voice(thread=thread, by=person(request), **told))

    @extend_schema(summary="The posts of a thread", responses=shapes.PostSerializer(many=True))
    @action(detail=True, filterset_class=None)
    def posts(self, request: Request, pk: str) -> Response:
        thread = self.get_object()
        page = self.paginate_queryset(thread.posts.select_related("author")) or []
        return self.get_paginated_response(shown_posts(page, thread))

    @extend_schema(summary="Reply", request=shapes.NewPostSerializer, responses={201: shapes.PostSerializer})
    @action(detail=True, methods=["post"], filterset_class=None)
    def reply(self, request: Request, pk: str) -> Response:
        thread, given = self.get_object(), self.asked(shapes.NewPostSerializer)
        parent = None
        if key := given.pop("parent"):
            parent = thread.posts.filter(pk=key).first()
            if parent is None:
                raise Invalid("Choose a post of this thread", field="parent")
        post = raising.reply(thread=thread, by=person(request), parent=parent, **given)
        return Response(shown_posts([post], thread)[0], status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Answer officially",
        request=shapes.ResponseSerializer,
        responses={201: shapes.PostSerializer},
    )
    @action(detail=True, methods=["post"], filterset_class=None)
    def respond(self, request: Request, pk: str) -> Response:
        thread = self.get_object()
        answering.role_of(person(request), thread.organisation)
        given = self.asked(shapes.ResponseSerializer)
        reason = given.pop("status_reason")
        post = answering.respond(thread=thread, by=person(request), reason=reason, **given)
        return Response(shown_posts([post], thread)[0], status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Make a commitment",
        request=shapes.NewCommitmentSerializer,
        responses={201: shapes.CommitmentSerializer},
    )
    @action(detail=True, methods=["post"], filterset_class=None)
    def commit(self, request: Request, pk: str) -> Response:
        thread = self.get_object()
        answering.role_of(person(request), thread.organisation)
        given = self.asked(shapes.NewCommitmentSerializer)
        given["parameters"] = _checked_parameters(thread.organisation, given)
        made = promising.commit(thread=thread, by=person(request), **given)
        return Response(shapes.CommitmentSerializer(made).data, status=status.HTTP_201_CREATED)

    def _answer(self, thread: Thread, code: int = status.HTTP_200_OK) -> Response:
        thread.refresh_from_db()
        return Response(self.get_serializer(thread).data, status=code)


def _own(voice: Voice | None) -> Response:
    told: Any = voice or Voice()
    told.has_voice = voice is not None
    return Response(shapes.OwnVoiceSerializer(told).data)


def _checked_parameters(organisation: Organisation, given: dict[str, Any]) -> dict[str, Any]:
    """As the measure's own form fields take them. Raises Invalid (field `measure` or `parameters`)."""
    fields = measure_of(given["measure"]).fields(organisation)
    if unknown := sorted(set(given["parameters"]) - set(fields)):
        raise Invalid(f"There is no parameter {unknown[0]}: give {', '.join(fields)}", field="parameters")
    found = {}
    for name, field in fields.items():
        try:
            found[name] = field.clean(given["parameters"].get(name))
        except ValidationError as error:
            raise Invalid(f"{name}: {' '.join(error.messages)}", field="parameters") from error
    return found


@extend_schema_view(list=extend_schema(summary="You said, we did: what was done or declined, newest first"))
class SettledViewSet(mixins.ListModelMixin, VisibleRows):
    model = Thread
    serializer_class = shapes.SettledSerializer
    filterset_class = SettledFilter
    default_sort = "-status_at"
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[Thread]:
        if getattr(self, "swagger_fake_view", False):
            return Thread.objects.none()
        return settled(person(self.request))


@extend_schema_view(
    list=extend_schema(summary="Topics of feedback"),
    retrieve=extend_schema(summary="One topic"),
    create=extend_schema(summary="Add a topic"),
    partial_update=extend_schema(summary="Rename or retire a topic, or change the words that point to it"),
)
class TopicViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    VisibleRows,
):
    model = Topic
    serializer_class = shapes.TopicSerializer
    filterset_class = TopicFilter
    permission_classes = [MayChange]
    change_permission = "feedback.moderate"
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> QuerySet[Topic]:
        rows: QuerySet[Topic] = super().get_queryset()
        return rows.select_related("organisation")


@extend_schema_view(
    list=extend_schema(summary="Commitments with their readings"),
    retrieve=extend_schema(summary="One commitment with its readings"),
)
class CommitmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Commitment
    serializer_class = shapes.CommitmentSerializer
    filterset_class = CommitmentFilter
    permission_classes = [MayPost]

    def get_queryset(self) -> QuerySet[Commitment]:
        rows: QuerySet[Commitment] = super().get_queryset()
        return rows.select_related("organisation").prefetch_related("readings")


class FiguresView(APIView):
    @extend_schema(
        summary="Was feedback answered, and after how long",
        parameters=[ORGANISATION],
        responses=shapes.PublishedSerializer,
    )
    def get(self, request: Request) -> Response:
        organisation = asked_organisation(request)
        return Response(shapes.PublishedSerializer(published(organisation)).data)
