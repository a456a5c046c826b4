"""Approvals: recorded, signed, withdrawn."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.assurance import ApprovalSerializer, SignatureSerializer
from fleet.api.views.parts import VisibleRows
from fleet.filters import ApprovalFilter
from fleet.models import Approval
from fleet.services.assurance import sign_statement, withdraw_approval


@extend_schema_view(
    list=extend_schema(summary="Approvals"),
    retrieve=extend_schema(summary="One approval"),
    create=extend_schema(summary="Record an approval with its conditions"),
)
class ApprovalViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, VisibleRows):
    model = Approval
    serializer_class = ApprovalSerializer
    filterset_class = ApprovalFilter
    change_permission = "assurance.change"

    def get_queryset(self) -> QuerySet[Approval]:
        rows: QuerySet[Approval] = super().get_queryset()
        return rows.select_related("organisation", "classification").prefetch_related("conditions")

    @extend_schema(summary="Withdraw an approval", request=None, responses=ApprovalSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, _request: Request, pk: str) -> Response:
        withdraw_approval(approval=self.get_object())
        return self._answer()

    @extend_schema(
        summary="Sign a statement among an approval's conditions",
        request=SignatureSerializer,
        responses=ApprovalSerializer,
    )
    @action(detail=True, methods=["post"], url_path=r"conditions/(?P<condition_id>\d+)/sign")
    def sign(self, request: Request, pk: str, condition_id: str) -> Response:
        condition = get_object_or_404(self.get_object().conditions.all(), pk=condition_id)
        signature = SignatureSerializer(data=request.data)
        signature.is_valid(raise_exception=True)
        sign_statement(condition=condition, **signature.validated_data)
        return self._answer()

    def _answer(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)
