"""The queue of records that name more than one device, and a person's decision."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.mdm.deliveries import must_manage
from fleet.api.mdm.serializers import DecisionSerializer, IdentityConflictSerializer
from fleet.api.watched import Watched
from fleet.filters.mdm import IdentityConflictFilter
from fleet.mdm.conflicts import decide
from fleet.models import IdentityConflict, User


class Conflicts(Watched, generics.GenericAPIView[IdentityConflict]):
    queryset = IdentityConflict.objects.none()
    seen = "mdm"
    serializer_class = IdentityConflictSerializer

    def get_queryset(self) -> QuerySet[IdentityConflict]:
        rows = IdentityConflict.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return rows.select_related("source").prefetch_related("devices")


class IdentityConflictList(Conflicts, generics.ListAPIView[IdentityConflict]):
    """Records that name more than one device, the newest first."""

    filterset_class = IdentityConflictFilter
    default_sort = "-opened_at"


class IdentityConflictDetail(Conflicts, generics.RetrieveAPIView[IdentityConflict]):
    """One conflict with the record that is held."""


class IdentityConflictResolve(Conflicts):
    """Decides which device the record is about."""

    @extend_schema(request=DecisionSerializer, responses=IdentityConflictSerializer)
    def post(self, request: Request, pk: int) -> Response:
        conflict = self.get_object()
        must_manage(request, conflict.organisation_id)
        decision = DecisionSerializer(data=request.data, context={"request": request})
        decision.is_valid(raise_exception=True)
        assert isinstance(request.user, User)
        decide(conflict=conflict, by=request.user, **decision.validated_data)
        conflict.refresh_from_db()
        return Response(self.get_serializer(conflict).data)
