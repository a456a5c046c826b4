"""Discrepancies and their numbers; dismissed and taken up again."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.api.serializers.reconciliation import (
    DiscrepancySerializer,
    DismissalSerializer,
    ReconciliationSerializer,
)
from fleet.api.views.parts import VisibleRows
from fleet.filters import DiscrepancyFilter
from fleet.models import Discrepancy
from fleet.services.reconciliation import dismiss, take_up
from fleet.services.reconciliation.overview import days, overview, worth


class MayDismiss(IsAuthenticated):
    """Dismissing takes the right to change what the discrepancy is about."""

    def has_object_permission(self, request: Request, view: APIView, obj: Discrepancy) -> bool:
        access: Any = request.user.access  # type: ignore[union-attr]
        return request.method in SAFE_METHODS or access.may_touch(obj.change_permission, obj)


@extend_schema_view(
    list=extend_schema(summary="Discrepancies between MDM, register, carrier bill and staff list"),
    retrieve=extend_schema(summary="One discrepancy"),
)
class DiscrepancyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Discrepancy
    seen = "discrepancies"
    serializer_class = DiscrepancySerializer
    filterset_class = DiscrepancyFilter
    permission_classes = [MayDismiss]

    def get_queryset(self) -> QuerySet[Discrepancy]:
        rows: QuerySet[Discrepancy] = super().get_queryset().with_state()
        return rows.select_related("device", "line__sim")

    @extend_schema(
        summary="Accept a discrepancy for a time",
        request=DismissalSerializer,
        responses=DiscrepancySerializer,
    )
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        sent = DismissalSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given: dict[str, Any] = dict(sent.validated_data)
        dismiss(discrepancy=self.get_object(), by=request.user, **given)  # type: ignore[arg-type]
        return self._answer()

    @extend_schema(
        summary="Take a dismissed discrepancy up again", request=None, responses=DiscrepancySerializer
    )
    @action(detail=True, methods=["post"], url_path="take-up")
    def take_up(self, request: Request, pk: str) -> Response:
        take_up(discrepancy=self.get_object())
        return self._answer()

    def _answer(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)


class Reconciliation(APIView):
    """How many discrepancies of each kind, and how that moved over 90 days."""

    @extend_schema(summary="Discrepancies counted by kind and by day", responses=ReconciliationSerializer)
    def get(self, request: Request) -> Response:
        user: Any = request.user
        found = {"kinds": overview(user), "at_stake": worth(user), "days": days(user)}
        return Response(ReconciliationSerializer(found).data)
