"""Roles, and who holds them."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.access import (
    GivenRoleSerializer,
    GiveRoleSerializer,
    GrantSerializer,
    RoleSerializer,
)
from fleet.api.views.parts import VisibleRows
from fleet.filters import GrantFilter
from fleet.models import Grant, Role, User
from fleet.services.accounts import MANAGE, end_role, give_role


@extend_schema_view(list=extend_schema(summary="Roles and what they permit"))
class RoleViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Role]):
    queryset = Role.objects.all()
    serializer_class = RoleSerializer

    def get_queryset(self) -> QuerySet[Role]:
        roles = super().get_queryset()
        return roles if _person(self.request).access.may("access.view") else roles.none()


@extend_schema_view(
    list=extend_schema(summary="Who holds which role"), retrieve=extend_schema(summary="One role held")
)
class GrantViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Grant
    serializer_class = GrantSerializer
    filterset_class = GrantFilter
    change_permission = MANAGE

    def get_queryset(self) -> QuerySet[Grant]:
        grants: QuerySet[Grant] = super().get_queryset()
        return grants.select_related("user", "role", "organisation").prefetch_related("sites")

    @extend_schema(summary="Give a role", request=GiveRoleSerializer, responses={201: GivenRoleSerializer})
    def create(self, request: Request) -> Response:
        asked = GiveRoleSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        grant, account = give_role(by=_person(request), **asked.validated_data)
        answer = self.get_serializer(grant).data | {"password": account.password}
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})

    @extend_schema(summary="End a role", request=None, responses=GrantSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        end_role(grant=self.get_object(), by=_person(request))
        return Response(self.get_serializer(self.get_object()).data)


def _person(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user
