"""Lines and tariffs: kept, handed over, put on another SIM, ended."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers import lines as shapes
from fleet.api.views.parts import FactsViewSet
from fleet.filters.lines import LineFilter, TariffFilter
from fleet.models import Line, Tariff
from fleet.services.lines import moving
from fleet.services.usage.unused import with_last_use


@extend_schema_view(
    list=extend_schema(summary="Tariffs"),
    retrieve=extend_schema(summary="One tariff"),
    create=extend_schema(summary="Add a tariff"),
    update=extend_schema(summary="Replace a tariff's facts"),
    partial_update=extend_schema(summary="Change some of a tariff's facts"),
)
class TariffViewSet(FactsViewSet):
    model = Tariff
    serializer_class = shapes.TariffSerializer
    filterset_class = TariffFilter
    change_permission = "lines.manage"

    def get_queryset(self) -> QuerySet[Tariff]:
        user: Any = self.request.user
        tariffs: QuerySet[Tariff] = super().get_queryset()
        if not getattr(self, "swagger_fake_view", False):
            tariffs = tariffs.with_counts(user)  # type: ignore[attr-defined]
        return tariffs.select_related("organisation")


@extend_schema_view(
    list=extend_schema(summary="Phone lines"),
    retrieve=extend_schema(summary="One line"),
    create=extend_schema(summary="Add a line"),
    update=extend_schema(summary="Replace a line's facts"),
    partial_update=extend_schema(summary="Change some of a line's facts"),
)
class LineViewSet(FactsViewSet):
    model = Line
    seen = "lines"
    serializer_class = shapes.PhoneLineSerializer
    filterset_class = LineFilter
    change_permission = "lines.manage"

    def get_queryset(self) -> QuerySet[Line]:
        lines: QuerySet[Line] = super().get_queryset()
        rows = lines.select_related("organisation", "holder", "tariff", "contract", "sim")
        return cast("QuerySet[Line]", with_last_use(rows))

    @extend_schema(
        summary="Give the number to somebody else from a day on",
        description="Ends this row and answers with the new one.",
        request=shapes.HandOverLineSerializer,
        responses={201: shapes.PhoneLineSerializer},
    )
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> Response:
        new = moving.hand_over(line=self.get_object(), **self._sent(shapes.HandOverLineSerializer))
        return Response(self.get_serializer(new).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Put the line on another SIM",
        request=shapes.PutOnSimSerializer,
        responses=shapes.PhoneLineSerializer,
    )
    @action(detail=True, methods=["post"])
    def sim(self, request: Request, pk: str) -> Response:
        moving.put_on_sim(line=self.get_object(), **self._sent(shapes.PutOnSimSerializer))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="End the line", request=shapes.EndLineSerializer, responses=shapes.PhoneLineSerializer
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        moving.end(line=self.get_object(), **self._sent(shapes.EndLineSerializer))
        return Response(self.get_serializer(self.get_object()).data)

    def _sent(self, serializer_class: Any) -> dict[str, Any]:
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)
