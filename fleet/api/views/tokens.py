"""Personal tokens: one's own, and those of people where one manages access. They are made on a page."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.tokens import ApiTokenSerializer
from fleet.api.views.parts import VisibleRows
from fleet.filters import ApiTokenFilter
from fleet.models import ApiToken


@extend_schema_view(
    list=extend_schema(summary="Personal tokens"), retrieve=extend_schema(summary="One personal token")
)
class ApiTokenViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = ApiToken
    serializer_class = ApiTokenSerializer
    filterset_class = ApiTokenFilter
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[ApiToken]:
        rows: QuerySet[ApiToken] = super().get_queryset()
        return rows.select_related("user", "organisation")

    @extend_schema(summary="Revoke a personal token", request=None, responses=ApiTokenSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        self.get_object().revoke()
        return Response(self.get_serializer(self.get_object()).data)
