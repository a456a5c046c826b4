"""Programmes and what they are planned by."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from rollouts.api.base import ScopedViewSet
from rollouts.api.serializers import EntitlementSerializer, FiguresSerializer, ProgrammeSerializer
from rollouts.filters import EntitlementFilter, ProgrammeFilter
from rollouts.models import Entitlement, Programme
from rollouts.services.figures import programme_figures
from rollouts.services.removal import delete_programme
from rollouts.services.staleness import rules_changed


class ProgrammeViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    ScopedViewSet[Programme],
):
    """Programmes: one rollout each, with its goal and thresholds."""

    adding = ("rollouts.plan",)
    queryset = Programme.objects.none()
    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilter
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def get_queryset(self) -> QuerySet[Programme]:
        visible = Programme.objects.visible_to(self.user)
        related = visible.with_tranche_count().select_related("organisation", "classification")
        return related.prefetch_related("minimums", "required_courses")

    def perform_update(self, serializer: BaseSerializer[Programme]) -> None:
        self.require_planner(self.get_object().organisation_id)
        with transaction.atomic():
            rules_changed(programme=serializer.save())

    def perform_destroy(self, instance: Programme) -> None:
        """Where no tranche is past draft; 409 otherwise."""
        delete_programme(programme=instance, by=self.user)

    @extend_schema(responses=FiguresSerializer)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def figures(self, request: Request, **_: Any) -> Response:
        """The programme in four numbers that add up, over the people whom you may see."""
        return Response(FiguresSerializer(programme_figures(self.get_object(), by=self.user)).data)


class EntitlementViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    ScopedViewSet[Entitlement],
):
    """Which user case of a programme gets which device."""

    adding = ("rollouts.plan",)
    queryset = Entitlement.objects.none()
    serializer_class = EntitlementSerializer
    filterset_class = EntitlementFilter
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def get_queryset(self) -> QuerySet[Entitlement]:
        programmes = Programme.objects.visible_to(self.user)
        return Entitlement.objects.filter(programme__in=programmes).select_related("programme")

    def perform_create(self, serializer: BaseSerializer[Entitlement]) -> None:
        self._save(serializer, serializer.validated_data["programme"])

    def perform_update(self, serializer: BaseSerializer[Entitlement]) -> None:
        self._save(serializer, self.get_object().programme)

    def perform_destroy(self, instance: Entitlement) -> None:
        self.require_planner(instance.programme.organisation_id)
        with transaction.atomic():
            instance.delete()
            rules_changed(programme=instance.programme)

    def _save(self, serializer: BaseSerializer[Entitlement], programme: Programme) -> None:
        self.require_planner(programme.organisation_id)
        with transaction.atomic():
            rules_changed(programme=serializer.save(programme=programme).programme)
