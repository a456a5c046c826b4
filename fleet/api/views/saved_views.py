"""Saved views of lists: one's own and those shared."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets

from fleet.api.serializers.saved_views import SavedViewChangeSerializer, SavedViewSerializer
from fleet.filters.saved_views import SavedViewFilter
from fleet.models import SavedView, User
from fleet.services.saved_views import delete_view


@extend_schema_view(
    list=extend_schema(summary="Saved views of lists: yours and those shared"),
    retrieve=extend_schema(summary="One saved view"),
    create=extend_schema(summary="Save a view of a list"),
    partial_update=extend_schema(summary="Rename, share or change a saved view"),
    destroy=extend_schema(summary="Delete a saved view"),
)
class SavedViewViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[SavedView],
):
    queryset = SavedView.objects.none()
    filterset_class = SavedViewFilter
    serializer_class = SavedViewSerializer
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_queryset(self) -> QuerySet[SavedView]:
        if getattr(self, "swagger_fake_view", False):
            return SavedView.objects.none()
        return SavedView.objects.visible_to(self.user).select_related("owner", "organisation")

    def get_serializer_class(self) -> Any:
        return SavedViewChangeSerializer if self.action == "partial_update" else SavedViewSerializer

    def perform_destroy(self, instance: SavedView) -> None:
        delete_view(view=instance, by=self.user)
