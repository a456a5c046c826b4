"""Sites and people."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.erasures import EraseSerializer, ErasureSerializer
from fleet.api.serializers.places import SiteSerializer, StaffMemberSerializer
from fleet.api.views.parts import FactsViewSet
from fleet.filters import SiteFilter, StaffMemberFilter
from fleet.models import Site, StaffMember, User
from fleet.models.people import StaffMemberQuerySet
from fleet.services.erasure import erase_person


@extend_schema_view(
    list=extend_schema(summary="Sites"),
    retrieve=extend_schema(summary="One site"),
    create=extend_schema(summary="Add a site"),
    update=extend_schema(summary="Replace a site's facts"),
    partial_update=extend_schema(summary="Change some of a site's facts"),
)
class SiteViewSet(FactsViewSet):
    model = Site
    serializer_class = SiteSerializer
    filterset_class = SiteFilter
    change_permission = "sites.change"

    def get_queryset(self) -> QuerySet[Site]:
        sites: QuerySet[Site] = super().get_queryset().with_headcount()
        return sites.select_related("organisation")


@extend_schema_view(
    list=extend_schema(summary="Staff"),
    retrieve=extend_schema(summary="One member of staff"),
    create=extend_schema(summary="Add a member of staff"),
    update=extend_schema(summary="Replace a member of staff's facts"),
    partial_update=extend_schema(summary="Change some of a member of staff's facts"),
)
class StaffMemberViewSet(FactsViewSet):
    model = StaffMember
    seen = "people"
    serializer_class = StaffMemberSerializer
    filterset_class = StaffMemberFilter
    change_permission = "people.change"

    def get_queryset(self) -> QuerySet[StaffMember]:
        staff = cast(StaffMemberQuerySet, super().get_queryset())
        return staff.with_devices_held().select_related("organisation", "site")

    @extend_schema(
        summary="Erase a member of staff who has left", request=EraseSerializer, responses=ErasureSerializer
    )
    @action(detail=True, methods=["post"])
    def erase(self, request: Request, pk: str) -> Response:
        asked = EraseSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        assert isinstance(request.user, User)
        erasure = erase_person(person=self.get_object(), by=request.user, **asked.validated_data)
        return Response(ErasureSerializer(erasure).data)
