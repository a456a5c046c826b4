"""One post in the API, and the pictures beside it: the same verbs as on the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.api import serializers as shapes
from feedback.api.parts import MayPost, person, shown_posts
from feedback.models import Attachment, Post
from feedback.services import attaching, editing
from feedback.services.pictures import made_anew
from feedback.views.attachments import served
from feedback.views.editing import with_history
from fleet.api.views.parts import VisibleRows


class PostViewSet(VisibleRows):
    model = Post
    serializer_class = shapes.PostSerializer
    permission_classes = [MayPost]

    def get_queryset(self) -> QuerySet[Post]:
        rows: QuerySet[Post] = super().get_queryset()
        return rows.select_related("thread", "author")

    @extend_schema(summary="One post")
    def retrieve(self, request: Request, pk: str) -> Response:
        post = self.get_object()
        return Response(shown_posts([post], post.thread)[0])

    @extend_schema(
        summary="Change one’s own words", request=shapes.EditSerializer, responses=shapes.PostSerializer
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        post = self.get_object()
        editing.check_may_edit(post, person(request))
        asked = shapes.EditSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        given = {"body": post.body} | asked.validated_data
        editing.edit_post(post=post, by=person(request), **given)
        return Response(shown_posts([post], post.thread)[0])

    @extend_schema(
        summary="What stood there before, newest first", responses=shapes.VersionSerializer(many=True)
    )
    @action(detail=True, pagination_class=None)
    def history(self, request: Request, pk: str) -> Response:
        post = get_object_or_404(with_history(self.get_queryset(), person(request)), pk=pk)
        return Response(shapes.VersionSerializer(editing.versions_of(post), many=True).data)

    @extend_schema(
        summary="Put a picture beside one’s own post",
        request={"multipart/form-data": shapes.NewAttachmentSerializer},
        responses={201: shapes.AttachmentSerializer},
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser, JSONParser])
    def attach(self, request: Request, pk: str) -> Response:
        post = self.get_object()
        attaching.check_own(post, person(request))  # before a picture is looked at
        asked = shapes.NewAttachmentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        sent, alt = asked.validated_data["picture"], asked.validated_data["alt"]
        picture = made_anew(sent, sent.size)
        made = attaching.attach_picture(post=post, by=person(request), picture=picture, alt=alt)
        return Response(shapes.AttachmentSerializer(made).data, status=status.HTTP_201_CREATED)


@extend_schema_view(
    retrieve=extend_schema(summary="What is known of a picture"),
    destroy=extend_schema(summary="Take back one’s own picture"),
)
class AttachmentViewSet(mixins.RetrieveModelMixin, mixins.DestroyModelMixin, VisibleRows):
    model = Attachment
    serializer_class = shapes.AttachmentSerializer
    permission_classes = [MayPost]

    def get_queryset(self) -> QuerySet[Attachment]:
        rows: Any = super().get_queryset()
        found: QuerySet[Attachment] = rows.select_related("post__thread__organisation")
        return rows.there() if self.action == "content" else found.defer("content")

    @extend_schema(
        summary="The picture itself",
        responses={(200, "image/png"): OpenApiTypes.BINARY, (200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    @action(detail=True)
    def content(self, request: Request, pk: str) -> HttpResponse:
        found: Attachment = self.get_object()
        return served(request, found)

    def perform_destroy(self, attachment: Attachment) -> None:
        attaching.take_picture_back(attachment=attachment, by=person(self.request))

    @extend_schema(
        summary="Remove somebody’s picture, with the reason",
        request=shapes.RemovalSerializer,
        responses=shapes.AttachmentSerializer,
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str) -> Response:
        found, asked = self.get_object(), shapes.RemovalSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        attaching.remove_picture(attachment=found, by=person(request), **asked.validated_data)
        found.refresh_from_db(fields=["removed_because"])
        return Response(self.get_serializer(found).data)
