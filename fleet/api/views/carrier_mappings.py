"""How carriers' bills are read: seen, changed, retired and used again."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.usage import CarrierMappingSerializer
from fleet.api.views.parts import VisibleRows
from fleet.filters.usage import MappingFilter
from fleet.models import CarrierMapping
from fleet.services.usage import mapping


@extend_schema_view(
    list=extend_schema(summary="How carriers' bills are read"),
    retrieve=extend_schema(summary="How one carrier's bills with some columns are read"),
    update=extend_schema(summary="Say anew how they are read"),
    partial_update=extend_schema(summary="Change some of how they are read"),
)
class CarrierMappingViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.UpdateModelMixin, VisibleRows
):
    model = CarrierMapping
    serializer_class = CarrierMappingSerializer
    filterset_class = MappingFilter
    change_permission = "lines.manage"

    def get_queryset(self) -> QuerySet[CarrierMapping]:
        rows: Any = super().get_queryset()
        found: QuerySet[CarrierMapping] = rows.with_changed().select_related("organisation")
        return found

    @extend_schema(summary="Retire it: the next such file asks again", request=None)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str) -> Response:
        row = self.get_object()
        mapping.retire_mapping(mapping=row)
        return Response(self.get_serializer(row).data)

    @extend_schema(summary="Use a retired one again", request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        row = self.get_object()
        mapping.use_mapping_again(mapping=row)
        return Response(self.get_serializer(row).data)
