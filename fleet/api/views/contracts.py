"""Contracts: kept, renewed, given notice of."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.contracts import ContractSerializer, NoticeSerializer, RenewalSerializer
from fleet.api.views.parts import FactsViewSet
from fleet.filters import ContractFilter
from fleet.models import Contract
from fleet.services.contracts import give_notice, renew


@extend_schema_view(
    list=extend_schema(summary="Contracts"),
    retrieve=extend_schema(summary="One contract"),
    create=extend_schema(summary="Add a contract"),
    update=extend_schema(summary="Replace a contract's facts"),
    partial_update=extend_schema(summary="Change some of a contract's facts"),
)
class ContractViewSet(FactsViewSet):
    model = Contract
    serializer_class = ContractSerializer
    filterset_class = ContractFilter
    change_permission = "contracts.change"

    def get_queryset(self) -> QuerySet[Contract]:
        contracts: QuerySet[Contract] = super().get_queryset().with_state()
        return contracts.select_related("organisation", "owner").prefetch_related("device_models")

    @extend_schema(
        summary="Record that notice was given", request=NoticeSerializer, responses=ContractSerializer
    )
    @action(detail=True, methods=["post"])
    def notice(self, request: Request, pk: str) -> Response:
        give_notice(contract=self.get_object(), **_sent(NoticeSerializer, request))
        return self._answer()

    @extend_schema(
        summary="Record until when a contract goes on",
        request=RenewalSerializer,
        responses=ContractSerializer,
    )
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str) -> Response:
        renew(contract=self.get_object(), **_sent(RenewalSerializer, request))
        return self._answer()

    def _answer(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)


def _sent(serializer_class: Any, request: Request) -> dict[str, Any]:
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
