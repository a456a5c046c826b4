"""Gates and waivers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from rollouts.api.base import ScopedViewSet, checked
from rollouts.api.decision_serializers import (
    GateSerializer,
    GateSummarySerializer,
    VerdictSerializer,
    WaiverSerializer,
)
from rollouts.filters import GateFilter, WaiverFilter
from rollouts.models import Gate, Waiver
from rollouts.services import gates
from rollouts.services.waivers import end_waiver, grant_waiver


class GateViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ScopedViewSet[Gate]):
    """The gates of tranches, each with the evidence that it sealed."""

    queryset = Gate.objects.none()
    serializer_class = GateSerializer
    filterset_class = GateFilter

    def get_queryset(self) -> QuerySet[Gate]:
        visible = Gate.objects.visible_to(self.user).select_related("tranche__programme")
        return visible.defer("evidence") if self.action == "list" else visible

    def get_serializer_class(self) -> type[GateSummarySerializer]:
        return GateSummarySerializer if self.action == "list" else GateSerializer

    @extend_schema(request=VerdictSerializer, responses=GateSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, **_: Any) -> Response:
        """Go, conditional go, no-go or inconclusive, by a person other than the proposer.

        409 where the evidence was sealed anew, or where a blocking failure is not waived.
        """
        gate, sent = self.get_object(), checked(VerdictSerializer(data=request.data))
        gates.decide(gate=gate, by=self.user, seen_seal=sent.pop("seal"), **sent)
        return Response(GateSerializer(gate).data)

    @extend_schema(request=None, responses=GateSerializer)
    @action(detail=True, methods=["post"])
    def reseal(self, request: Request, **_: Any) -> Response:
        """Seals what readiness says now in place of what it said before."""
        gate = self.get_object()
        gates.reseal(gate=gate, by=self.user)
        return Response(GateSerializer(gate).data)

    @extend_schema(request=None, responses=GateSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **_: Any) -> Response:
        """Gate → planned; the gate is kept as withdrawn."""
        gate = self.get_object()
        gates.withdraw_proposal(gate=gate, by=self.user)
        return Response(GateSerializer(gate).data)


class WaiverViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, ScopedViewSet[Waiver]
):
    """Recorded, expiring acceptances of what a check finds."""

    adding = ("rollouts.waive",)
    queryset = Waiver.objects.none()
    serializer_class = WaiverSerializer
    filterset_class = WaiverFilter

    def get_queryset(self) -> QuerySet[Waiver]:
        return Waiver.objects.visible_to(self.user).select_related("tranche__programme", "owner")

    def perform_create(self, serializer: BaseSerializer[Waiver]) -> None:
        serializer.instance = grant_waiver(by=self.user, **serializer.validated_data)

    @extend_schema(request=None, responses=WaiverSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, **_: Any) -> Response:
        """The blocker counts again."""
        waiver = self.get_object()
        end_waiver(waiver=waiver, by=self.user)
        waiver.refresh_from_db()
        return Response(self.get_serializer(waiver).data)
