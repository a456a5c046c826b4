"""Classification schemes, classifications, mappings, and switches from one scheme to another."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet
from django.http import Http404, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.schemes import (
    ClassificationMappingSerializer,
    ClassificationSchemeSerializer,
    ClassificationSerializer,
    SchemeSwitchSerializer,
    SwitchPreviewSerializer,
)
from fleet.api.views.parts import FactsViewSet
from fleet.filters import ClassificationFilter, MappingFilter, SchemeFilter, SwitchFilter
from fleet.models import Classification, ClassificationMapping, ClassificationScheme, SchemeSwitch, User
from fleet.services.schemes.following import effects_of
from fleet.services.schemes.mapping import unmap
from fleet.services.schemes.preview import preview
from fleet.services.schemes.switching import cancel_switch, schedule_switch
from fleet.views.switch_tables import PARTS, part_as_csv


@extend_schema_view(
    list=extend_schema(summary="Classification schemes"),
    retrieve=extend_schema(summary="One classification scheme"),
    create=extend_schema(summary="Add a classification scheme"),
    update=extend_schema(summary="Replace a scheme's facts"),
    partial_update=extend_schema(summary="Change some of a scheme's facts"),
)
class ClassificationSchemeViewSet(FactsViewSet):
    model = ClassificationScheme
    serializer_class = ClassificationSchemeSerializer
    filterset_class = SchemeFilter
    change_permission = "assurance.change"

    def get_queryset(self) -> QuerySet[ClassificationScheme]:
        return cast("QuerySet[ClassificationScheme]", super().get_queryset().select_related("organisation"))


@extend_schema_view(
    list=extend_schema(summary="Classifications"),
    retrieve=extend_schema(summary="One classification"),
    create=extend_schema(summary="Add a classification"),
    update=extend_schema(summary="Replace a classification's facts"),
    partial_update=extend_schema(summary="Change some of a classification's facts"),
)
class ClassificationViewSet(FactsViewSet):
    model = Classification
    serializer_class = ClassificationSerializer
    filterset_class = ClassificationFilter
    change_permission = "assurance.change"

    def get_queryset(self) -> QuerySet[Classification]:
        found = super().get_queryset().select_related("organisation", "scheme")
        if not getattr(self, "swagger_fake_view", False):
            found = found.with_counts(self.request.user)
        return cast("QuerySet[Classification]", found)


@extend_schema_view(
    list=extend_schema(summary="What classifications become in another scheme"),
    retrieve=extend_schema(summary="What one classification becomes"),
    create=extend_schema(summary="Say what a classification becomes"),
    update=extend_schema(summary="Say anew what a classification becomes"),
    partial_update=extend_schema(summary="Change what a classification becomes"),
    destroy=extend_schema(summary="Take a mapping out"),
)
class ClassificationMappingViewSet(mixins.DestroyModelMixin, FactsViewSet):
    model = ClassificationMapping
    serializer_class = ClassificationMappingSerializer
    filterset_class = MappingFilter
    change_permission = "assurance.change"

    def get_queryset(self) -> QuerySet[ClassificationMapping]:
        found = (
            super().get_queryset().select_related("organisation", "to_scheme", "classification", "becomes")
        )
        return cast("QuerySet[ClassificationMapping]", found)

    def perform_destroy(self, instance: ClassificationMapping) -> None:
        unmap(mapping=instance)


@extend_schema_view(
    list=extend_schema(summary="Switches of classification schemes"),
    retrieve=extend_schema(summary="One switch of schemes"),
    create=extend_schema(summary="Draft a switch of schemes"),
    update=extend_schema(summary="Replace a draft"),
    partial_update=extend_schema(summary="Change a draft"),
)
class SchemeSwitchViewSet(FactsViewSet):
    model = SchemeSwitch
    serializer_class = SchemeSwitchSerializer
    filterset_class = SwitchFilter
    change_permission = "assurance.change"

    def get_queryset(self) -> QuerySet[SchemeSwitch]:
        found = (
            super().get_queryset().select_related("organisation", "from_scheme", "to_scheme", "scheduled_by")
        )
        return cast("QuerySet[SchemeSwitch]", found)

    @extend_schema(summary="Schedule a switch", request=None, responses=SchemeSwitchSerializer)
    @action(detail=True, methods=["post"])
    def schedule(self, request: Request, pk: str) -> Response:
        schedule_switch(switch=self.get_object(), by=cast(User, request.user))
        return self._answer()

    @extend_schema(summary="Cancel a switch", request=None, responses=SchemeSwitchSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, pk: str) -> Response:
        cancel_switch(switch=self.get_object())
        return self._answer()

    @extend_schema(summary="What a switch changes, before it happens", responses=SwitchPreviewSerializer)
    @action(detail=True)
    def preview(self, request: Request, pk: str) -> Response:
        switch: SchemeSwitch = self.get_object()
        planned, effects = preview(switch), effects_of(switch, cast(User, request.user))
        found = {"problems": planned.problems, "tranches": effects.groups, "people": effects.people}
        return Response(SwitchPreviewSerializer({**planned.as_dict(), **found}).data)

    @extend_schema(
        summary="One part of the preview as CSV",
        parameters=[OpenApiParameter("part", OpenApiTypes.STR, "path", enum=list(PARTS))],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    @action(detail=True, url_path=r"preview/(?P<part>[a-z]+)\.csv", url_name="csv")
    def as_csv(self, request: Request, pk: str, part: str) -> StreamingHttpResponse:
        if part not in PARTS:
            raise Http404
        return part_as_csv(self.get_object(), part, cast(User, request.user))

    def _answer(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)
